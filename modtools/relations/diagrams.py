"""A graph of modules in the languages of programs that draw graphs.

Sources: graphviz's documentation of the DOT language; Mermaid's of flowcharts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from modtools.relations.graph import KINDS, Edge, Graph
from modtools.visible import printable

_STYLES: Final = {"dependency": "", "pre": "style=dashed", "post": "style=dashed", "weak": "style=dotted"}
"""How DOT draws each kind of edge."""
_MOST: Final = 12
"""Symbols that are written at an edge; more would hide the picture."""


def dot(found: Graph, *, symbols: bool) -> str:
    """Return a graph in the DOT language; with the symbols at the edges if they are asked for."""
    lines = ["digraph modules {", "\trankdir=LR", "\tnode [shape=box]"]
    for node in found.nodes:
        lines.append(f"\t{_quoted(node.name)}{' [style=dashed]' if node.builtin else ''}")
    for edge in found.edges:
        label = "\\n".join(map(_escaped, _labels(edge, symbols)))
        attributes = ", ".join(filter(None, (_STYLES[edge.kind], f'label="{label}"' if label else "")))
        lines.append(f"\t{_quoted(edge.user)} -> {_quoted(edge.needed)}{f' [{attributes}]' if attributes else ''}")
    return "\n".join((*lines, "}\n"))


def mermaid(found: Graph, *, symbols: bool) -> str:
    """Return a graph as a flowchart of Mermaid, as Markdown of GitHub and GitLab draws it."""
    numbers = {node.name: f"m{number}" for number, node in enumerate(found.nodes)}
    lines = ["flowchart LR", *(f'    {numbers[node.name]}["{_entity(node.name)}"]' for node in found.nodes)]
    for edge in found.edges:
        if edge.user in numbers and edge.needed in numbers:
            label = "<br>".join(map(_entity, _labels(edge, symbols)))
            arrow = ("-->" if edge.kind == "dependency" else "-.->") + (f'|"{label}"|' if label else "")
            lines.append(f"    {numbers[edge.user]} {arrow} {numbers[edge.needed]}")
    return "\n".join((*lines, ""))


def _labels(edge: Edge, symbols: bool) -> Iterator[str]:
    if KINDS[edge.kind]:
        yield KINDS[edge.kind]
    if symbols:
        yield from edge.symbols[:_MOST]
        if len(edge.symbols) > _MOST:
            yield f"and {len(edge.symbols) - _MOST} more"


def _quoted(name: str) -> str:
    return f'"{_escaped(name)}"'


def _escaped(text: str) -> str:
    return printable(text, "\n").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _entity(text: str) -> str:
    """Return a text with what Mermaid would take for its own as entities."""
    return "".join(char if char.isalnum() or char in "_-. " else f"#{ord(char)};" for char in text)

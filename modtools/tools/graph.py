"""graph: which modules need which, as a tree or a picture."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from modtools import render
from modtools.command import Call, command, operand, option
from modtools.errors import PymodError
from modtools.notes import WARNING, Note
from modtools.relations import diagrams
from modtools.relations.bringers import Bringers
from modtools.relations.closure import Place
from modtools.relations.commands import Commands
from modtools.relations.graph import Graph, LoadedSource, Source, TreeSource, graph, outline
from modtools.relations.outline import drawn
from modtools.report import Message, Part, Report, Table, Text
from modtools.shared.context import Context, index_faults, tool_messages
from modtools.shared.steps import named, steps

_FORMATS: Final = ("text", "dot", "mermaid", "json", "svg")


@command(lists=True)
@option("--format", "form", metavar="FORMAT", type=_FORMATS, default="text", help=f"One of {', '.join(_FORMATS)}.")
@option("-r", "--reverse", is_flag=True, help="Show who needs the modules, not what they need.")
@option("--depth", metavar="N", help="Show only what is N steps away (1: what is needed directly).")
@option("-l", "--loaded", is_flag=True, help="Show the modules that are loaded, by who uses whom in the kernel.")
@option("-s", "--symbols", is_flag=True, help="Show the symbols for which one needs the other.")
@option("--hard", is_flag=True, help="Leave soft and weak dependencies out.")
@option("-o", "--output", metavar="FILE", help="Write to FILE.")
@option("-C", "--config", metavar="FILE", multiple=True, help="Use FILE instead of the default search paths.")
@option("-d", "--dirname", metavar="DIR", help="Use DIR as root for /lib/modules.")
@option("-S", "--set-version", metavar="VERSION", help="Use VERSION instead of `uname -r`.")
@operand("names", metavar="[NAME...]", many=True)
def tool(call: Call, *, names: tuple[str, ...], form: str, output: str | None, **given: Any) -> Report:
    """Show which modules need which, as a tree or a picture.

    Without NAME, a module or an alias, it is the graph of the whole tree. A module that was shown with all below it
    is not shown so again. What needs what directly is read from the symbols of the modules' files. `svg` is drawn by
    graphviz's dot.
    """
    named(names)
    if output == "":
        raise PymodError("-o names no file")
    depth, notes, warnings = steps(given["depth"]), list[Note](), list[Message]()
    if given["loaded"]:
        source, roots = _loaded(call, names, symbols=given["symbols"])
    else:
        source, roots = _of_tree(call, names, given, notes, warnings)
    found = graph(source, roots, reverse=given["reverse"], depth=depth)
    messages = [*tool_messages(notes, WARNING), *warnings, *map(Message, found.problems)]
    status = int(bool(found.problems))
    if output is not None:
        Path(output).write_text(_TEXTS[form](found, given), "utf-8", "surrogateescape", newline="\n")
    if call.as_json:
        return Report((*_tables(found), *messages), status)
    return Report((*([Text(_TEXTS[form](found, given))] if output is None else []), *messages), status)


def _loaded(call: Call, names: tuple[str, ...], *, symbols: bool) -> tuple[Source, list[str]]:
    kernel = Context(call).kernel
    wanted = [name.replace("-", "_") for name in names]
    if lacking := [name for name in wanted if name not in kernel.modules]:
        lists = Commands(("pymod", *call.place.options)).run("lsmod")
        raise PymodError(f"not loaded: {', '.join(lacking)}; {lists} lists what is")
    if not kernel.modules:
        raise PymodError("no module is loaded")
    return LoadedSource(kernel, symbols=symbols), wanted


def _of_tree(
    call: Call, names: tuple[str, ...], given: dict[str, Any], notes: list[Note], warnings: list[Message]
) -> tuple[Source, list[str]]:
    context = Context(call)
    tree = context.indexed_tree(given["dirname"], given["set_version"])
    commands = context.commands(tree, given["dirname"], given["set_version"], given["config"])
    warnings += index_faults(tree, commands)
    config = context.given_config(tree.folder, given["config"], notes)
    place = Bringers(Place(tree, context.root_of(given["dirname"]), config), context.cmdline)
    roots: dict[str, None] = {}
    for name in names:
        modules = place.find(name)
        if not modules:
            what = f"Module {name} not found in directory {tree.folder}"
            raise PymodError(f"{what}; {commands.ask('why', '--not', name)} tells more")
        roots.update((module.name, None) for module in modules)
    return TreeSource(place, hard=given["hard"]), list(roots)


def _text(found: Graph, given: dict[str, Any]) -> str:
    return "".join(map(drawn, outline(found, reverse=given["reverse"], symbols=given["symbols"])))


def _svg(found: Graph, given: dict[str, Any]) -> str:
    """Return what dot draws. Raises PymodError where it is not installed, or fails."""
    language = diagrams.dot(found, symbols=given["symbols"])
    try:
        done = subprocess.run(["dot", "-Tsvg"], input=language.encode("utf-8", "surrogateescape"), capture_output=True)
    except FileNotFoundError:
        hint = "install graphviz, or draw elsewhere what --format dot prints"
        raise PymodError(f"--format svg needs graphviz's program dot, which is not there: {hint}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit status {done.returncode}"
        raise PymodError(f"graphviz's dot cannot draw the graph: {said}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _tables(found: Graph) -> Iterator[Part]:
    yield Table("nodes", [{**node._asdict(), "root": node.name in found.roots} for node in found.nodes], "")
    yield Table("edges", [edge._asdict() for edge in found.edges], "")


_TEXTS: Final[dict[str, Callable[[Graph, dict[str, Any]], str]]] = {
    "text": _text,
    "dot": lambda found, given: diagrams.dot(found, symbols=given["symbols"]),
    "mermaid": lambda found, given: diagrams.mermaid(found, symbols=given["symbols"]),
    "json": lambda found, _: render.as_json(Report(tuple(_tables(found)), int(bool(found.problems))), "graph"),
    "svg": _svg,
}
"""The graph in each format."""

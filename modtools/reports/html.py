"""A check as one page that needs nothing else: the matrix, each verdict with its reasons, who uses whom, and the rules.

It has no script and loads nothing, which its policy says to the browser as well: names and logs come from modules that
anybody can have made. It follows the reader's choice of dark or light, and is light on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from modtools import __version__
from modtools.light import NamedTuple
from modtools.reports import graph
from modtools.reports.document import (
    LOADS,
    REFUSED,
    SEVERITIES,
    UNKNOWN,
    VERDICTS,
    Document,
    Finding,
    Identity,
    Kernel,
    Module,
    Rules,
    alike,
    called,
    identity,
    known_of,
    of_kernel,
    ordered,
    refusal,
    summary,
    untold,
)
from modtools.reports.words import counted, evidence_lines, listed
from modtools.visible import printable

STYLE: Final = Path(__file__).with_name("page.css")

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_MARKS = {LOADS: "✓", REFUSED: "✗", UNKNOWN: "?"}
"""Signs beside the words, so that no reader depends on colours."""

MOST_DRAWN = 150
"""Modules that one picture may have; with more it cannot be read."""


def report(document: Document, rules: Rules) -> str:
    """Return the whole page, which needs no other file."""
    anchors = _anchors(document)
    body = [
        f"<header><h1>pymod check</h1><p>{_text(summary(document))}</p></header>",
        "<main>",
        *_matrix(document, anchors),
        *_kernels(document["kernels"]),
        *_messages(document),
        *_results(document, rules, anchors),
        *_graphs(document, anchors),
        *_rules(document, rules),
        "</main>",
        f"<footer>pymod {__version__}</footer>",
    ]
    return _page(_text(summary(document)), body)


def _page(title: str, body: Iterable[str]) -> str:
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>pymod check: {title}</title>",
        f"<style>\n{STYLE.read_text('utf-8')}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _text(text: str, keep: str = "") -> str:
    return escape(printable(text, keep))


_QUOTED = re.compile(r"`([^`\n]+)`")


def _prose(text: str) -> str:
    """Return a sentence of ours, in which `words` stand for what is typed or read."""
    return _QUOTED.sub(r"<code>\1</code>", _text(text))


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


Anchors = Mapping[tuple[Identity, str], str]
"""The names of the places where results are told, by module and kernel."""


def _anchors(document: Document) -> dict[tuple[Identity, str], str]:
    told = filter(_is_told, document["modules"])
    return {(identity(row), row["kernel"]): f"result-{number}" for number, row in enumerate(told, 1)}


def _is_told(row: Module) -> bool:
    """Whether there is more to say of a result than its verdict."""
    return bool(row["verdict"] != LOADS or row["findings"] or row["needs"] or row["log"] or len(row["order"]) > 1)


# Verdicts


def _matrix(document: Document, anchors: Anchors) -> Iterator[str]:
    rows = {(identity(row), row["kernel"]): row for row in document["modules"]}
    names = {identity(row): called(row) for row in document["modules"]}
    yield '<section id="verdicts"><h2>Verdicts</h2><div class="wide"><table class="matrix">'
    heads = "".join(_head(number, kernel) for number, kernel in enumerate(document["kernels"], 1))
    yield f'<thead><tr><th scope="col">Module</th>{heads}</tr></thead><tbody>'
    for module, name in names.items():
        cells = "".join(
            _cell(rows.get((module, kernel["name"])), anchors.get((module, kernel["name"]), ""))
            for kernel in document["kernels"]
        )
        yield f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    yield f'<tr><th scope="row">{counted(len(names), "module")}</th>{_sums(document)}</tr>'
    yield "</tbody></table></div></section>"


def _head(number: int, kernel: Kernel) -> str:
    name, known = _text(kernel["name"]), escape(known_of(kernel))
    return f'<th scope="col"><a href="#kernel-{number}">{name}</a><small>{known}</small></th>'


def _cell(row: Module | None, anchor: str) -> str:
    if row is None:
        return '<td class="none">not checked</td>'
    verdict = row["verdict"]
    words = f'<span class="mark">{_MARKS[verdict]}</span> {verdict}'
    linked = f'<a href="#{anchor}">{words}</a>' if anchor else words
    return f'<td class="{verdict}">{linked}{_first_rules(row)}</td>'


def _first_rules(row: Module) -> str:
    """Return the rules of the gravest findings, for a cell."""
    for severity in SEVERITIES[:2]:
        found = ordered([finding["rule"] for finding in row["findings"] if finding["severity"] == severity])
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return f"<small>{_text(found[0])}{more}</small>"
    return ""


def _sums(document: Document) -> str:
    sums = []
    for kernel in document["kernels"]:
        verdicts = [row["verdict"] for row in of_kernel(document, kernel["name"])]
        counts = [(verdict, verdicts.count(verdict)) for verdict in VERDICTS]
        parts = [f'<span class="{verdict}">{count} {verdict}</span>' for verdict, count in counts if count]
        sums.append(f"<td>{', '.join(parts)}</td>")
    return "".join(sums)


# Kernels, messages


def _kernels(kernels: Sequence[Kernel]) -> Iterator[str]:
    yield '<section id="kernels"><h2>Kernels</h2>'
    for number, kernel in enumerate(kernels, 1):
        yield f'<article id="kernel-{number}"><h3>{_text(kernel["name"])}</h3><dl>'
        facts: Mapping[str, object] = kernel
        yield from (
            f"<dt>{label}</dt><dd>{_code(str(facts[name])) if coded else _text(str(facts[name]))}</dd>"
            for name, (label, coded) in _FACTS.items()
            if facts[name]
        )
        if kernel["unknown"]:
            yield f"<dt>Not known</dt><dd>{_text(', '.join(kernel['unknown']))}</dd>"
        sources: dict[str, list[str]] = {}
        for fact, source in kernel["sources"].items():
            sources.setdefault(source, []).append(fact)
        yield from (f"<dt>{_text(listed(facts))}</dt><dd>{_text(source)}</dd>" for source, facts in sources.items())
        yield "</dl></article>"
    yield "</section>"


_FACTS = {
    "title": ("What it is", False),
    "release": ("Release", True),
    "machine": ("Machine", True),
    "vermagic": ("Vermagic", True),
}


def _messages(document: Document) -> Iterator[str]:
    if document["messages"]:
        yield '<section id="messages"><h2>Messages</h2><ul>'
        texts = (": ".join(filter(None, (message["level"], message["text"]))) for message in document["messages"])
        yield from (f"<li>{_text(text)}</li>" for text in texts)
        yield "</ul></section>"


# Results


def _results(document: Document, rules: Rules, anchors: Anchors) -> Iterator[str]:
    told = [row for row in document["modules"] if _is_told(row)]
    silent = len(document["modules"]) - len(told)
    yield '<section id="results"><h2>Results</h2>'
    if silent:
        yield f"<p>Of {counted(silent, 'result')} there is nothing to tell but that the module loads.</p>"
    for row in sorted(told, key=lambda row: _FIRST.index(row["verdict"])):
        yield from _result(row, rules, anchors[identity(row), row["kernel"]])
    yield "</section>"


_FIRST = (REFUSED, UNKNOWN, LOADS)
"""The order in which results are told."""


def _result(row: Module, rules: Rules, anchor: str) -> Iterator[str]:
    verdict = row["verdict"]
    yield f'<article id="{anchor}" class="result {verdict}">'
    yield f"<h3>{escape(called(row))} <small>on {_text(row['kernel'])}</small></h3>"
    words = f": {escape(refusal(row))}" if verdict == REFUSED and refusal(row) else ""
    yield f'<p class="verdict"><span class="mark">{_MARKS[verdict]}</span> {verdict}{words}</p>'
    for group in alike(row["findings"]):
        yield from _findings(group, rules)
    if untold(row):
        yield f"<p>What would tell more:</p><ul>{''.join(f'<li>{_prose(need)}</li>' for need in untold(row))}</ul>"
    if len(row["order"]) > 1:
        yield f"<p>Loaded in this order: {', '.join(map(_code, row['order']))}</p>"
    if row["log"]:
        lines = "\n".join(_text(line, "\t") for line in row["log"])
        yield f'<p>The kernel\'s log:</p><pre tabindex="0">{lines}</pre>'
    yield "</article>"


def _findings(group: Sequence[Finding], rules: Rules) -> Iterator[str]:
    """Yield findings of one rule, with what to do about all of them below."""
    rule, severity = group[0]["rule"], group[0]["severity"]
    name = f'<a href="#rule-{_text(rule)}">{_text(rule)}</a>' if rule in rules else _text(rule)
    steps = ordered([finding["step"] for finding in group if finding["step"]])
    step = f" <small>in {listed([*map(_code, steps)])}</small>" if steps else ""
    yield f'<div class="finding {severity}"><p><strong>{severity}</strong> {name}{step}</p>'
    for finding in group:
        yield f"<p>{_prose(finding['message'])}</p>"
        yield from _evidence(finding)
    if group[0]["help"]:
        yield f'<p class="help">{_prose(group[0]["help"])}</p>'
    yield "</div>"


def _evidence(finding: Finding) -> Iterator[str]:
    lines = [*evidence_lines(finding["evidence"])]
    if lines:
        yield '<table class="evidence"><tbody>'
        yield from (
            f'<tr><th scope="row">{escape(label)}</th><td><code>{escape(value)}</code></td></tr>'
            for label, value in lines
        )
        yield "</tbody></table>"


# Who uses whom


class _Picture(NamedTuple):
    """What is drawn: modules, with verdict and place in the page, and who uses whom."""

    nodes: tuple[tuple[str, graph.Node], ...]
    edges: tuple[graph.Edge, ...]


def _graphs(document: Document, anchors: Anchors) -> Iterator[str]:
    """Yield a picture for each kernel, one for several where who uses whom and the verdicts are the same."""
    kernels: dict[tuple[object, ...], list[str]] = {}
    pictures: dict[tuple[object, ...], _Picture] = {}
    for kernel in document["kernels"]:
        picture = _picture(of_kernel(document, kernel["name"]), anchors)
        alike = (tuple((name, node.kind) for name, node in picture.nodes), picture.edges)
        kernels.setdefault(alike, []).append(kernel["name"])
        pictures.setdefault(alike, picture)
    drawn = [(kernels[alike], picture) for alike, picture in pictures.items() if picture.edges]
    if not drawn:
        return
    yield '<section id="uses"><h2>Who uses whom</h2>'
    yield "<p>An arrow leads from a module to one that it uses. Modules that are alone are left out.</p>"
    for names, picture in drawn:
        caption = f"On {listed([*map(printable, names)])}"
        if len(picture.nodes) > MOST_DRAWN:
            yield f"<p>{escape(caption)}, {len(picture.nodes)} modules use each other: too many for a picture.</p>"
        else:
            drawing = graph.svg(dict(picture.nodes), picture.edges, f"{caption}: which module uses which")
            yield f'<figure><figcaption>{escape(caption)}</figcaption><div class="wide">{drawing}</div></figure>'
    yield "</section>"


def _picture(rows: Sequence[Module], anchors: Anchors) -> _Picture:
    edges = {(row["name"], used) for row in rows for used in row["uses"] if used != row["name"]}
    drawn = ordered([name for edge in sorted(edges) for name in edge])
    nodes = {name: graph.Node("other") for name in drawn}
    for row in rows:
        if row["name"] in nodes:
            nodes[row["name"]] = graph.Node(
                row["verdict"], anchors.get((identity(row), row["kernel"]), ""), row["verdict"]
            )
    return _Picture(tuple(nodes.items()), tuple(sorted(edges)))


# Rules


def _rules(document: Document, rules: Rules) -> Iterator[str]:
    found = {finding["rule"] for row in document["modules"] for finding in row["findings"]}
    named = sorted(found & rules.keys())
    if not named:
        return
    yield '<section id="rules"><h2>Rules</h2><dl>'
    for name in named:
        rule = rules[name]
        page = f" <small>{_text(rule.doc)}</small>" if rule.doc else ""
        yield f'<dt id="rule-{_text(name)}">{_text(name)}</dt><dd>{_prose(rule.summary)} {_prose(rule.help)}{page}</dd>'
    yield "</dl></section>"

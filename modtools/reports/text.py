"""A check as plain text: a line for each module, with what was found below it; or a matrix of modules and kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from modtools.light import NamedTuple
from modtools.reports.document import (
    ERROR,
    LOADS,
    NOTE,
    REFUSED,
    UNKNOWN,
    WARNING,
    Document,
    Finding,
    Kernel,
    Module,
    Rules,
    alike,
    called,
    identity,
    known_of,
    of_kernel,
    refusal,
    summary,
    untold,
)
from modtools.reports.words import INDENT, evidence_lines, wrapped
from modtools.visible import printable

NOT_CHECKED = "-"
"""What a matrix has where a module was not checked for a kernel."""


class Look(NamedTuple):
    """How text is to look: with the colours of a terminal, and in lines of so many columns (0: as long as they are)."""

    colour: bool = False
    width: int = 0


PLAIN = Look()

_COLOURS = {LOADS: "32", REFUSED: "1;31", UNKNOWN: "33", ERROR: "31", WARNING: "33", NOTE: "36", "kernel": "1"}
"""The numbers of ECMA-48's SGR for what is coloured."""


def report(document: Document, _rules: Rules, look: Look = PLAIN) -> str:
    """Return all results, those of each kernel together, and how many there are of what kind."""
    blocks = ["".join(f"{line}\n" for line in _kernel(kernel, document, look)) for kernel in document["kernels"]]
    return "\n".join([*blocks, f"{summary(document)}\n"])


def _kernel(kernel: Kernel, document: Document, look: Look) -> Iterator[str]:
    known = known_of(kernel)
    yield _painted(printable(kernel["name"]), "kernel", look) + (f" ({known})" if known else "")
    if kernel["unknown"]:
        yield from wrapped(printable(", ".join(kernel["unknown"])), f"{INDENT}not known: ", INDENT * 2, look.width)
    for module in of_kernel(document, kernel["name"]):
        yield from module_lines(module, look)


def module_lines(module: Module, look: Look = PLAIN) -> Iterator[str]:
    """Yield what is said of one module: the verdict, and below it the reasons."""
    words = refusal(module) if module["verdict"] == REFUSED else ""
    yield f"{called(module)}: {_painted(module['verdict'], module['verdict'], look)}" + (f": {words}" if words else "")
    yield from reasons(module, look)


def reasons(module: Module, look: Look = PLAIN) -> Iterator[str]:
    """Yield, indented, what is said of a module beside the verdict: findings, what would tell more, and the log."""
    for group in alike(module["findings"]):
        for finding in group:
            yield from _finding(finding, look)
        advice = group[0]["help"]
        if advice and group[0]["severity"] != NOTE:
            yield from wrapped(printable(advice), f"{INDENT * 2}help: ", INDENT * 3, look.width)
    for need in untold(module):
        yield from wrapped(printable(need), f"{INDENT}needs: ", INDENT * 2, look.width)
    if module["verdict"] != LOADS and module["log"]:
        yield f"{INDENT}kernel log:"
        yield from (INDENT * 2 + printable(line, "\t") for line in module["log"])


def _finding(finding: Finding, look: Look) -> Iterator[str]:
    severity = finding["severity"]
    head = f"{INDENT}{_painted(severity, severity, look)} {printable(finding['rule'])}: "
    invisible = len(_painted("", severity, look))
    first, *others = wrapped(printable(finding["message"]), " " * (len(head) - invisible), INDENT * 2, look.width)
    yield head + first.lstrip(" ")
    yield from others
    if severity == NOTE:
        return  # its message says all
    for name, value in evidence_lines(finding["evidence"]):
        yield from wrapped(value, f"{INDENT * 2}{name}: ", INDENT * 3, look.width)


def _painted(text: str, kind: str, look: Look) -> str:
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if look.colour and kind in _COLOURS else text


# As a matrix

_GAP = 2


def matrix(document: Document, _rules: Rules, look: Look = PLAIN) -> str:
    """Return a line for each module, with a column for each kernel, and below how many there are of what kind.

    Where the kernels' names make it too wide, their columns have numbers, which are told below.
    """
    kernels = [printable(kernel["name"]) for kernel in document["kernels"]]
    verdicts = {(*identity(row), row["kernel"]): row["verdict"] for row in document["modules"]}
    modules = {identity(row): called(row) for row in document["modules"]}
    cells = [
        [verdicts.get((*module, kernel["name"]), NOT_CHECKED) for kernel in document["kernels"]] for module in modules
    ]
    titles, legend = _titles(kernels, [*modules.values()], look)
    table = [["module", *titles], *([name, *row] for name, row in zip(modules.values(), cells, strict=True))]
    lines = [*_aligned(table, lambda cell: _painted(cell, cell, look)), *legend, "", summary(document)]
    return "".join(f"{line}\n" for line in lines)


def _titles(kernels: list[str], modules: list[str], look: Look) -> tuple[list[str], list[str]]:
    """Return the titles of the kernels' columns, and lines that explain them if they are numbers."""
    widths = [max(len(text) for text in ("module", *modules)), *(max(len(name), len(REFUSED)) for name in kernels)]
    if not look.width or sum(widths) + _GAP * len(kernels) <= look.width:
        return kernels, []
    numbered = {str(number): name for number, name in enumerate(kernels, 1)}
    return [*numbered], ["", *_aligned([list(row) for row in numbered.items()], str)]


def _aligned(table: list[list[str]], paint: Callable[[str], str]) -> list[str]:
    """Return rows as lines with aligned columns; what is in a column but the first is painted, except its title."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for number, row in enumerate(table):
        cells = [
            (paint(cell) if number and place else cell) + " " * (width - len(cell))
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append((" " * _GAP).join(cells).rstrip(" "))
    return lines

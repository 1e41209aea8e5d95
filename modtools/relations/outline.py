"""Text with lines below lines, drawn as a tree."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.light import NamedTuple
from modtools.visible import printable


class Line(NamedTuple):
    """A line of text, and the lines that belong below it."""

    text: str
    below: tuple[Line, ...] = ()


def drawn(line: Line) -> str:
    """Return a line with all below it, each on a line of its own; what cannot be seen in their texts is written out."""
    return "".join(f"{printable(text)}\n" for text in (line.text, *_below(line.below, "")))


def _below(lines: tuple[Line, ...], before: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        is_last = number == len(lines)
        yield f"{before}{'└── ' if is_last else '├── '}{line.text}"
        yield from _below(line.below, before + ("    " if is_last else "│   "))

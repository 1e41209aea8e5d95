"""Words that several tools take: the argument of --depth, how many steps away things are still shown; names."""

from __future__ import annotations

from collections.abc import Iterable

from modtools.errors import PymodError


def steps(depth: str | None) -> int:
    """Return a number of steps, -1 for no end. Raises PymodError for what is no number, or 0."""
    if depth is None:
        return -1
    if not depth.isascii() or not depth.isdecimal() or not int(depth):
        raise PymodError(f"--depth takes a number of steps, 1 or more, not {depth!r}")
    return int(depth)


def named(names: Iterable[str]) -> None:
    """Raise PymodError for an empty word, as of a variable that is not set: it names no module."""
    if not all(names):
        raise PymodError("an empty word names no module")

"""The argument of --depth, which several tools have: how many steps away things are still shown."""

from __future__ import annotations

from modtools.errors import PymodError


def steps(depth: str | None) -> int:
    """Return a number of steps, -1 for no end. Raises PymodError for what is no number, or 0."""
    if depth is None:
        return -1
    if not depth.isascii() or not depth.isdecimal() or not int(depth):
        raise PymodError(f"--depth takes a number of steps, 1 or more, not {depth!r}")
    return int(depth)

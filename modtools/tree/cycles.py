"""Cycles of dependencies: which modules need each other.

Source: kmod 34's `tools/depmod.c` (depmod_report_cycles), whose search decides at which module a cycle begins. Where
that search would run in circles for ever, this one stops.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

from modtools.light import NamedTuple

_PATHS_LIMIT: Final = 100_000
"""Steps after which a search from one module ends: it goes every way, and there may be more of them than atoms."""


class _Step(NamedTuple):
    """A module on a way, and the step before it."""

    module: int
    before: _Step | None

    def way(self) -> list[int]:
        """Return the modules from the first one to this."""
        out = []
        step: _Step | None = self
        while step is not None:
            out.append(step.module)
            step = step.before
        return out[::-1]


def cycles(needs: Sequence[Sequence[int]], waiting: Sequence[int]) -> Iterator[list[int]]:
    """Yield each cycle with its first module again at the end; `waiting` are the modules without an order."""
    roots = deque(waiting)
    visited: set[int] = set()
    while roots:
        root = roots.popleft()
        stack = [_Step(root, None)]
        for _ in range(_PATHS_LIMIT):
            if not stack:
                break
            step = stack.pop()
            if step.module in visited and step.module == root:
                for module in reversed(step.way()[:-1]):
                    _drop(roots, module)
                yield step.way()
                continue
            if step.before is not None and step.module in step.before.way():
                continue
            visited.add(step.module)
            if not needs[step.module]:
                _drop(roots, step.module)
            stack += [_Step(needed, step) for needed in needs[step.module]]


def _drop(roots: deque[int], module: int) -> None:
    """Take a module from the ring of those to begin with, which then begins behind it."""
    if module in roots:
        roots.rotate(-roots.index(module))
        roots.popleft()

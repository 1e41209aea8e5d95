"""The list of loaded modules, and what would take long to ask each of thousands of modules for every other one.

Stands for the list `modules` of Linux 6.1's `kernel/module/main.c`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.kernel.state import LoadedModule


class Modules(dict[str, "LoadedModule"]):
    """What is loaded, by name, the oldest first; changed by `[name] =` and `del` alone.

    A module comes with its exports and its core part, which never change then.
    """

    _exporters: dict[str, list[LoadedModule]] | None = None
    _taken: list[tuple[int, int]] | None = None
    _guard: int = 0

    def exporters(self, symbol: str) -> Sequence[LoadedModule]:
        """The modules that export a symbol, the oldest first."""
        if self._exporters is None:
            self._exporters = {}
            _note_exports(self._exporters, self.values())
        return self._exporters.get(symbol, ())

    def taken(self, guard: int) -> list[tuple[int, int]]:
        """Start and end of what the core parts take, each with `guard` bytes after it, by address (see `take`)."""
        if self._taken is None or self._guard != guard:
            self._taken, self._guard = [], guard
            _note_cores(self._taken, guard, self.values())
        return self._taken.copy()

    def __setitem__(self, name: str, module: LoadedModule) -> None:
        if name in self:
            self._forget()
        if self._exporters is not None:
            _note_exports(self._exporters, [module])
        if self._taken is not None:
            _note_cores(self._taken, self._guard, [module])
        super().__setitem__(name, module)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._forget()

    def _forget(self) -> None:
        self._exporters = self._taken = None


def take(taken: list[tuple[int, int]], start: int, end: int) -> None:
    """Add an area to a sorted list of them; those that touch become one, so that the list stays short."""
    at = bisect(taken, (start, end))
    if at < len(taken) and taken[at][0] == end:
        _, end = taken.pop(at)
    if at and taken[at - 1][1] == start:
        at -= 1
        start, _ = taken.pop(at)
    taken.insert(at, (start, end))


def _note_exports(exporters: dict[str, list[LoadedModule]], modules: Iterable[LoadedModule]) -> None:
    for module in modules:
        for symbol in module.exports:
            exporters.setdefault(symbol, []).append(module)


def _note_cores(taken: list[tuple[int, int]], guard: int, modules: Iterable[LoadedModule]) -> None:
    for module in modules:
        if module.core_size:
            take(taken, module.core_base, module.core_base + module.core_size + guard)

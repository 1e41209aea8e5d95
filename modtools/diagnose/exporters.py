"""Who exports a symbol: modules that were given beside the one that needs it, and those of a module tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from modtools.diagnose.given import Candidate, on_disk
from modtools.errors import FormatError
from modtools.kernel.state import Kernel
from modtools.module import Module
from modtools.tree.index import SYMBOLS
from modtools.tree.lookup import Lookup


class Exporters:
    """The modules that can be loaded for what others need."""

    def __init__(self, given: Sequence[Candidate], lookup: Lookup | None) -> None:
        self._given = given
        self._lookup = lookup
        self._modules: dict[str, Module | None] = {}

    def module(self, candidate: Candidate) -> Module | None:
        """Return what a module's file says, None where it cannot be read."""
        if candidate.path not in self._modules:
            self._modules[candidate.path] = _read(candidate)
        return self._modules[candidate.path]

    @cached_property
    def _by_symbol(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for candidate in self._given:
            module = self.module(candidate)
            for export in () if module is None else _exports(module):
                found.setdefault(export, []).append(candidate)
        return found

    def of(self, symbol: str, asker: Candidate) -> Candidate | None:
        """Return who exports a symbol for a module: a given one, in the module's folder before others, or the tree's."""
        given = [candidate for candidate in self._by_symbol.get(symbol, ()) if candidate.path != asker.path]
        if given:
            folder = asker.path.rpartition("/")[0]
            return min(given, key=lambda candidate: candidate.path.rpartition("/")[0] != folder)
        return self._in_tree(symbol)

    def _in_tree(self, symbol: str) -> Candidate | None:
        lookup = self._lookup
        if lookup is None:
            return None
        for name in lookup.tree.matching(SYMBOLS, f"symbol:{symbol}"):
            if path := lookup.path(lookup.known(name)):
                return on_disk(path, lookup.tree.disk)
        return None

    def needed(self, kernel: Kernel, candidate: Candidate) -> list[Candidate]:
        """Return what has to be loaded before a module, in an order in which it can be."""
        order: dict[str, Candidate] = {}
        self._add(kernel, candidate, order, {candidate.path})
        return list(order.values())

    def _add(self, kernel: Kernel, candidate: Candidate, order: dict[str, Candidate], seen: set[str]) -> None:
        for needed in self.direct(kernel, candidate):
            if needed.path not in seen:
                seen.add(needed.path)
                self._add(kernel, needed, order, seen)
                order[needed.path] = needed

    def direct(self, kernel: Kernel, candidate: Candidate) -> Iterator[Candidate]:
        """Yield the modules whose symbols a module needs, and that are not loaded."""
        module = self.module(candidate)
        found: dict[str, Candidate] = {}
        for symbol in () if module is None else _imports(module):
            if kernel.symbols.get(symbol) is None and not kernel.modules.exporters(symbol):
                exporter = self.of(symbol, candidate)
                if exporter is not None and exporter.path != candidate.path:
                    found[exporter.path] = exporter
        yield from found.values()


def _read(candidate: Candidate) -> Module | None:
    try:
        return Module.from_bytes(candidate.image())
    except (OSError, FormatError, ValueError):
        return None


def _exports(module: Module) -> list[str]:
    try:
        return [export.name for export in module.exports]
    except FormatError:
        return []


def _imports(module: Module) -> list[str]:
    try:
        return [symbol.name for symbol in module.imports]
    except FormatError:
        return []

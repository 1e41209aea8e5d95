"""Who exports a symbol: modules that were given beside the one that needs it, and those of a module tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from math import ceil

from modtools.diagnose.given import Candidate, on_disk
from modtools.errors import FormatError
from modtools.formats.linkage import read
from modtools.formats.linkagevalues import Linkage
from modtools.formats.strtab import joined, listed
from modtools.kernel.state import Kernel
from modtools.module import Module
from modtools.tree.index import SYMBOLS
from modtools.tree.lookup import Lookup
from modtools.tree.processes import shared_out

_CHUNK = 100
"""Modules that a process takes at a time."""


class Exporters:
    """The modules that can be loaded for what others need."""

    def __init__(self, given: Sequence[Candidate], lookup: Lookup | None) -> None:
        self._given = given
        self._lookup = lookup
        self._linkages: dict[str, Linkage] = {}
        self._found: dict[str, Candidate | None] = {}

    @property
    def has_tree(self) -> bool:
        """Return whether there is a module tree with an index to look in."""
        return self._lookup is not None and self._lookup.tree.index(SYMBOLS) is not None

    def namesakes(self, candidate: Candidate) -> list[Candidate]:
        """Return the other modules among those that were given whose files have the same name."""
        return [each for each in self._by_name.get(candidate.name, ()) if each.path != candidate.path]

    @cached_property
    def _by_name(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for candidate in self._given:
            found.setdefault(candidate.name, []).append(candidate)
        return found

    def linkage(self, candidate: Candidate) -> Linkage:
        """Return what a module exports and needs, nothing where its file cannot be read."""
        found = self._linkages.get(candidate.path)
        if found is None:
            found = self._linkages[candidate.path] = _read(candidate)
        return found

    def read_all(self, workers: int) -> None:
        """Read what all modules that were given export and need, by so many processes."""
        waiting = [each for each in self._given if each.path not in self._linkages]

        def do(chunk: int) -> list[tuple[bytes, bytes]]:
            read = map(_read, waiting[chunk * _CHUNK :][:_CHUNK])
            return [(each.exports, each.wanted) for each in read]

        found = chain.from_iterable(shared_out(ceil(len(waiting) / _CHUNK), do, workers, lambda _: None))
        for candidate, (exports, wanted) in zip(waiting, found, strict=True):
            self._linkages[candidate.path] = Linkage(exports, wanted=wanted)

    @cached_property
    def _by_symbol(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for candidate in self._given:
            for export in listed(self.linkage(candidate).exports):
                found.setdefault(export, []).append(candidate)
        return found

    def of(self, symbol: str, asker: Candidate) -> Candidate | None:
        """Return who exports a symbol for a module: one that was given, of the module's folder first, or the tree's."""
        given = [candidate for candidate in self._by_symbol.get(symbol, ()) if candidate.path != asker.path]
        if given:
            folder = asker.path.rpartition("/")[0]
            return min(given, key=lambda candidate: candidate.path.rpartition("/")[0] != folder)
        return self._in_tree(symbol)

    def _in_tree(self, symbol: str) -> Candidate | None:
        if symbol not in self._found:
            self._found[symbol] = self._looked_up(symbol)
        return self._found[symbol]

    def _looked_up(self, symbol: str) -> Candidate | None:
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
        found: dict[str, Candidate] = {}
        for symbol in listed(self.linkage(candidate).wanted):
            if kernel.symbols.get(symbol) is None and not kernel.modules.exporters(symbol):
                exporter = self.of(symbol, candidate)
                if exporter is not None and exporter.path != candidate.path:
                    found[exporter.path] = exporter
        yield from found.values()


def _read(candidate: Candidate) -> Linkage:
    """Return what a file exports and needs, by the quick reader; by the general one where that finds damage."""
    try:
        data = bytes(candidate.image())
        found = read(lambda offset, count: data[offset : offset + count], len(data))
        if not found.problems:
            return found
        module = Module.from_bytes(data)
        exports, imports = (_joined(each.name for each in symbols) for symbols in (module.exports, module.imports))
        return Linkage(exports, wanted=imports)
    except (OSError, FormatError, ValueError):
        return Linkage()


def _joined(names: Iterable[str]) -> bytes:
    return joined(name.encode("utf-8", "surrogateescape") for name in names)

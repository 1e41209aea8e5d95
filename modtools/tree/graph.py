"""Which modules need which: from the symbols that each gives and wants to the order in which they are to be loaded.

Source: kmod 34's `tools/depmod.c` (depmod_load_modules, depmod_load_dependencies, depmod_calculate_dependencies). Of
several modules that export a symbol the last one counts. Dependencies are listed users first, so that a reader loads
them from the end; among those that do not need each other the order is that in which the sort below meets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from modtools.errors import PymodError
from modtools.formats.linkagevalues import Linkage
from modtools.light import NamedTuple
from modtools.notes import WARNING, Note
from modtools.tree.kernel_symbols import KernelSymbols
from modtools.tree.scan import ModuleFile


class CyclicError(PymodError):
    """Modules that need each other: there is no order to load them in. `waiting` are those that it leaves over."""

    def __init__(self, waiting: Sequence[int]) -> None:
        super().__init__("modules need each other")
        self.waiting = waiting


class Checks(NamedTuple):
    """What to find fault with: symbols that nobody has, and CRCs that differ from the kernel's or other modules'."""

    unknown: bool = False
    kernel_crcs: bool = False
    module_crcs: bool = False


class Graph:
    """The modules of a tree, in their order, and what each of them needs. Modules are told by their position."""

    def __init__(
        self, files: Sequence[ModuleFile], linkages: Sequence[Linkage], kernel: KernelSymbols, prefix: str
    ) -> None:
        self.files, self.linkages, self.kernel = files, linkages, kernel
        self._prefix = prefix.encode("utf-8", "surrogateescape")
        self.owners = self._owners()
        # Position 0 counts as a module, so the table of those who want has each position plus one.
        self._by_symbol = {name: position + 1 for name, position in self.owners.items()}
        self.needs = [self._needs(linkage) for linkage in self.linkages]

    def _owners(self) -> dict[bytes, int]:
        """Return the position of the module that exports each symbol."""
        owners: dict[bytes, int] = {}
        for position, linkage in enumerate(self.linkages):
            if linkage.exports:
                owners.update(dict.fromkeys(self._exports(linkage), position))
        # A damaged module's; kmod takes what follows in memory for the name.
        owners.pop(b"", None)
        return owners

    def _exports(self, linkage: Linkage) -> list[bytes]:
        names = linkage.exports.split(b"\0")
        return list(map(self._added, names)) if self._prefix else names

    def _added(self, name: bytes) -> bytes:
        return name[1:] if self._prefix and name.startswith(self._prefix) else name

    def _sought(self, name: bytes) -> bytes:
        """Return what a wanted symbol is called where it is exported: on 64-bit PowerPC .foo is foo."""
        return self._added(name.removeprefix(b"."))

    def _finder(self, linkage: Linkage) -> Callable[[bytes], int | None]:
        """Return a function that finds the module of a wanted symbol: its position plus one."""
        if self._prefix or linkage.dotted:
            return lambda name: self._by_symbol.get(self._sought(name))
        return self._by_symbol.get

    def _needs(self, linkage: Linkage) -> list[int]:
        """Return the modules whose symbols a module wants, in the order in which it wants them."""
        found = dict.fromkeys(filter(None, map(self._finder(linkage), linkage.wanted.split(b"\0"))))
        return [number - 1 for number in found if number]

    def reasons(self, position: int) -> Iterator[tuple[str, int]]:
        """Yield, for each module that one needs, the first symbol that it needs from it and its position."""
        find = self._finder(self.linkages[position])
        seen: set[int] = set()
        for name in self.linkages[position].wanted.split(b"\0"):
            number = find(name)
            if number and number not in seen:
                seen.add(number)
                yield _text(name), number - 1

    def check(self, checks: Checks) -> Iterator[Note]:
        """Yield what is wrong with the symbols that the modules want."""
        crcs = self._crcs()
        for file, linkage in zip(self.files, self.linkages, strict=True):
            weak = set(linkage.weak)
            wanted = linkage.wanted.split(b"\0")[:-1]
            wanted_crcs = linkage.wanted_crcs or (0,) * len(wanted)
            for at, (name, crc) in enumerate(zip(wanted, wanted_crcs, strict=True)):
                if at in weak:
                    continue
                sought = self._sought(name)
                if sought not in self.owners and sought not in self.kernel.symbols:
                    if checks.unknown:
                        yield Note(f"{file.path} needs unknown symbol {_text(name)}", WARNING)
                elif self._differs(checks, sought, crc, crcs):
                    yield Note(f"{file.path} disagrees about version of symbol {_text(name)}", WARNING)

    def _crcs(self) -> dict[bytes, int]:
        """Return the CRC of each symbol, its last owner's."""
        crcs = dict(self.kernel.symbols)
        for linkage in self.linkages:
            crcs.update(zip(self._exports(linkage), linkage.crcs, strict=False))
        return crcs

    def _differs(self, checks: Checks, name: bytes, crc: int, crcs: dict[bytes, int]) -> bool:
        if checks.kernel_crcs:
            return crcs.get(name) != crc
        # Without the kernel's CRCs only those count that two modules both have.
        return checks.module_crcs and bool(name in self.owners and crc and crcs.get(name) and crcs[name] != crc)

    def order(self) -> list[int]:
        """Return the modules sorted so that each stands before those that it needs. Raises CyclicError."""
        users = [0] * len(self.needs)
        for needs in self.needs:
            for position in needs:
                users[position] += 1
        free = [position for position, count in enumerate(users) if not count]
        out = []
        while free:
            position = free.pop()
            out.append(position)
            for needed in self.needs[position]:
                users[needed] -= 1
                if not users[needed]:
                    free.append(needed)
        if len(out) < len(users):
            raise CyclicError([position for position, count in enumerate(users) if count])
        return out

    def dependencies(self) -> list[list[int]]:
        """Return all modules that each one needs, directly or not, in the order of `order()`. Raises CyclicError."""
        order = self.order()
        rank = [0] * len(order)
        for at, position in enumerate(order):
            rank[position] = at
        for needs in self.needs:
            needs.sort(key=rank.__getitem__)
        below: list[frozenset[int]] = [frozenset()] * len(order)
        for position in reversed(order):
            needs = self.needs[position]
            if needs:
                below[position] = frozenset(needs).union(*(below[needed] for needed in needs))
        return [sorted(needed, key=rank.__getitem__) for needed in below]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")

"""What is known of a linked module while its code runs: where its sections and symbols are.

Names for addresses are found as in Linux 6.1 `kernel/module/kallsyms.c: find_kallsyms_symbol()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass

from modtools.formats.elfvalues import SHN_UNDEF
from modtools.integers import MASK64
from modtools.link.relocate import Linked
from modtools.module import Module

_MAPPING = (".L", "$")
"""What the names of symbols begin with that assemblers make: `include/linux/module_symbol.h: is_mapping_symbol()`."""


@dataclass(frozen=True)
class ModuleImage:
    """A module in memory. `values` are the addresses of its symbols by index; `searched` tells of each part the lowest
    address of a symbol that names an address in it, and where its last symbol ends.
    """

    name: str
    module: Module
    sections: dict[int, int]
    values: list[int]
    searched: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, name: str, module: Module, linked: Linked) -> ModuleImage:
        """Return the image of a module that has just been linked."""
        return cls(name, module, linked.sections, linked.values, tuple(part.searched for part in linked.parts))

    def section(self, name: str) -> tuple[int, int]:
        """Return address and size in bytes of a section; (0, 0) if it is not there."""
        found = self.module.elf.section(name)
        if found is None or found.index not in self.sections:
            return 0, 0
        return self.sections[found.index], found.size

    def symbol(self, name: str) -> int:
        """Return the address of a symbol of the module's own; 0 if there is none."""
        for symbol, value in zip(self.module.elf.symbols, self.values, strict=True):
            if symbol.name == name and symbol.shndx != SHN_UNDEF:
                return value
        return 0

    def describe(self, address: int, part: int) -> tuple[str, int, int] | None:
        """Return symbol, offset and size of what lies at an address of a part; None if no symbol lies before it.

        The symbol is the nearest at or before the address, the first of several in the table's order. Its size runs to
        the next higher symbol, or to where the part's last symbol ends. Where that is the end of the part's code, it
        lies before data: then the size wraps around.
        """
        lowest, following = self.searched[part]
        best, best_value = "", lowest - 1
        for symbol, value in zip(self.module.elf.symbols[1:], self.values[1:], strict=True):
            if symbol.shndx == SHN_UNDEF or not symbol.name or symbol.name.startswith(_MAPPING):
                continue
            if best_value < value <= address:
                best, best_value = symbol.name, value
            elif address < value < following:
                following = value
        if not best:
            return None
        return best, address - best_value, (following - best_value) & MASK64


class Images(MutableMapping[str, ModuleImage]):
    """The modules in memory, by name. One that an earlier command has loaded is linked again when it is first looked
    at, or when code comes to its memory.
    """

    def __init__(self) -> None:
        self._linked: dict[str, ModuleImage] = {}
        self._awaited: dict[str, Callable[[], None]] = {}
        self.came: list[str] = []
        """Which were linked when somebody came to them."""

    def wait_for(self, name: str, link: Callable[[], None]) -> None:
        """Have a module linked, by `link`, when it is first looked at."""
        self._awaited[name] = link

    def link(self, name: str) -> None:
        """Link a module now, if it is awaited."""
        link = self._awaited.pop(name, None)
        if link:
            self.came.append(name)
            link()

    def __getitem__(self, name: str) -> ModuleImage:
        self.link(name)
        return self._linked[name]

    def __setitem__(self, name: str, image: ModuleImage) -> None:
        self._linked[name] = image

    def __delitem__(self, name: str) -> None:
        if self._awaited.pop(name, None) is None:
            del self._linked[name]

    def drop(self, name: str) -> None:
        """Forget a module, which need not be linked for that."""
        if name in self._awaited or name in self._linked:
            del self[name]

    def __iter__(self) -> Iterator[str]:
        for name in list(self._awaited):
            self.link(name)
        return iter(self._linked)

    def __len__(self) -> int:
        return len(self._linked) + len(self._awaited)

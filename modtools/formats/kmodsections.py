"""The sections of a module as libkmod sees them, for thousands of modules at once.

Source: kmod 34's `libkmod/libkmod-elf.c` (elf_identify, kmod_elf_new, kmod_elf_save_sections). The tables are
documented in `kmodelf.py`, which looks at one module through the same eyes. Here only what is asked for is read of the
file, and a section is found by where its name stands among the names, so that all others need not be looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from modtools.formats.kmodelf import Aborted, Extent, LibkmodError
from modtools.linuxerrno import EINVAL, ENOEXEC

Read: TypeAlias = Callable[[int, int], bytes]
"""Bytes of the file, from an offset and a number of bytes that lie in the file."""


class Class(NamedTuple):
    """How a class of ELF lays out what depmod reads: sizes and offsets in bytes, formats `struct`'s without byte order.

    `info` and `shndx` are offsets in a symbol.
    """

    header_size: int
    header: str
    section: str
    section_size: int
    symbol_size: int
    info: int
    shndx: int
    value: str
    crc: str
    crc_size: int


_CLASSES: Final = {
    1: Class(52, "18xH12xI10xHHH", "I12xII16x", 40, 16, 12, 14, "4xI", "I60x", 4),
    2: Class(64, "18xH20xQ10xHHH", "I20xQQ24x", 64, 24, 4, 6, "8xQ", "Q56x", 8),
}
_ORDERS: Final = {1: "<", 2: ">"}
_MOST_ENTRIES: Final = 1 << 20


@lru_cache(1024)
def packing(order: str, code: str, count: int) -> struct.Struct:
    """One `struct` for a whole table, because a call for each of its entries costs more than its numbers.

    Raises LibkmodError for more entries than any module has.
    """
    if count > _MOST_ENTRIES:
        raise LibkmodError(EINVAL, f"a table of {count} entries")
    return struct.Struct(order + code * count)


class Sections:
    """One file. Raises LibkmodError (with libkmod's errno) or Aborted if libkmod does not take it for a module.

    `order` is that of bytes in numbers, as `struct` writes it.
    """

    def __init__(self, read: Read, size: int) -> None:
        self.read, self.size = read, size
        head = read(0, min(size, 64))
        self.layout, self.order = _identify(head, size)
        self.machine, table, entry_size, count, names = struct.unpack_from(self.order + self.layout.header, head)
        if entry_size != self.layout.section_size:
            raise LibkmodError(EINVAL, f"section headers of {entry_size} bytes")
        if table + count * entry_size > size:
            raise LibkmodError(EINVAL, f"{count} section headers end after the end of the file", table)
        rows = packing(self.order, self.layout.section, count).unpack(read(table, count * entry_size))
        self._names, self._offsets, self._sizes = rows[0::3], rows[1::3], rows[2::3]
        self._strings = self._section_names(names)

    def _section_names(self, index: int) -> bytes:
        self.check(index)
        place = Extent(self._offsets[index], self._sizes[index])
        if sum(place) > self.size or self._names[index] >= place.size:
            raise LibkmodError(EINVAL, f"the names of sections, in section {index}, are not in the file")
        strings = self.read(*place)
        if strings[-1]:
            raise LibkmodError(EINVAL, "the table of section names is not terminated", place.offset)
        return strings

    def check(self, index: int) -> None:
        """Raises Aborted for a section that there is not, where libkmod ends the program."""
        if not index:
            raise Aborted(208, "idx != SHN_UNDEF")
        if index >= len(self._names):
            raise Aborted(209, "idx < elf->header.section.count")

    def place(self, index: int) -> Extent | None:
        """A section by its index, None if it is not in the file or libkmod passes over it."""
        if not 0 < index < len(self._names) or self._names[index] >= len(self._strings):
            return None
        place = Extent(self._offsets[index], self._sizes[index])
        return place if sum(place) <= self.size else None

    def find(self, name: bytes) -> Extent | None:
        """The first section of this name, which ends in a zero byte, that lies in the file."""
        strings, names = self._strings, self._names
        at = strings.find(name)
        if at < 0:
            return None
        if at in names and strings.find(name, at + 1) < 0:
            place = self.place(names.index(at))
            if place:
                # libkmod takes a section at the start of the file for none.
                return place if place.offset else None
        starts = set(_occurrences(name, strings))
        places = (self.place(index) for index, start in enumerate(names) if start in starts)
        found = next(filter(None, places), None)
        return found if found and found.offset else None

    def contents(self, name: bytes) -> bytes | None:
        """Return the bytes of the first section of this name, None if there is none in the file."""
        place = self.find(name)
        return None if place is None else self.read(*place)


def _identify(head: bytes, size: int) -> tuple[Class, str]:
    """Return class and byte order by e_ident. Raises LibkmodError: ENOEXEC for no ELF file, EINVAL for an odd one."""
    if size <= 16 or head[:4] != b"\x7fELF":
        raise LibkmodError(ENOEXEC, "not an ELF file", 0)
    kind, order = _CLASSES.get(head[4]), _ORDERS.get(head[5])
    if kind is None or order is None:
        raise LibkmodError(EINVAL, f"unknown ELF class {head[4]} or byte order {head[5]}", 4)
    if size <= kind.header_size:
        raise LibkmodError(EINVAL, f"{size} bytes are too few for an ELF header", size)
    return kind, order


def _occurrences(needle: bytes, data: bytes) -> Iterator[int]:
    """Yield the offsets in `data` at which `needle` stands."""
    at = data.find(needle)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)

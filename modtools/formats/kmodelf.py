"""An ELF file as libkmod sees it, for modinfo, `modprobe --dump-modversions` and, thousands of files at once, depmod.

Source: kmod 34's `libkmod/libkmod-elf.c`. libkmod looks at other things than the kernel: it believes class and byte
order in e_ident, wants the name table to end in a zero byte, knows tables by their names and not by their types, and
passes over a section that is not in the file. To what it cannot read it answers with an errno, and twice by abort().

    offset in the ELF header of 32 (64) bits   e_machine 18 (18), e_shoff 32 (40), e_shentsize 46 (58), e_shnum 48 (60),
                                               e_shstrndx 50 (62)
    a section header of 40 (64) bytes          sh_name 0 (0), sh_offset 16 (24), sh_size 20 (32)
    an entry of .symtab of 16 (24) bytes       st_name 0 (0), st_value 4 (8), st_info 12 (4), st_shndx 14 (6)
    an entry of __versions of 64 bytes         the CRC, 4 (8) bytes; the name and a zero byte, 60 (56) bytes

All numbers are in the file's own byte order. Only what is asked for is read of the file, and a section is found by
where its name stands among the names, so that all others need not be looked at. (`formats.elf` decodes everything, for
the kernel's eyes; this file starts in a tenth of the time.)
"""

from __future__ import annotations

import mmap
import struct

from modtools.formats.elfvalues import SHN_ABS, SHN_UNDEF
from modtools.formats.modinfo import fields
from modtools.light import TYPE_CHECKING, NamedTuple, cache
from modtools.linuxerrno import EINVAL, ENODATA, ENOEXEC
from modtools.notes import Aborted, LibkmodError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final, TypeAlias

Buffer: TypeAlias = bytes | mmap.mmap
Read: TypeAlias = "Callable[[int, int], bytes]"
"""Returns bytes of the file, from an offset and a number of bytes that lie in the file."""

_UNKNOWN_CRC: Final = (1 << 64) - 1
_CRC: Final = "__crc_"


class VersionedSymbol(NamedTuple):
    """A symbol and its CRC, which is all ones where there is none to be read."""

    crc: int
    name: str


class Extent(NamedTuple):
    """Where a section's bytes are, in bytes from the start of the file."""

    offset: int
    size: int


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


CLASSES: Final = {
    1: Class(52, "18xH12xI10xHHH", "I12xII16x", 40, 16, 12, 14, "4xI", "I60x", 4),
    2: Class(64, "18xH20xQ10xHHH", "I20xQQ24x", 64, 24, 4, 6, "8xQ", "Q56x", 8),
}
ORDERS: Final = {1: "<", 2: ">"}
SPARC: Final = (2, 43)
"""Processors whose undefined symbols may be registers."""
_MOST_ENTRIES: Final = 1 << 20


@cache
def packing(order: str, code: str, count: int) -> struct.Struct:
    """Return one `struct` for a whole table, because a call for each of its entries costs more than its numbers.

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

    @property
    def bits(self) -> int:
        """Return the width of the file's pointers."""
        return 8 * self.layout.crc_size

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
        """Check that there is a section of this index. Raises Aborted if not, as libkmod ends the program then."""
        if not index:
            raise Aborted(208, "idx != SHN_UNDEF")
        if index >= len(self._names):
            raise Aborted(209, "idx < elf->header.section.count")

    def place(self, index: int) -> Extent | None:
        """Return a section by its index, None if it is not in the file or libkmod passes over it."""
        if not 0 < index < len(self._names) or self._names[index] >= len(self._strings):
            return None
        place = Extent(self._offsets[index], self._sizes[index])
        return place if sum(place) <= self.size else None

    def find(self, name: bytes) -> Extent | None:
        """Return the first section of this name, which ends in a zero byte, that lies in the file."""
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
    kind, order = CLASSES.get(head[4]), ORDERS.get(head[5])
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


class KmodElf:
    """One module file. Raises LibkmodError or Aborted if libkmod does not accept it as ELF."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._sections = Sections(lambda offset, count: bytes(data[offset : offset + count]), len(data))
        self._layout = self._sections.layout

    def modinfo(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of .modinfo. Raises LibkmodError if there is no such section."""
        data = self._bytes(self._needed(".modinfo")).lstrip(b"\0")
        return fields(data) if len(data) > 1 else ()

    def versions(self) -> list[VersionedSymbol]:
        """Return the symbols that the module wants, each with its CRC. Raises LibkmodError without __versions."""
        place = self._needed("__versions")
        if place.size % 64:
            raise LibkmodError(EINVAL, f"__versions has {place.size} bytes", place.offset)
        return [self._version(place.offset + at) for at in range(0, place.size, 64)]

    def _version(self, offset: int) -> VersionedSymbol:
        (crc,) = self._unpack(self._layout.crc, offset)
        name = bytes(self._data[offset + self._layout.crc_size : offset + 64])
        if b"\0" not in name:
            raise LibkmodError(EINVAL, "an unterminated name in __versions", offset)
        return VersionedSymbol(crc, _text(name.split(b"\0", 1)[0]).removeprefix("."))

    def symbols(self) -> list[VersionedSymbol]:
        """Return the symbols that the module exports: those with a CRC, else the names in __ksymtab_strings."""
        try:
            found = list(self._crc_symbols())
        except LookupError:
            found = []
        if not found:
            return [VersionedSymbol(0, name) for name in self._exported_names()]
        return [VersionedSymbol(self._crc(value, section), name) for name, value, section in found]

    def _crc_symbols(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, value and section of each symbol __crc_NAME. Raises LookupError for a bad table."""
        names, table = self._sections.find(b".strtab\0"), self._sections.find(b".symtab\0")
        size = self._layout.symbol_size
        if names is None or table is None or table.size % size:
            raise LookupError
        for offset in range(table.offset + size, table.offset + table.size, size):
            (name,) = self._unpack("I", offset)
            if name >= names.size:
                raise LookupError
            text = self._string(names.offset + name)
            if text.startswith(_CRC):
                (value,), (section,) = (
                    self._unpack(self._layout.value, offset),
                    self._unpack("H", offset + self._layout.shndx),
                )
                yield text.removeprefix(_CRC), value, section

    def _crc(self, value: int, section: int) -> int:
        """Return the CRC: the symbol's value, or the four bytes it points to. Raises Aborted for no such section."""
        if section in (SHN_ABS, SHN_UNDEF):
            return value
        self._sections.check(section)
        place = self._sections.place(section)
        if place is None or value + 4 > place.size:
            return _UNKNOWN_CRC
        return self._unpack("I", place.offset + value)[0]

    def _exported_names(self) -> list[str]:
        place = self._needed("__ksymtab_strings")
        data = self._bytes(place)
        if len(data) > 1 and data[-1]:
            raise LibkmodError(EINVAL, "__ksymtab_strings is not terminated", place.offset)
        return [_text(name) for name in data.split(b"\0") if name]

    def _needed(self, name: str) -> Extent:
        place = self._sections.find(name.encode() + b"\0")
        if place is None:
            raise LibkmodError(ENODATA, f"no section {name}")
        return place

    def _unpack(self, code: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(self._sections.order + code, self._data, offset)

    def _bytes(self, place: Extent) -> bytes:
        return bytes(self._data[place.offset : place.offset + place.size])

    def _string(self, offset: int) -> str:
        """Return the text up to a zero byte, or to the end of the file."""
        end = self._data.find(b"\0", offset)
        return _text(self._data[offset : end if end >= 0 else len(self._data)])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")

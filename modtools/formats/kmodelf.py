"""An ELF file with the eyes of libkmod, for modinfo and `modprobe --dump-modversions`.

Source: kmod 34's `libkmod/libkmod-elf.c`. libkmod looks at other things than the kernel: it believes class and byte
order in e_ident, wants the name table to end in a zero byte, knows tables by their names and not by their types, and
passes over a section that is not in the file. To what it cannot read it answers with an errno, and twice by abort().

    offset in the ELF header of 32 (64) bits   e_shoff 32 (40), e_shentsize 46 (58), e_shnum 48 (60), e_shstrndx 50 (62)
    a section header of 40 (64) bytes          sh_name 0 (0), sh_offset 16 (24), sh_size 20 (32)
    an entry of .symtab of 16 (24) bytes       st_name 0 (0), st_value 4 (8), st_info 12 (4), st_shndx 14 (6)
    an entry of __versions of 64 bytes         the CRC, 4 (8) bytes; the name and a zero byte, 60 (56) bytes

All numbers are in the file's own byte order. (`formats.elf` decodes everything, for the kernel's eyes; this file reads
little, and starts in a tenth of the time.)
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from modtools.errors import FormatError
from modtools.formats.elfvalues import SHN_ABS, SHN_UNDEF
from modtools.formats.modinfo import fields
from modtools.linuxerrno import EINVAL, ENODATA, ENOEXEC

Buffer: TypeAlias = bytes | mmap.mmap

_UNKNOWN_CRC: Final = (1 << 64) - 1
_CRC: Final = "__crc_"


class _Class(NamedTuple):
    """How a class of ELF lays out what is read here: `struct` formats without the byte order, sizes in bytes."""

    header_size: int
    header: str
    section: str
    section_size: int
    symbol: str
    symbol_size: int
    crc: str
    crc_size: int


_CLASSES: Final = {
    1: _Class(52, "32xI10xHHH", "I12xII", 40, "II6xH", 16, "I", 4),
    2: _Class(64, "40xQ10xHHH", "I20xQQ", 64, "I2xHQ", 24, "Q", 8),
}
_ORDERS: Final = {1: "<", 2: ">"}


class LibkmodError(FormatError):
    """libkmod answers with this errno, one of Linux."""

    def __init__(self, number: int, what: str, offset: int | None = None) -> None:
        super().__init__(what, offset)
        self.errno = number


class Aborted(FormatError):
    """libkmod ends the program by abort(): one of its own assertions does not hold."""

    def __init__(self, line: int, assertion: str, offset: int | None = None) -> None:
        super().__init__(f"assertion {assertion}", offset)
        self.text = f"../libkmod/libkmod-elf.c:{line}: elf_get_section_header_offset: Assertion `{assertion}' failed."


class Symbol(NamedTuple):
    """A symbol and its CRC, which is all ones where there is none to be read."""

    crc: int
    name: str


class Extent(NamedTuple):
    """Where a section's bytes are, in bytes from the start of the file."""

    offset: int
    size: int


class KmodElf:
    """A file that libkmod takes for ELF. Raises LibkmodError, or Aborted, if it does not."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._class, self._order = _identify(data)
        offset, entry_size, self._count, names = self._unpack(self._class.header, 0)
        self._table = offset
        if entry_size != self._class.section_size:
            raise LibkmodError(EINVAL, f"section headers of {entry_size} bytes")
        if offset + self._count * entry_size > len(data):
            raise LibkmodError(EINVAL, f"{self._count} section headers end after the end of the file", offset)
        name, self._names = self._header(names)
        if sum(self._names) > len(data) or name >= self._names.size:
            raise LibkmodError(EINVAL, f"the names of sections, in section {names}, are not in the file", offset)
        if data[sum(self._names) - 1]:
            raise LibkmodError(EINVAL, "the table of section names is not terminated", self._names.offset)

    def modinfo(self) -> tuple[tuple[str, str], ...]:
        """The fields of .modinfo. Raises LibkmodError if there is no such section."""
        data = self._bytes(self._needed(".modinfo")).lstrip(b"\0")
        return fields(data) if len(data) > 1 else ()

    def versions(self) -> list[Symbol]:
        """The symbols that the module wants, with the CRC of each. Raises LibkmodError if there is no __versions."""
        place = self._needed("__versions")
        if place.size % 64:
            raise LibkmodError(EINVAL, f"__versions has {place.size} bytes", place.offset)
        return [self._version(place.offset + at) for at in range(0, place.size, 64)]

    def _version(self, offset: int) -> Symbol:
        (crc,) = self._unpack(self._class.crc, offset)
        name = bytes(self._data[offset + self._class.crc_size : offset + 64])
        if b"\0" not in name:
            raise LibkmodError(EINVAL, "an unterminated name in __versions", offset)
        return Symbol(crc, _text(name.split(b"\0", 1)[0]).removeprefix("."))

    def symbols(self) -> list[Symbol]:
        """The symbols that the module exports: those with a CRC, else the names in __ksymtab_strings."""
        try:
            found = list(self._crc_symbols())
        except LookupError:
            found = []
        if not found:
            return [Symbol(0, name) for name in self._exported_names()]
        return [Symbol(self._crc(value, section), name) for name, value, section in found]

    def _crc_symbols(self) -> Iterator[tuple[str, int, int]]:
        """Name after __crc_, value and section of the symbols that are CRCs. Raises LookupError for a bad table."""
        names, table = self._places[".strtab"], self._places[".symtab"]
        size = self._class.symbol_size
        if table.size % size:
            raise LookupError
        for offset in range(table.offset + size, table.offset + table.size, size):
            name, value, section = self._symbol(offset)
            if name >= names.size:
                raise LookupError
            text = self._string(names.offset + name)
            if text.startswith(_CRC):
                yield text.removeprefix(_CRC), value, section

    def _symbol(self, offset: int) -> tuple[int, int, int]:
        """st_name, st_value and st_shndx of a symbol."""
        first, second, third = self._unpack(self._class.symbol, offset)
        return (first, second, third) if self._class is _CLASSES[1] else (first, third, second)

    def _crc(self, value: int, section: int) -> int:
        """The CRC: the symbol's value itself, or the four bytes it points to."""
        if section in (SHN_ABS, SHN_UNDEF):
            return value
        found = self._section(section)
        if found is None or value + 4 > found[1].size:
            return _UNKNOWN_CRC
        return int(self._unpack("I", found[1].offset + value)[0])

    def _exported_names(self) -> list[str]:
        place = self._needed("__ksymtab_strings")
        data = self._bytes(place)
        if len(data) > 1 and data[-1]:
            raise LibkmodError(EINVAL, "__ksymtab_strings is not terminated", place.offset)
        return [_text(name) for name in data.split(b"\0") if name]

    @cached_property
    def _places(self) -> dict[str, Extent]:
        """The sections that lie in the file, the first of each name."""
        found = (self._section(index) for index in range(self._count - 1, 0, -1))
        return dict(section for section in found if section is not None)

    def _needed(self, name: str) -> Extent:
        place = self._places.get(name)
        if place is None or not place.offset:
            raise LibkmodError(ENODATA, f"no section {name}")
        return place

    def _section(self, index: int) -> tuple[str, Extent] | None:
        """Name and place of a section, or None if it is not in the file or has no name. Raises Aborted."""
        name, place = self._header(index)
        if sum(place) > len(self._data) or name >= self._names.size:
            return None
        return self._string(self._names.offset + name), place

    def _header(self, index: int) -> tuple[int, Extent]:
        """What a section header says: where the name is among the names, and the place. Raises Aborted."""
        if index == SHN_UNDEF:
            raise Aborted(208, "idx != SHN_UNDEF")
        if index >= self._count:
            raise Aborted(209, "idx < elf->header.section.count")
        at = self._table + index * self._class.section_size
        name, offset, size = self._unpack(self._class.section, at)
        return name, Extent(offset, size)

    def _unpack(self, layout: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(self._order + layout, self._data, offset)

    def _bytes(self, place: Extent) -> bytes:
        return bytes(self._data[place.offset : place.offset + place.size])

    def _string(self, offset: int) -> str:
        """The text up to a zero byte, or to the end of the file."""
        end = self._data.find(b"\0", offset)
        return _text(self._data[offset : end if end >= 0 else len(self._data)])


def _identify(data: Buffer) -> tuple[_Class, str]:
    """Return class and byte order by e_ident. Raises LibkmodError: ENOEXEC for no ELF file, EINVAL for an odd one."""
    if len(data) <= 16 or data[:4] != b"\x7fELF":
        raise LibkmodError(ENOEXEC, "not an ELF file", 0)
    kind, order = _CLASSES.get(data[4]), _ORDERS.get(data[5])
    if kind is None or order is None or len(data) <= kind.header_size:
        raise LibkmodError(EINVAL, "unknown ELF class or byte order, or a truncated header", 4)
    return kind, order


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")

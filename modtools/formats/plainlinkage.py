"""What depmod needs of a plain module, taken out of its tables by whole columns: for thousands of modules at once.

A module is plain as a compiler and ld write it: its names end where their table ends, each symbol is in a section that
there is, and all versions are for symbols that it wants, but for one. Of any other file nothing is told here; `linkage`
reads what libkmod would, and the tests hold both equal. The tables are documented in `kmodelf.py`.

A column of a table is a slice of its bytes with a step, so that the sections of all symbols, of which two bytes tell
the number, are two slices, and what is to be known of all of them is a comparison of bytes:

    .symtab, 24 bytes each     00000000 00 00 0000 ...   01000000 12 00 0000 ...   09000000 10 00 0300 ...
    low bytes of st_shndx                     00                        00                        03
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import compress, repeat
from typing import Final

from modtools.errors import FormatError
from modtools.formats.kmodelf import CLASSES, ORDERS, SPARC, Class, Read, packing
from modtools.formats.linkagevalues import VERSION_SIZE, Linkage, is_dotted
from modtools.formats.strtab import NAMES_BUDGET, joined
from modtools.light import NamedTuple

_HEAD: Final = 64
"""Bytes that are read of a file's beginning: the longest ELF header."""
_CRC: Final = b"__crc_"
_ABS_LOW, _ABS_HIGH = 0xF1, 0xFF
_LOW: Final = bytes(byte == _ABS_LOW for byte in range(256))
_HIGH: Final = bytes({0: 0, _ABS_HIGH: 1}.get(byte, 2) for byte in range(256))
"""What the low and the high byte of st_shndx become: 0 for a section, 1 for SHN_ABS, and alike for no other value."""
_SECTIONS: Final = [bytes((*range(count), _ABS_LOW)) for count in range(_ABS_LOW)]
"""By the number of a file's sections, what the low byte may be."""
_UNDEFINED: Final = bytes(not byte for byte in range(256))
_STB_WEAK: Final = 2
_NOT_WEAK: Final = bytes(info for info in range(256) if info >> 4 != _STB_WEAK)


def _key(name: bytes) -> re.Pattern[bytes]:
    """Return what finds the values of a key in .modinfo; a string without "=" is a key with an empty value."""
    return re.compile(rb"\0%b(?:=([^\0]*))?(?=\0)" % name)


_ALIAS, _SOFTDEP, _WEAKDEP = map(_key, (b"alias", b"softdep", b"weakdep"))


class _NotPlain(Exception):
    """A file with something that is not in most modules."""


class _Form(NamedTuple):
    """How files of a class and an order of bytes are read: `layout` tells sizes; `low` and `high` are where in a symbol
    the bytes of st_shndx are; `swapped` that numbers are not in this processor's order."""

    order: str
    layout: Class
    header: struct.Struct
    extent: struct.Struct
    low: int
    high: int
    swapped: bool


def _form(order: str, layout: Class) -> _Form:
    low = layout.shndx + (order == ">")
    header, extent = struct.Struct(order + layout.header), struct.Struct(order + layout.section.replace("I", "4x", 1))
    own = "<" if sys.byteorder == "little" else ">"
    return _Form(order, layout, header, extent, low, 2 * layout.shndx + 1 - low, order != own)


_FORMS: Final = {
    bytes((*b"\x7fELF", kind, order)): _form(ORDERS[order], CLASSES[kind]) for kind in CLASSES for order in ORDERS
}
"""By the first bytes of a file."""


def read(source: Read, size: int) -> Linkage | None:
    """Return what a plain module of `size` bytes exports and needs, None for any other file."""
    try:
        head = source(0, min(size, _HEAD))
        form = _FORMS.get(head[:6])
        return _linkage(_Sections(source, size, form, head)) if form and size >= _HEAD else None
    except (_NotPlain, FormatError):
        return None


class _Sections:
    """The sections of a file. Raises _NotPlain."""

    def __init__(self, source: Read, size: int, form: _Form, head: bytes) -> None:
        self.source, self.size, self.form = source, size, form
        machine, start, entry_size, self.count, names = form.header.unpack_from(head)
        if entry_size != form.layout.section_size or machine in SPARC or not 0 < names < self.count < len(_SECTIONS):
            raise _NotPlain
        self._headers = self.read(start, entry_size * self.count)
        self._starts = packing(form.order, f"I{entry_size - 4}x", self.count).unpack(self._headers)
        start, length = form.extent.unpack_from(self._headers, entry_size * names)
        self._names = self.read(start, length)
        if self._names[-1:] != b"\0" or self._starts[names] >= length:
            raise _NotPlain

    def read(self, start: int, length: int) -> bytes:
        """Return bytes of the file."""
        if start + length > self.size:
            raise _NotPlain
        return self.source(start, length)

    def find(self, name: bytes) -> tuple[int, int]:
        """Return offset and size of the section of a name, which ends in a zero byte; zeros if there is none."""
        at = self._names.find(name)
        if at >= 0 and self._names.find(name, at + 1) >= 0:
            raise _NotPlain
        if at not in self._starts:
            return 0, 0
        index = self._starts.index(at)
        start, length = self.form.extent.unpack_from(self._headers, self.form.layout.section_size * index)
        if not (index and start) or start + length > self.size:
            raise _NotPlain
        return start, length

    def contents(self, name: bytes) -> bytes:
        """Return the bytes of the section of a name, none if there is none."""
        start, length = self.find(name)
        return self.source(start, length) if length else b""


class _Symbols:
    """The symbols of a file. Raises _NotPlain, also for one in a section that there is not."""

    def __init__(self, sections: _Sections) -> None:
        form, self._size = sections.form, sections.form.layout.symbol_size
        start, length = sections.find(b".symtab\0")
        names, rest = sections.find(b".strtab\0")
        if start + length != names or length % self._size or not rest:
            raise _NotPlain
        self._data, self._end, self._swapped = sections.source(start, length + rest), length, form.swapped
        self.names = self._data[length:]
        self.sections, self.infos = self._column(form.low), self._column(form.layout.info)
        if (
            self.sections.translate(_LOW) != self._column(form.high).translate(_HIGH)
            or self.sections.translate(None, _SECTIONS[sections.count])
            or self.names[-1]
        ):
            raise _NotPlain

    def _column(self, offset: int) -> bytes:
        """Return the bytes that all symbols have at an offset."""
        return self._data[offset : self._end : self._size]

    def places(self, first: int) -> list[int]:
        """Return where the names are of all symbols from one on."""
        words = memoryview(self._data)[first * self._size : self._end].cast("I")[:: self._size // 4]
        if not self._swapped:
            return words.tolist()
        places = array("I", words)
        places.byteswap()
        return places.tolist()

    def names_at(self, places: Sequence[int], skipped: int = 0) -> list[bytes]:
        """Return names by their places, without so many bytes at the beginning of each; b"" for what is no place."""
        names, find = self.names, self.names.find
        if len(places) * len(names) > NAMES_BUDGET:
            raise _NotPlain
        return [names[place + skipped : find(0, place)] for place in places]


def _linkage(sections: _Sections) -> Linkage:
    symbols = _Symbols(sections)
    undefined, weak = _undefined(symbols)
    wanted = joined(undefined + _only_in_versions(sections, undefined))
    modinfo = b"\0%b\0" % sections.contents(b".modinfo\0")
    return Linkage(
        exports=_exports(sections, symbols),
        wanted=wanted,
        weak=weak,
        aliases=_values(_ALIAS, modinfo),
        softdeps=_values(_SOFTDEP, modinfo) if b"softdep" in modinfo else b"",
        weakdeps=_values(_WEAKDEP, modinfo) if b"weakdep" in modinfo else b"",
        dotted=is_dotted(wanted),
    )


def _undefined(symbols: _Symbols) -> tuple[list[bytes], Sequence[int]]:
    """Return the names of the undefined symbols, and which of them are weak; the local ones, which stand before the
    first of them, need not be looked at."""
    first = symbols.sections.find(0, 1)
    if first < 0:
        return [], ()
    undefined = symbols.sections[first:].translate(_UNDEFINED)
    weak: Sequence[int] = ()
    if symbols.infos.translate(None, _NOT_WEAK):
        weak = [at for at, info in enumerate(compress(symbols.infos[first:], undefined)) if info >> 4 == _STB_WEAK]
    return symbols.names_at(list(compress(symbols.places(first), undefined))), weak


def _only_in_versions(sections: _Sections, undefined: list[bytes]) -> list[bytes]:
    """Return the name in __versions that is none of these: that of module_layout, as it is in most modules."""
    table, start = sections.contents(b"__versions\0"), sections.form.layout.crc_size
    width, (count, rest) = VERSION_SIZE - start, divmod(len(table), VERSION_SIZE)
    names = set(packing("", f"{start}x{width}s", count).unpack(table)) if not rest else set()
    if len(names) != count or rest or b"" in undefined:
        raise _NotPlain
    # Names are compared as they stand there, filled up with zeros; one with more behind its zero is left over.
    names.difference_update(map(bytes.ljust, undefined, repeat(width), repeat(b"\0")))
    found = [name.rstrip(b"\0") for name in names]
    if len(found) > 1 or any(b"\0" in name or len(name) == width for name in found):
        raise _NotPlain
    return found


def _exports(sections: _Sections, symbols: _Symbols) -> bytes:
    """Return the names after __crc_, else those in __ksymtab_strings."""
    found: list[bytes] = []
    if _CRC in symbols.names:
        starts = {match.start() for match in re.finditer(_CRC, symbols.names)}
        places = symbols.places(1)
        if max(places, default=0) >= len(symbols.names):
            raise _NotPlain
        found = symbols.names_at(sorted(starts.intersection(places)), len(_CRC))
    if not found:
        found = sections.contents(b"__ksymtab_strings\0").split(b"\0")
        if found.pop():
            raise _NotPlain
    return joined(filter(None, found))


def _values(key: re.Pattern[bytes], modinfo: bytes) -> bytes:
    """Return the values of a key."""
    return joined(key.findall(modinfo))

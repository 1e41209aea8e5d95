"""What depmod needs of a module: the symbols it gives and wants, its aliases and dependencies, read in bulk.

Source: kmod 34's `libkmod/libkmod-elf.c` (kmod_elf_get_symbols, _get_dependency_symbols, _get_modinfo_strings). This is
libkmod's view, as `kmodelf.py` has it and documents its tables: sections by their names, what is not in the file passed
over. But it is for thousands of modules at once, so it reads only the parts of the file that it needs, finds undefined
symbols by their column of section numbers, and takes tables apart with one `struct` each.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import add
from typing import Any, Final, NamedTuple, TypeAlias

from modtools.errors import FormatError
from modtools.formats.kmodelf import Refused
from modtools.formats.strtab import StringTable
from modtools.linuxerrno import EINVAL, ENODATA, ENOEXEC

Read: TypeAlias = Callable[[int, int], bytes]
"""Bytes of the file, from an offset and a number of bytes that lie in the file."""

SYMBOLS, INFO, WANTED = "symbols", "modinfo", "dependencies"
"""The three things that are read of a module; each may fail without the others."""

_SPARC: Final = (2, 43)
_STT_REGISTER, _STB_WEAK, _SHN_UNDEF, _SHN_ABS = 13, 2, 0, 0xFFF1
_CRC: Final = b"__crc_"
_UNKNOWN_CRC: Final = (1 << 64) - 1
_VERSION_SIZE: Final = 64


class Linkage(NamedTuple):
    """What a module gives and wants.

    `crcs` belong to `exports` and `wanted_crcs` to `wanted`; both are empty unless asked for. `weak` are the positions
    in `wanted` of symbols that the module can do without; `dotted` says whether there is one that begins with a dot.
    `problems` are parts that could not be read, each with libkmod's errno and the reason; `said` is what libkmod says.
    """

    exports: Sequence[str] = ()
    crcs: Sequence[int] = ()
    wanted: Sequence[str] = ()
    wanted_crcs: Sequence[int] = ()
    weak: Sequence[int] = ()
    aliases: Sequence[str] = ()
    softdeps: Sequence[str] = ()
    weakdeps: Sequence[str] = ()
    dotted: bool = False
    problems: Sequence[tuple[str, int, str]] = ()
    said: Sequence[str] = ()


class _Class(NamedTuple):
    """How a class of ELF lays out what is read here; formats are `struct`'s without the byte order, sizes in bytes."""

    header_size: int
    header: str
    section: str
    section_size: int
    name: str
    name_info: str
    value: str
    shndx: int
    symbol_size: int
    crc: str
    crc_size: int


_CLASSES: Final = {
    1: _Class(52, "18xH12xI10xHHH", "I12xII16x", 40, "I12x", "I8xB", "4xI", 14, 16, "I60x", 4),
    2: _Class(64, "18xH20xQ10xHHH", "I20xQQ24x", 64, "I20x", "IB", "8xQ", 6, 24, "Q56x", 8),
}
_ORDERS: Final = {1: "<", 2: ">"}


_Three: TypeAlias = tuple[Sequence[Any], Sequence[Any], Sequence[Any]]
_NOTHING: Final = ((), (), ())


class _Place(NamedTuple):
    """Where a section's bytes are, in bytes from the start of the file."""

    offset: int
    size: int


def read(source: Read, size: int, crcs: bool = False) -> Linkage:
    """Read a module of `size` bytes. What cannot be read is empty, with the reason in `problems`."""
    try:
        return _Reader(source, size, crcs).linkage()
    except FormatError as problem:
        return failed(problem.errno if isinstance(problem, Refused) else EINVAL, str(problem))


def failed(number: int, reason: str) -> Linkage:
    """The linkage of a file that cannot be read at all."""
    return Linkage(problems=tuple((part, number, reason) for part in (SYMBOLS, INFO, WANTED)))


@cache
def _packing(order: str, code: str, count: int) -> struct.Struct:
    """One `struct` for a whole table, because a call for each of its entries costs more than its numbers."""
    return struct.Struct(order + code * count)


class _Reader:
    """One file. Raises Refused, a FormatError with libkmod's errno, if libkmod does not take it for a module."""

    def __init__(self, source: Read, size: int, crcs: bool) -> None:
        self._read, self._size, self._crcs = source, size, crcs
        head = source(0, min(size, 64))
        self._class, self._order = _identify(head, size)
        self._machine, table, entry_size, count, names = struct.unpack_from(self._order + self._class.header, head)
        if entry_size != self._class.section_size:
            raise Refused(EINVAL, f"section headers of {entry_size} bytes")
        if table + count * entry_size > size:
            raise Refused(EINVAL, f"{count} section headers end after the file", table)
        rows = self._unpack(self._class.section, count, source(table, count * entry_size))
        self._names, self._offsets, self._sizes = rows[0::3], rows[1::3], rows[2::3]
        self._index = self._sections(names)

    def _sections(self, names: int) -> dict[str, int]:
        """The section that each name stands for: the first that lies in the file."""
        if not 0 < names < len(self._names):
            # Here libkmod ends the program.
            raise Refused(EINVAL, f"the names of sections are in section {names} of {len(self._names)}")
        place = self._place(names)
        if sum(place) > self._size or self._names[names] >= place.size:
            raise Refused(EINVAL, f"the names of sections, in section {names}, are not in the file")
        strings = self._read(*place)
        if strings[-1]:
            raise Refused(EINVAL, "the names of sections do not end", place.offset)
        rows = list(zip(StringTable(strings).names(self._names), range(len(self._names)), strict=True))[1:]
        if max(map(add, self._offsets, self._sizes)) > self._size or max(self._names) >= place.size:
            rows = [row for row in rows if self._is_usable(row[1], place.size)]
        return dict(reversed(rows))

    def _is_usable(self, index: int, names: int) -> bool:
        return sum(self._place(index)) <= self._size and self._names[index] < names

    def _place(self, index: int) -> _Place:
        return _Place(self._offsets[index], self._sizes[index])

    def _find(self, name: str) -> _Place | None:
        """A section by its name."""
        index = self._index.get(name)
        # libkmod takes a section at the start of the file for none.
        return self._place(index) if index and self._offsets[index] else None

    def _unpack(self, code: str, count: int, data: bytes) -> tuple[int, ...]:
        """The numbers of a table of `count` entries, one entry after another."""
        return _packing(self._order, code, count).unpack(data)

    def linkage(self) -> Linkage:
        """All that is wanted of the file."""
        problems: list[tuple[str, int, str]] = []
        exports, crcs, _ = _attempt(SYMBOLS, self._exports, problems)
        aliases, softdeps, weakdeps = _attempt(INFO, self._modinfo, problems)
        wanted, wanted_crcs, weak = _attempt(WANTED, self._wanted, problems)
        dotted = any(name[0] == "." for name in wanted)
        return Linkage(exports, crcs, wanted, wanted_crcs, weak, aliases, softdeps, weakdeps, dotted, tuple(problems))

    def _modinfo(self) -> _Three:
        """Aliases, soft and weak dependencies in their order."""
        place = self._find(".modinfo")
        if place is None:
            raise Refused(ENODATA, "no section .modinfo")
        entries = str(self._read(*place), "utf-8", "surrogateescape").split("\0")
        return _values("alias", entries), _values("softdep", entries), _values("weakdep", entries)

    def _symbols(self) -> tuple[bytes, bytes, int]:
        """The symbol table, its names, and where these end. Raises Refused where libkmod does not look at them."""
        table, names = self._find(".symtab"), self._find(".strtab")
        if names is None or table is None:
            raise Refused(EINVAL, "no symbol table, or none with names")
        if table.size % self._class.symbol_size:
            raise Refused(EINVAL, f"a symbol table of {table.size} bytes", table.offset)
        strings = self._read(*names)
        if strings and strings[-1]:
            # libkmod lets the last name go on in whatever follows.
            strings += self._read(sum(names), self._size - sum(names)).partition(b"\0")[0]
        return self._read(*table), strings, names.size

    def _exports(self) -> _Three:
        """The exported symbols: those with a CRC, else all names in __ksymtab_strings."""
        table, found = self._crc_symbols()
        if not found:
            names = self._ksymtab_strings()
            return names, [0] * len(names) if self._crcs else (), ()
        crcs = [self._crc(table, index) for index, _ in found] if self._crcs else ()
        return [name for _, name in found], crcs, ()

    def _crc_symbols(self) -> tuple[bytes, list[tuple[int, str]]]:
        """The symbol table, and index and name after __crc_ of the symbols that are CRCs."""
        try:
            table, strings, limit = self._symbols()
        except Refused:
            return b"", []
        if _CRC not in strings:
            return table, []
        count = len(table) // self._class.symbol_size
        places = self._unpack(self._class.name, count, table)
        starts = set(_occurrences(_CRC, strings))
        if max(places[1:], default=0) >= limit:
            return table, []
        found = [index for index in range(1, count) if places[index] in starts]
        names = StringTable(strings).names([places[index] + len(_CRC) for index in found])
        return table, list(zip(found, names, strict=True))

    def _crc(self, table: bytes, index: int) -> int:
        """The CRC that a symbol stands for: its value, or the four bytes at that place of its section."""
        start = index * self._class.symbol_size
        (value,) = struct.unpack_from(self._order + self._class.value, table, start)
        (shndx,) = struct.unpack_from(self._order + "H", table, start + self._class.shndx)
        if shndx in (_SHN_UNDEF, _SHN_ABS):
            return int(value)
        if shndx >= len(self._names) or sum(self._place(shndx)) > self._size or value + 4 > self._sizes[shndx]:
            return _UNKNOWN_CRC
        return int(struct.unpack(self._order + "I", self._read(self._offsets[shndx] + value, 4))[0])

    def _ksymtab_strings(self) -> list[str]:
        """The names of the exported symbols of a module without CRCs."""
        place = self._find("__ksymtab_strings")
        if place is None:
            raise Refused(ENODATA, "no section __ksymtab_strings")
        data = self._read(*place)
        if data.strip(b"\0") and data[-1]:
            raise Refused(EINVAL, "__ksymtab_strings does not end", place.offset)
        return [name for name in str(data, "utf-8", "surrogateescape").split("\0") if name]

    def _wanted(self) -> _Three:
        """The undefined symbols, then those that are only in __versions, with CRCs and the positions of weak ones."""
        table, strings, limit = self._symbols()
        rows = self._undefined(table)
        if rows and max(place for place, _ in rows) >= limit:
            raise Refused(EINVAL, "the name of an undefined symbol is not among the names")
        names = StringTable(strings).names([place for place, _ in rows])
        weak = [at for at, (_, info) in enumerate(rows) if info >> 4 == _STB_WEAK]
        if "" in names:
            weak = [at - names[:at].count("") for at in weak if names[at]]
            names = [name for name in names if name]
        return self._with_versions(names, weak)

    def _undefined(self, table: bytes) -> list[tuple[int, int]]:
        """Where the name is, and st_info, of each undefined symbol but the first, which is no symbol."""
        size, at = self._class.symbol_size, self._class.shndx
        low, high = table[at::size], table[at + 1 :: size]
        unpack = struct.Struct(self._order + self._class.name_info).unpack_from
        rows = [unpack(table, index * size) for index in _occurrences(b"\0", low, 1) if not high[index]]
        if self._machine in _SPARC:
            # A register that the module reserves for itself: undefined in form only.
            rows = [row for row in rows if row[1] & 15 != _STT_REGISTER]
        return rows

    def _with_versions(self, names: list[str], weak: list[int]) -> _Three:
        """`names` and what __versions adds to them: CRCs, and at the end symbols that are only there."""
        place = self._find("__versions")
        if place is None or place.size % _VERSION_SIZE:
            return names, [0] * len(names) if self._crcs else [], weak
        table = self._read(*place)
        versions = StringTable(table).names(range(self._class.crc_size, len(table), _VERSION_SIZE))
        longest = _VERSION_SIZE - self._class.crc_size
        known = set(names)
        first: dict[str, int] = {}
        extra = [at for at, name in enumerate(versions) if name not in known or first.setdefault(name, at) != at]
        if any(len(versions[at].encode("utf-8", "surrogateescape")) >= longest for at in extra):
            raise Refused(EINVAL, "a name in __versions does not end", place.offset)
        wanted = names + [versions[at] for at in extra]
        if not self._crcs:
            return wanted, [], weak
        crcs = self._unpack(self._class.crc, len(versions), table)
        return wanted, [crcs[first[name]] if name in first else 0 for name in names] + [crcs[at] for at in extra], weak


def _identify(head: bytes, size: int) -> tuple[_Class, str]:
    """Class and byte order by e_ident. Raises Refused: ENOEXEC for what is no ELF file, EINVAL for a strange one."""
    if size <= 16 or head[:4] != b"\x7fELF":
        raise Refused(ENOEXEC, "not an ELF file", 0)
    kind, order = _CLASSES.get(head[4]), _ORDERS.get(head[5])
    if kind is None or order is None:
        raise Refused(EINVAL, f"unknown ELF class {head[4]} or byte order {head[5]}", 4)
    if size <= kind.header_size:
        raise Refused(EINVAL, f"{size} bytes are too few for an ELF header", size)
    return kind, order


def _attempt(part: str, read: Callable[[], _Three], problems: list[tuple[str, int, str]]) -> _Three:
    """What `read` returns; nothing, and a problem noted, if that fails."""
    try:
        return read()
    except FormatError as problem:
        problems.append((part, problem.errno if isinstance(problem, Refused) else EINVAL, str(problem)))
        return _NOTHING


def _occurrences(needle: bytes, data: bytes, start: int = 0) -> Iterator[int]:
    """The offsets at which `needle` stands."""
    at = data.find(needle, start)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)


def _values(key: str, entries: list[str]) -> list[str]:
    """The values of one key; a string without "=" is a key with an empty value."""
    start = key + "="
    return [entry[len(start) :] for entry in entries if entry.startswith(start) or entry == key]

"""What depmod needs of a module: the symbols it exports and needs, its aliases and dependencies, read in bulk.

Source: kmod 34's `libkmod/libkmod-elf.c` (kmod_elf_get_symbols, _get_dependency_symbols, _get_modinfo_strings), with
the tables that are documented in `kmodelf.py`. Because this is for thousands of modules at once, tables are taken apart
by their columns, and a symbol is looked at only if it is undefined or a CRC.
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final, TypeAlias, TypeVar

from modtools.errors import FormatError
from modtools.formats import plainlinkage
from modtools.formats.kmodelf import SPARC, Read, Sections, packing
from modtools.formats.linkagevalues import INFO, SYMBOLS, VERSION_SIZE, WANTED, Linkage, is_dotted
from modtools.formats.strtab import NAMES_BUDGET, StringTable, joined
from modtools.light import NamedTuple
from modtools.linuxerrno import EINVAL
from modtools.notes import Aborted, LibkmodError

_STT_REGISTER, _STB_WEAK, _SHN_UNDEF, _SHN_ABS = 13, 2, 0, 0xFFF1
_NOT_WEAK: Final = bytes(info for info in range(256) if info >> 4 != _STB_WEAK)
_CRC: Final = b"__crc_"
_UNKNOWN_CRC: Final = (1 << 64) - 1
_OWN_ORDER: Final = "<" if sys.byteorder == "little" else ">"


class _Symbols(NamedTuple):
    """The symbol table, its names, and how many bytes of these may hold the beginning of a name."""

    table: bytes
    strings: bytes
    limit: int


def read(source: Read, size: int, crcs: bool = False) -> Linkage:
    """Read a module of `size` bytes. What cannot be read is empty, with the reason in `problems`."""
    return (None if crcs else plainlinkage.read(source, size)) or read_any(source, size, crcs)


def read_any(source: Read, size: int, crcs: bool = False) -> Linkage:
    """Read a module as `read` does, symbol by symbol where need be."""
    try:
        return _Reader(source, size, crcs).linkage()
    except FormatError as problem:
        number = problem.errno if isinstance(problem, LibkmodError) else EINVAL
        return failed(number, str(problem), problem.text if isinstance(problem, Aborted) else "")


def failed(number: int, reason: str, died: str = "") -> Linkage:
    """Return the linkage of a file that cannot be read at all."""
    return Linkage(problems=tuple((part, number, reason) for part in (SYMBOLS, INFO, WANTED)), died=died)


_Names: TypeAlias = tuple[bytes, Sequence[int], Sequence[int]]
"""Names, their CRCs, and the positions of weak ones."""
_Values: TypeAlias = tuple[bytes, bytes, bytes]
_T = TypeVar("_T", _Names, _Values)


class _Reader:
    """One module. Raises LibkmodError if libkmod does not take it for one."""

    def __init__(self, source: Read, size: int, crcs: bool) -> None:
        self._sections = Sections(source, size)
        self._layout, self._order = self._sections.layout, self._sections.order
        self._crcs = crcs
        self._died = ""

    def linkage(self) -> Linkage:
        """Read all parts of the module. Returns what could be read."""
        problems: list[tuple[str, int, str]] = []
        exports, crcs, _ = _attempt(SYMBOLS, self._exports, (b"", (), ()), problems)
        values = _attempt(INFO, self._modinfo, (b"", b"", b""), problems)
        wanted, wanted_crcs, weak = _attempt(WANTED, self._wanted, (b"", (), ()), problems)
        rest = (*values, is_dotted(wanted), tuple(problems), (), self._died)
        return Linkage(exports, crcs, wanted, wanted_crcs, weak, *rest)

    def _modinfo(self) -> _Values:
        """Return aliases, softdeps and weakdeps in their order; none without .modinfo, as libkmod does."""
        entries = (self._sections.contents(b".modinfo\0") or b"").split(b"\0")
        return _values(b"alias", entries), _values(b"softdep", entries), _values(b"weakdep", entries)

    @cached_property
    def _symbols(self) -> _Symbols | None:
        """The symbol table, None where libkmod does not look at it."""
        table, names = self._sections.find(b".symtab\0"), self._sections.find(b".strtab\0")
        if names is None or table is None or table.size % self._layout.symbol_size:
            return None
        strings = self._sections.read(*names)
        if strings and strings[-1]:
            # libkmod lets the last name go on in whatever follows.
            rest = self._sections.read(sum(names), self._sections.size - sum(names))
            strings += rest.partition(b"\0")[0] + b"\0"
        return _Symbols(self._sections.read(*table), strings, names.size)

    def _exports(self) -> _Names:
        """Return the exported symbols: those with a CRC, else all names in __ksymtab_strings."""
        symbols = self._symbols
        found = self._crc_symbols(symbols) if symbols and _CRC in symbols.strings else []
        if not found:
            names = self._ksymtab_strings()
            return joined(names), [0] * len(names) if self._crcs else (), ()
        crcs = [self._crc(symbols, index) for index, _ in found] if self._crcs and symbols else ()
        return joined(name for _, name in found), crcs, ()

    def _crc_symbols(self, symbols: _Symbols) -> list[tuple[int, bytes]]:
        """Return index, and name after __crc_, of the symbols that are CRCs."""
        places = self._name_places(symbols.table, range(len(symbols.table) // self._layout.symbol_size))
        if max(places[1:], default=0) >= symbols.limit:
            return []
        starts = {match.start() for match in re.finditer(_CRC, symbols.strings)}
        found = [index for index, place in enumerate(places) if place in starts and index]
        names = StringTable(symbols.strings).names([places[index] + len(_CRC) for index in found])
        self._check_places(symbols.table, found)
        return [(index, _encoded(name)) for index, name in zip(found, names, strict=True)]

    def _check_places(self, table: bytes, crcs: Sequence[int]) -> None:
        """Note the assertion that makes libkmod abort: a CRC in a section that does not exist."""
        start, size = self._layout.shndx, self._layout.symbol_size
        unpack = struct.Struct(self._order + "H").unpack_from
        try:
            for place in {unpack(table, index * size + start)[0] for index in crcs} - {_SHN_UNDEF, _SHN_ABS}:
                self._sections.check(place)
        except Aborted as death:
            self._died = death.text

    def _crc(self, symbols: _Symbols, index: int) -> int:
        """Return the CRC that a symbol stands for: its value, or the four bytes at that place of its section."""
        start = index * self._layout.symbol_size
        (value,) = struct.unpack_from(self._order + self._layout.value, symbols.table, start)
        (shndx,) = struct.unpack_from(self._order + "H", symbols.table, start + self._layout.shndx)
        if shndx in (_SHN_UNDEF, _SHN_ABS):
            return int(value)
        place = self._sections.place(shndx)
        if place is None or value + 4 > place.size:
            return _UNKNOWN_CRC
        return int(struct.unpack(self._order + "I", self._sections.read(place.offset + value, 4))[0])

    def _ksymtab_strings(self) -> list[bytes]:
        """Return the names of the exported symbols of a module without CRCs; usually there are none."""
        data = self._sections.contents(b"__ksymtab_strings\0")
        if data is None:
            return []
        if data.strip(b"\0") and data[-1]:
            raise LibkmodError(EINVAL, "__ksymtab_strings is not terminated")
        return list(filter(None, data.split(b"\0")))

    def _wanted(self) -> _Names:
        """Return the undefined symbols, then those only in __versions, their CRCs, and the positions of weak ones."""
        symbols = self._symbols
        if symbols is None:
            raise LibkmodError(EINVAL, "no symbol table with names, or a damaged one")
        undefined = self._undefined(symbols.table)
        names = _names_of(symbols, self._name_places(symbols.table, undefined))
        infos = symbols.table[self._layout.info :: self._layout.symbol_size]
        weak: list[int] = []
        if infos.translate(None, _NOT_WEAK):
            weak = [at for at, index in enumerate(undefined) if infos[index] >> 4 == _STB_WEAK]
        if b"" in names:
            weak = [at - names[:at].count(b"") for at in weak if names[at]]
            names = [name for name in names if name]
        return self._with_versions(names, weak)

    def _undefined(self, table: bytes) -> list[int]:
        """Return the undefined symbols, without the first, which is no symbol."""
        shndxs = memoryview(table).cast("H")[self._layout.shndx // 2 :: self._layout.symbol_size // 2].tolist()
        found = [index for index, shndx in enumerate(shndxs) if not shndx]
        if found and not found[0]:
            del found[0]
        if self._sections.machine in SPARC:
            infos = table[self._layout.info :: self._layout.symbol_size]
            # A register that the module reserves for itself: undefined in form only.
            found = [index for index in found if infos[index] & 15 != _STT_REGISTER]
        return found

    def _name_places(self, table: bytes, symbols: Iterable[int]) -> Sequence[int]:
        """Return where in the strings the names of some symbols are."""
        words, step = memoryview(table).cast("I"), self._layout.symbol_size // 4
        places = array("I", [words[index * step] for index in symbols])
        if self._order != _OWN_ORDER:
            places.byteswap()
        return places

    def _with_versions(self, names: list[bytes], weak: list[int]) -> _Names:
        """Return `names`, followed by the symbols that are only in __versions, with their CRCs."""
        table = self._sections.contents(b"__versions\0") or b""
        count, start = len(table) // VERSION_SIZE, self._layout.crc_size
        if len(table) % VERSION_SIZE:
            count, table = 0, b""
        padded = packing("", f"{start}x{VERSION_SIZE - start}s", count).unpack(table)
        versions = [name.split(b"\0", 1)[0] for name in padded]
        extra = _only_in_versions(versions, names)
        added = [versions[at] for at in extra]
        if added and max(map(len, added)) == VERSION_SIZE - start:
            raise LibkmodError(EINVAL, "an unterminated name in __versions")
        if not self._crcs:
            return joined(names + added), (), weak
        crcs = packing(self._order, self._layout.crc, count).unpack(table)
        # Of several entries for one name the first one counts.
        first = dict(zip(reversed(versions), reversed(crcs), strict=True))
        return joined(names + added), [first.get(name, 0) for name in names] + [crcs[at] for at in extra], weak


def _names_of(symbols: _Symbols, places: Sequence[int]) -> list[bytes]:
    """Return the names at these places. Raises LibkmodError if one is not among the names."""
    strings = symbols.strings
    if max(places, default=-1) >= symbols.limit:
        raise LibkmodError(EINVAL, "the name of an undefined symbol is outside the string table")
    if len(places) * len(strings) > NAMES_BUDGET:
        return list(map(_encoded, StringTable(strings).names(places)))
    find = strings.find
    return [strings[place : find(0, place)] for place in places]


def _only_in_versions(versions: Sequence[bytes], names: Sequence[bytes]) -> list[int]:
    """Return the entries of __versions that are not the first one for one of the names."""
    known = set(names)
    distinct = set(versions)
    if len(distinct) < len(versions):
        first: dict[bytes, int] = {}
        return [at for at, name in enumerate(versions) if name not in known or first.setdefault(name, at) != at]
    extra = distinct - known
    return sorted(map(versions.index, extra))


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _attempt(part: str, read: Callable[[], _T], nothing: _T, problems: list[tuple[str, int, str]]) -> _T:
    """Return what `read` returns. If that fails, note the problem and return nothing for this part."""
    try:
        return read()
    except FormatError as problem:
        problems.append((part, problem.errno if isinstance(problem, LibkmodError) else EINVAL, str(problem)))
        return nothing


def _values(key: bytes, entries: list[bytes]) -> bytes:
    """Return the values of one key; a string without "=" is a key with an empty value."""
    start = key + b"="
    return joined(entry[len(start) :] for entry in entries if entry.startswith(start) or entry == key)

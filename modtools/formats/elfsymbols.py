"""A symbol table, of which only the symbols that are asked for are taken apart."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final

from modtools.errors import FormatError
from modtools.formats.elfrecords import Record
from modtools.formats.elfvalues import SHN_UNDEF, Symbol, build
from modtools.formats.strtab import StringTable

_FIELDS: Final = ("st_name", "st_value", "st_size", "st_info", "st_shndx", "st_other")
_BINDS: Final = tuple(info >> 4 for info in range(256))
_TYPES: Final = tuple(info & 15 for info in range(256))


class SymbolTable:
    """The symbols of a table, whose names are in the string table that `strings` finds when it is first needed."""

    def __init__(self, entry: Record, table: bytes, little: bool, strings: Callable[[], StringTable]) -> None:
        self._entry = entry
        self._table = entry.whole(table)
        self._foreign = little != (sys.byteorder == "little")
        self._find_strings = strings

    def __len__(self) -> int:
        return len(self._table) // self._entry.packing.size

    @cached_property
    def _strings(self) -> StringTable:
        return self._find_strings()

    @cached_property
    def _sections(self) -> array[int]:
        """The column st_shndx, 16 bits wide, taken out without taking the entries apart."""
        start = self._entry.offsets[self._entry.fields.index("st_shndx")]
        column = array("H", self._table)[start // 2 :: self._entry.packing.size // 2]
        if self._foreign:
            column.byteswap()
        return column

    def _rows(self, indices: Iterable[int]) -> list[tuple[int, ...]]:
        """The entries of these indices. Raises FormatError if there is none of an index."""
        unpack, table, size = self._entry.packing.unpack_from, self._table, self._entry.packing.size
        try:
            return [unpack(table, index * size) for index in indices]
        except struct.error as problem:
            raise FormatError(f"a symbol's index is not below {len(self)}") from problem

    def all(self) -> list[Symbol]:
        """All symbols, with the empty one in front."""
        return self._named(list(self._entry.packing.iter_unpack(self._table)))

    def at(self, indices: Iterable[int]) -> list[Symbol]:
        """The symbols of these indices. Raises FormatError if there is none of an index."""
        return self._named(self._rows(indices))

    def inside(self, sections: Iterable[int]) -> list[Symbol]:
        """The symbols, but for the first, whose `shndx` is one of these."""
        wanted = frozenset(sections)
        return self.at(index for index, section in enumerate(self._sections) if section in wanted and index)

    def undefined(self) -> Iterator[tuple[str, int, int]]:
        """Name, bind and type of each undefined symbol but for the first."""
        rows = self._rows(index for index, section in enumerate(self._sections) if section == SHN_UNDEF and index)
        offsets, infos = self._entry.columns(rows, "st_name", "st_info") if rows else ((), ())
        names = self._strings.names(offsets) if offsets else []
        return zip(names, map(_BINDS.__getitem__, infos), map(_TYPES.__getitem__, infos), strict=True)

    def _named(self, rows: list[tuple[int, ...]]) -> list[Symbol]:
        """Symbols from unpacked entries. A name outside the string table is ""."""
        if not rows:
            return []
        offsets, values, sizes, infos, shndxs, others = self._entry.columns(rows, *_FIELDS)
        names = self._strings.names(offsets)
        binds, types = map(_BINDS.__getitem__, infos), map(_TYPES.__getitem__, infos)
        return list(build(Symbol, zip(names, values, sizes, binds, types, shndxs, others, strict=True)))

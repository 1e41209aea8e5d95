"""Whether a module is certain to be linked without a refusal: for a kernel in which no module's code runs.

The image that `relocate.link()` makes is there for code to run in it. Where none runs, only the answer counts, and for
nearly every module that is seen from whole columns of its tables: all types are known, all places lie in their section,
none is filled twice and all are empty where the kernel looks at that, and the least and the greatest value of each type
fit. What is not seen this way is not thereby refused: `link()` alone decides that, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from functools import cached_property
from itertools import compress, islice, repeat
from operator import add, le

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile, RelocationColumns, Section
from modtools.formats.elfvalues import SHT_NOBITS, SHT_REL, SHT_RELA
from modtools.integers import MASK64, signed
from modtools.link.layout import Layout
from modtools.link.relocate import Bases, section_addresses, symbol_value, unknown_symbols
from modtools.link.relocations import Relocations, Rule

_HALF = 1 << 63


def certain(
    elf: ElfFile, layout: Layout, bases: Bases, externals: Mapping[str, int | None], relocations: Relocations
) -> bool:
    """Return True if `link()` is certain to raise nothing of the same module. False says nothing of it."""
    try:
        return _parts_are_sound(elf, layout, bases) and _Proof(elf, layout, bases, externals, relocations).holds()
    except FormatError:
        return False


def _parts_are_sound(elf: ElfFile, layout: Layout, bases: Bases) -> bool:
    """Return whether all sections are whole in the file and lie side by side, as the parts do."""
    sections = [layout.sections[index] for part in layout.parts for index in part.offsets]
    if any(s.type != SHT_NOBITS and s.size and s.offset + s.size > len(elf.data) for s in sections):
        return False
    areas = [(base, base + part.size) for part, base in zip(layout.parts, bases.parts, strict=True) if part.size]
    return _side_by_side(areas, MASK64) and all(
        _side_by_side(((at, at + layout.sections[index].size) for index, at in part.offsets.items()), part.size)
        for part in layout.parts
    )


def _side_by_side(spans: Iterable[tuple[int, int]], end: int) -> bool:
    """Return whether none of these spans lies in another, and none ends after the end."""
    ordered = sorted(spans)
    return all(map(le, (stop for _, stop in ordered), [*(start for start, _ in ordered[1:]), end]))


class _Proof:
    """What is shown of all tables of one module."""

    def __init__(
        self, elf: ElfFile, layout: Layout, bases: Bases, externals: Mapping[str, int | None], relocations: Relocations
    ) -> None:
        self._elf, self._layout, self._bases = elf, layout, bases
        self._externals, self._relocations = externals, relocations
        self._places = layout.addresses(bases.parts)
        self._sections = section_addresses(elf, self._places, bases)

    @cached_property
    def _unknown(self) -> frozenset[int]:
        return unknown_symbols(self._elf, self._externals, self._bases)

    def holds(self) -> bool:
        """Return whether it is shown that no relocation can be refused."""
        return all(
            self._table_is_done(table)
            for table in self._elf.sections[1:]
            if table.type in (SHT_REL, SHT_RELA) and table.info in self._places
        )

    def _table_is_done(self, table: Section) -> bool:
        columns = self._elf.relocation_columns(table)
        if columns is None or not columns.offsets:
            return columns is not None
        found = set(columns.types)
        kinds = {kind: rule for kind, rule in self._relocations.rules.items() if kind in found}
        return (
            len(kinds) == len(found)
            and max(columns.symbols) < len(self._elf.symbols)
            and self._places_are_free(self._layout.sections[table.info], columns, kinds)
            and all(self._fits(self._places[table.info], columns, kinds, kind) for kind in kinds)
        )

    def _places_are_free(self, section: Section, columns: RelocationColumns, kinds: Mapping[int, Rule]) -> bool:
        """Return whether all places lie in a section, and are empty when they are filled where the kernel looks."""
        if section.type == SHT_NOBITS:
            return False
        sizes, starts = {kind: rule.field.size for kind, rule in kinds.items()}, columns.offsets.tolist()
        widths = map(sizes.__getitem__, columns.types)
        ends = list(map(add, starts, widths))
        if not self._relocations.occupied:
            return all(map(section.size.__ge__, ends))
        in_order = ends[-1] <= section.size and all(map(le, ends, islice(starts, 1, None)))
        if not in_order and not _side_by_side(zip(starts, ends, strict=True), section.size):
            return False
        is_empty = self._elf.contents(section).startswith
        return all(
            all(map(is_empty, repeat(bytes(size)), _chosen(starts, columns.types, kinds, among)))
            for size in set(sizes.values())
            if (among := frozenset(kind for kind in kinds if sizes[kind] == size))
        )

    def _fits(self, base: int, columns: RelocationColumns, kinds: Mapping[int, Rule], kind: int) -> bool:
        """Return whether all values of a type fit: the least and the greatest do, and so what is between them."""
        rule = kinds[kind]
        if rule.fits is None:
            return True
        offsets, symbols, addends = (
            list(_chosen(column, columns.types, kinds, frozenset((kind,))))
            for column in (columns.offsets, columns.symbols, columns.addends)
        )
        if not self._unknown.isdisjoint(symbols):
            known = [symbol not in self._unknown for symbol in symbols]
            offsets, symbols, addends = (list(compress(column, known)) for column in (offsets, symbols, addends))
        if not symbols:
            return True
        values = {symbol: self._value(symbol) for symbol in set(symbols)}
        targets = list(map(add, map(values.__getitem__, symbols), addends))
        least, greatest = min(targets), max(targets)
        if rule.relative:
            slack = MASK64 - rule.mask
            least, greatest = least - base - max(offsets) - slack, greatest - base - min(offsets) + slack
        return greatest - least < _HALF and rule.fits(least & MASK64) and rule.fits(greatest & MASK64)

    def _value(self, symbol: int) -> int:
        return signed(symbol_value(self._elf.symbols[symbol], self._sections, self._externals))


def _chosen(column: Iterable[int], types: Iterable[int], kinds: Sized, among: frozenset[int]) -> Iterable[int]:
    """Return of a column what belongs to relocations of the types `among`, which are some or all of a table's kinds."""
    return column if len(among) == len(kinds) else compress(column, map(among.__contains__, types))

"""Whether a module is certain to be linked without a refusal: for a kernel in which no module's code runs.

The image that `relocate.link()` makes is there for code to run in it. Where none runs, only the answer counts, and for
nearly every module that is seen from whole columns of its tables: all types are known, all places lie in their section,
none is filled twice and all are empty where the kernel looks at that, and the least and the greatest value of each type
fit. What is not seen this way is not thereby refused: `link()` alone decides that, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from functools import cached_property
from itertools import compress, islice, repeat
from operator import add, le, sub

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile, RelocationColumns, Section, Symbol
from modtools.formats.elfvalues import SHT_NOBITS, SHT_REL, SHT_RELA
from modtools.integers import MASK64, signed
from modtools.light import NamedTuple
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


class _Run(NamedTuple):
    """The relocations of one table among those of all: which they are, the section that they fill, and its address."""

    rows: slice
    section: Section
    base: int


class _Proof:
    """What is shown of all tables of one module, whose columns follow each other."""

    def __init__(
        self, elf: ElfFile, layout: Layout, bases: Bases, externals: Mapping[str, int | None], relocations: Relocations
    ) -> None:
        self._elf, self._layout, self._bases = elf, layout, bases
        self._externals, self._relocations = externals, relocations
        self._places = layout.addresses(bases.parts)
        self._sections = section_addresses(elf, self._places, bases)

    def holds(self) -> bool:
        """Return whether it is shown that no relocation can be refused."""
        kinds_of_tables = (SHT_REL, SHT_RELA)
        tables = [each for each in self._elf.sections[1:] if each.type in kinds_of_tables and each.info in self._places]
        columns = self._elf.relocation_columns(*tables)
        if columns is None or not columns.offsets:
            return columns is not None
        found = set(columns.types)
        kinds = {kind: rule for kind, rule in self._relocations.rules.items() if kind in found}
        runs = list(self._runs(tables))
        return (
            len(kinds) == len(found)
            and max(columns.symbols) < len(self._elf.symbol_table)
            and all(self._places_are_free(run, columns, kinds) for run in runs)
            and all(self._fits(runs, columns, kind, rule) for kind, rule in kinds.items() if rule.fits)
        )

    def _runs(self, tables: Iterable[Section]) -> Iterator[_Run]:
        """Yield where the relocations of each table are, but for empty ones."""
        start = 0
        for table in tables:
            if count := self._elf.relocation_count(table):
                yield _Run(slice(start, start + count), self._layout.sections[table.info], self._places[table.info])
                start += count

    def _places_are_free(self, run: _Run, columns: RelocationColumns, kinds: Mapping[int, Rule]) -> bool:
        """Return whether all places lie in a section, and are empty when they are filled where the kernel looks."""
        section = run.section
        if section.type == SHT_NOBITS:
            return False
        offsets, types = columns.offsets[run.rows].tolist(), columns.types[run.rows]
        sizes = {kind: kinds[kind].field.size for kind in set(types)}
        widest = max(sizes.values())
        gaps = map(sub, islice(offsets, 1, None), offsets)
        # Nearly all tables are in order, and their places as far from each other as the widest of them needs.
        if min(gaps, default=widest) < widest or offsets[-1] + widest > section.size:
            ends = list(map(add, offsets, map(sizes.__getitem__, types)))
            if max(ends) > section.size:
                return False
            if self._relocations.occupied and not _side_by_side(zip(offsets, ends, strict=True), section.size):
                return False
        return not self._relocations.occupied or self._are_empty(section, offsets, types, sizes)

    def _are_empty(
        self, section: Section, offsets: Iterable[int], types: Iterable[int], sizes: Mapping[int, int]
    ) -> bool:
        """Return whether all places of a section are empty, whose sizes are those of their types."""
        content = self._elf.contents(section)
        if content == bytes(len(content)):
            return True
        return all(
            all(map(content.startswith, repeat(bytes(size)), _chosen(offsets, types, sizes, among)))
            for size in set(sizes.values())
            if (among := frozenset(kind for kind in sizes if sizes[kind] == size))
        )

    @cached_property
    def _unknown(self) -> frozenset[int]:
        return unknown_symbols(self._elf, self._externals, self._bases)

    def _fits(self, runs: Sequence[_Run], columns: RelocationColumns, kind: int, rule: Rule) -> bool:
        """Return whether all values of a type fit. Where they count from places, each table is looked at alone."""
        if not rule.relative:
            return self._run_fits(0, columns, kind, rule)
        parts = (RelocationColumns(*(column[run.rows] for column in columns)) for run in runs)
        return all(self._run_fits(run.base, part, kind, rule) for run, part in zip(runs, parts, strict=True))

    def _run_fits(self, base: int, columns: RelocationColumns, kind: int, rule: Rule) -> bool:
        """Return whether the least and the greatest value of a type fit, and so what is between them."""
        fits = rule.fits
        assert fits is not None
        symbols, addends, unknown = columns.symbols, columns.addends, self._unknown
        rows = [row for row, each in enumerate(columns.types) if each == kind]
        rows = [row for row in rows if symbols[row] not in unknown] if unknown else rows
        if not rows:
            return True
        used = {symbols[row] for row in rows}
        values = dict(zip(used, map(self._value, self._elf.symbols_at(used)), strict=True))
        targets = [values[symbols[row]] + addends[row] for row in rows]
        least, greatest = min(targets), max(targets)
        if rule.relative:
            offsets = [columns.offsets[row] for row in rows]
            slack = MASK64 - rule.mask
            least, greatest = least - base - max(offsets) - slack, greatest - base - min(offsets) + slack
        return greatest - least < _HALF and fits(least & MASK64) and fits(greatest & MASK64)

    def _value(self, symbol: Symbol) -> int:
        return signed(symbol_value(symbol, self._sections, self._externals))


def _chosen(column: Iterable[int], types: Iterable[int], kinds: Sized, among: frozenset[int]) -> Iterable[int]:
    """Return of a column what belongs to relocations of the types `among`, which are some or all of a table's kinds."""
    return column if len(among) == len(kinds) else compress(column, map(among.__contains__, types))

"""ELF relocatable files: header, sections, symbols, relocations, decoded in bulk.

Source: System V ABI, "Object Files" (gABI), and its processor supplements. Layout, for both byte orders:

    0          e_ident: 7f 'E' 'L' 'F', class (1: 32 bits, 2: 64), data (1: little endian, 2: big), version
    16         the rest of the ELF header, 52 bytes in all for 32 bits, 64 for 64
    e_shoff    e_shnum section headers of 40 or 64 bytes; the names are in the string table of section e_shstrndx
    sh_offset  what a section holds: symbols of 16 or 24 bytes, REL of 8 or 16, RELA of 12 or 24

    7f 45 4c 46 02 01 01 00 ...            64 bits, little endian
    01 00 3e 00                            e_type 1 (ET_REL), e_machine 0x3e (x86-64)

The fields, their order and widths are pyelftools'. Its records are turned into a `struct.Struct` once for each pair of
class and byte order, and all files share them, because thousands of modules are read in one run.

Reading goes step by step (`read_header`, `read_sections`, `ElfFile`), because the kernel looks at damaged files in an
order of its own. Each step refuses only what it cannot do without.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, repeat
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from modtools.errors import FormatError
from modtools.formats.elfvalues import EM_MIPS, MAGIC, SHN_UNDEF, SHT_NOBITS, SHT_REL, SHT_RELA, SHT_SYMTAB, Buffer
from modtools.formats.strtab import StringTable

__all__ = ["ElfFile", "Header", "Relocation", "Section", "Symbol", "read_header", "read_sections"]


class Header(NamedTuple):
    """The ELF header. `shoff`, `phoff` are file offsets in bytes; `bits` and `little` are how the file was read."""

    bits: int
    little: bool
    type: int
    machine: int
    version: int
    entry: int
    phoff: int
    shoff: int
    flags: int
    ehsize: int
    phentsize: int
    phnum: int
    shentsize: int
    shnum: int
    shstrndx: int


class Section(NamedTuple):
    """A section header. `offset` and `size`, in bytes, are not checked against the file; `name` is "" for none."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    name: str
    type: int
    flags: int
    addr: int
    offset: int
    size: int
    link: int
    info: int
    addralign: int
    entsize: int
    name_offset: int


class Symbol(NamedTuple):
    """A symbol. `shndx` is a section's index or one of the SHN_ constants, `value` then an offset in that section."""

    name: str
    value: int
    size: int
    bind: int
    type: int
    shndx: int
    other: int = 0


class Relocation(NamedTuple):
    """A relocation at `offset` of the section it applies to. `addend` is None where it stands in that place (REL)."""

    offset: int
    type: int
    symbol: int
    addend: int | None


class RelocationColumns(NamedTuple):
    """The relocations of a RELA section of 64 bits, field by field: each column has one number for each of them."""

    offsets: array[int]
    types: array[int]
    symbols: array[int]
    addends: array[int]


_T = TypeVar("_T", bound=tuple[Any, ...])


def build(kind: type[_T], rows: Iterable[tuple[Any, ...]]) -> Iterator[_T]:
    """Return named tuples from complete rows, without their constructor's checks: millions are made in one run."""
    new: Callable[[type[_T], tuple[Any, ...]], _T] = tuple.__new__
    return map(new, repeat(kind), rows)


_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SIGNED: Final = "r_addend"


class EntryLayout(NamedTuple):
    """One kind of table entry: how to unpack it, the names of its fields in that order, and where each begins.

    `codes` are the fields' in an `array` of such numbers alone; `foreign`: the host has them in another byte order.
    """

    packing: struct.Struct
    fields: tuple[str, ...]
    offsets: tuple[int, ...]
    codes: tuple[str, ...]
    foreign: bool

    def whole(self, table: bytes) -> bytes:
        """Return a table without a rest that is no whole entry."""
        return table[: len(table) - len(table) % self.packing.size]

    def columns(self, table: bytes, *names: str) -> list[list[int]]:
        """Return the columns of these fields of a table of whole entries, taken out without taking those apart."""
        return [self.column(table, name).tolist() for name in names]

    def column(self, table: bytes, name: str) -> array[int]:
        """Return one of these columns. Each field lies at a multiple of its own width, and so do all entries."""
        which = self.fields.index(name)
        numbers = array(self.codes[which], table)
        column = numbers[self.offsets[which] // numbers.itemsize :: self.packing.size // numbers.itemsize]
        if self.foreign:
            column.byteswap()
        return column


class TableLayouts(NamedTuple):
    """The records of one class and byte order."""

    header: EntryLayout
    section: EntryLayout
    symbol: EntryLayout
    rel: EntryLayout
    rela: EntryLayout


def record(fields: Iterable[tuple[str, int]], little: bool) -> EntryLayout:
    """Return the record with these fields, each a name and its width in bytes.

    Numbers are unsigned, but for addends; other widths than a number's are kept as bytes (e_ident). pyelftools adds
    fields that it computes from others: those have no width and are left out.
    """
    present = [(name, width) for name, width in fields if width]
    unsigned = (_CODES.get(width, f"{width}s") for _, width in present)
    codes = tuple(code.lower() if name == _SIGNED else code for code, (name, _) in zip(unsigned, present, strict=True))
    packing = struct.Struct("<>"[not little] + "".join(codes))
    offsets = tuple(accumulate((width for _, width in present[:-1]), initial=0))
    foreign = little != (sys.byteorder == "little")
    return EntryLayout(packing, tuple(name for name, _ in present), offsets, codes, foreign)


@cache
def layout(bits: int, little: bool, mips64: bool = False) -> TableLayouts:
    """pyelftools' records for this class and byte order. 64-bit MIPS divides r_info differently from all others."""
    from elftools.elf.structs import ELFStructs

    structs = ELFStructs(little_endian=little, elfclass=bits)
    structs.create_basic_structs()
    structs.create_advanced_structs("ET_REL", "EM_MIPS" if mips64 else None)
    names = ("Elf_Ehdr", "Elf_Shdr", "Elf_Sym", "Elf_Rel", "Elf_Rela")
    records = [getattr(structs, name).subcons for name in names]
    return TableLayouts(*(record([(field.name, field.sizeof()) for field in fields], little) for fields in records))


def read_header(data: Buffer, bits: int | None = None, little: bool | None = None) -> Header:
    """Return the ELF header. `bits` and `little` overrule what e_ident says, as the kernel does not look at it.

    Raises FormatError if the magic is missing, the file ends within the header, or e_ident is needed and says nonsense.
    """
    ident = bytes(data[:16])
    if ident[:4] != MAGIC:
        raise FormatError("not an ELF file: no magic number", 0)
    if len(ident) < 16:
        raise FormatError(f"file of {len(ident)} bytes is too short for an ELF header", len(ident))
    bits = bits or _identify(ident, 4, {1: 32, 2: 64}, "class")
    little = bool(_identify(ident, 5, {1: 1, 2: 0}, "byte order")) if little is None else little
    fields, packing = layout(bits, little).header.fields, layout(bits, little).header.packing
    if len(data) < packing.size:
        raise FormatError(f"file of {len(data)} bytes is too short for an ELF header", len(data))
    values = packing.unpack(data[: packing.size])
    return Header(bits, little, **{name[2:]: value for name, value in zip(fields[1:], values[1:], strict=True)})


def _identify(ident: bytes, offset: int, meanings: dict[int, int], what: str) -> int:
    """Return what one byte of e_ident says. Raises FormatError where it says nothing known."""
    if ident[offset] not in meanings:
        raise FormatError(f"unknown ELF {what} {ident[offset]}", offset)
    return meanings[ident[offset]]


_SECTION_FIELDS: Final = (*("sh_" + name for name in Section._fields[2:-1]), "sh_name")


def read_sections(data: Buffer, header: Header) -> tuple[Section, ...]:
    """Return the section headers. Names are "" when their string table, or their place in it, is outside the file.

    Raises FormatError unless the whole table of headers lies in the file.
    """
    entry = layout(header.bits, header.little).section
    if not header.shnum:
        return ()
    if header.shentsize != entry.packing.size:
        raise FormatError(f"section headers of {header.shentsize} bytes, expected {entry.packing.size}")
    end = header.shoff + header.shnum * header.shentsize
    if end > len(data):
        raise FormatError(f"{header.shnum} section headers end at {end:#x}, after the end of the file", header.shoff)
    columns = entry.columns(bytes(data[header.shoff : end]), *_SECTION_FIELDS)
    names = StringTable(_section_strings(data, header.shstrndx, columns)).names(columns[-1])
    return tuple(build(Section, zip(range(header.shnum), names, *columns, strict=True)))


def _section_strings(data: Buffer, index: int, columns: list[list[int]]) -> bytes:
    """Return the string table with the sections' names, empty if it is not in the file."""
    if index >= len(columns[0]):
        return b""
    start, size = (columns[_SECTION_FIELDS.index(name)][index] for name in ("sh_offset", "sh_size"))
    return bytes(data[start : start + size]) if start + size <= len(data) else b""


_SYMBOL_FIELDS: Final = ("st_name", "st_value", "st_size", "st_info", "st_shndx", "st_other")
_BINDS: Final = tuple(info >> 4 for info in range(256))
_TYPES: Final = tuple(info & 15 for info in range(256))


class SymbolTable:
    """The symbols of a table, whose names are in the string table that `strings` finds when it is first needed."""

    def __init__(self, entry: EntryLayout, table: bytes, strings: Callable[[], StringTable]) -> None:
        self._entry = entry
        self._table = entry.whole(table)
        self._find_strings = strings

    def __len__(self) -> int:
        return len(self._table) // self._entry.packing.size

    @cached_property
    def _strings(self) -> StringTable:
        return self._find_strings()

    @cached_property
    def _sections(self) -> array[int]:
        """The section of each symbol."""
        return self._entry.column(self._table, "st_shndx")

    def _rows(self, indices: Iterable[int]) -> bytes:
        """Return the entries of these indices. Raises FormatError if there is none of an index."""
        table, size = self._table, self._entry.packing.size
        rows = [table[size * index : size * (index + 1)] for index in indices]
        if b"" in rows:
            raise FormatError(f"symbol index out of range: there are {len(self)} symbols")
        return b"".join(rows)

    def all(self) -> list[Symbol]:
        """Return all symbols, with the empty one in front."""
        return self._named(self._table)

    def at(self, indices: Iterable[int]) -> list[Symbol]:
        """Return the symbols of these indices. Raises FormatError if there is none of an index."""
        return self._named(self._rows(indices))

    def inside(self, sections: Iterable[int]) -> list[Symbol]:
        """Return the symbols, but for the first, whose `shndx` is one of these."""
        wanted = frozenset(sections)
        return self.at(index for index, section in enumerate(self._sections) if section in wanted and index)

    def undefined(self) -> Iterator[tuple[str, int, int]]:
        """Name, bind and type of each undefined symbol but for the first."""
        rows = self._rows(index for index, section in enumerate(self._sections) if section == SHN_UNDEF and index)
        offsets, infos = self._entry.columns(rows, "st_name", "st_info")
        names = self._strings.names(offsets) if offsets else []
        return zip(names, map(_BINDS.__getitem__, infos), map(_TYPES.__getitem__, infos), strict=True)

    def _named(self, rows: bytes) -> list[Symbol]:
        """Return symbols from their entries. A name outside the string table is ""."""
        if not rows:
            return []
        offsets, values, sizes, infos, shndxs, others = self._entry.columns(rows, *_SYMBOL_FIELDS)
        names = self._strings.names(offsets)
        binds, types = map(_BINDS.__getitem__, infos), map(_TYPES.__getitem__, infos)
        return list(build(Symbol, zip(names, values, sizes, binds, types, shndxs, others, strict=True)))


@dataclass(frozen=True, eq=False)
class ElfFile:
    """A file taken apart. What is read later than the sections is read when asked for, and raises FormatError then."""

    data: Buffer
    header: Header
    sections: tuple[Section, ...]

    @classmethod
    def open(cls, data: Buffer, bits: int | None = None, little: bool | None = None) -> ElfFile:
        """Read header and sections. Raises FormatError as read_header and read_sections do."""
        header = read_header(data, bits, little)
        return cls(data, header, read_sections(data, header))

    @cached_property
    def layout(self) -> TableLayouts:
        """The records that this file's tables are made of."""
        mips64 = self.header.bits == 64 and self.header.machine == EM_MIPS
        return layout(self.header.bits, self.header.little, mips64)

    @cached_property
    def _by_name(self) -> dict[str, Section]:
        return {section.name: section for section in reversed(self.sections)}

    def section(self, name: str) -> Section | None:
        """Return the first section of this name, None if there is none."""
        return self._by_name.get(name)

    def contents(self, section: Section) -> bytes:
        """Return the bytes of a section, none for NOBITS. Raises FormatError where they are not all in the file."""
        if section.type == SHT_NOBITS:
            return b""
        end = section.offset + section.size
        if end > len(self.data):
            raise FormatError(
                f"section {section.index} {section.name} ends at {end:#x}, after the end of the file", section.offset
            )
        return bytes(self.data[section.offset : end])

    def read(self, name: str) -> bytes:
        """Return the bytes of the first section of this name, none if there is no such section."""
        section = self.section(name)
        return self.contents(section) if section else b""

    @cached_property
    def symtab(self) -> Section | None:
        """The first symbol table; the kernel refuses files with more than one."""
        return next((section for section in self.sections if section.type == SHT_SYMTAB), None)

    def _symbol_strings(self) -> Section:
        """Return the section with the symbols' names. Raises FormatError if there is none."""
        link = self.symtab.link if self.symtab else 0
        if not 0 < link < len(self.sections):
            raise FormatError(
                f"the symbols' string table is section {link}, but there are {len(self.sections)} sections"
            )
        return self.sections[link]

    def _symbol_names(self) -> StringTable:
        """Return the string table with the symbols' names. Raises FormatError if there is none."""
        return StringTable(self.contents(self._symbol_strings()))

    @cached_property
    def _symbol_table(self) -> SymbolTable:
        table = self.contents(self.symtab) if self.symtab else b""
        return SymbolTable(self.layout.symbol, table, self._symbol_names)

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """All symbols of the first symbol table, with the empty one in front."""
        return tuple(self._symbol_table.all())

    def with_symbols_alone(self) -> ElfFile:
        """Return a file that has the symbol table with its strings and nothing else, for what outlives this file.

        Raises FormatError if there are no symbols, or no strings for them.
        """
        if self.symtab is None:
            raise FormatError("no symbol table")
        table, names = self.contents(self.symtab), self.contents(self._symbol_strings())
        symtab = self.symtab._replace(index=0, offset=0, link=1)
        strtab = self._symbol_strings()._replace(index=1, offset=len(table))
        return ElfFile(table + names, self.header, (symtab, strtab))

    def symbols_in(self, sections: Iterable[int]) -> list[Symbol]:
        """Return the symbols whose `shndx` is one of `sections`, in order; cheaper than `symbols` if they are few."""
        return self._symbol_table.inside(sections)

    def undefined(self) -> Iterator[tuple[str, int, int]]:
        """Name, bind and type of each undefined symbol, in order: the leanest way through thousands of modules."""
        return self._symbol_table.undefined()

    def symbols_at(self, indices: Iterable[int]) -> list[Symbol]:
        """Return the symbols of these indices. Raises FormatError if there is none of an index."""
        known: tuple[Symbol, ...] | None = self.__dict__.get("symbols")
        if known is None:
            return self._symbol_table.at(indices)
        try:
            return [known[index] for index in indices]
        except IndexError as problem:
            raise FormatError(f"symbol index out of range: there are {len(known)} symbols") from problem

    @cached_property
    def _pointers(self) -> dict[int, dict[int, Relocation]]:
        return {}

    def relocated(self, section: Section) -> dict[int, Relocation]:
        """Return the relocations that apply to `section` by their offset, in the order of offsets.

        The first one counts where several share a place: RISC-V writes S - P as ADD of S, then SUB of P.
        """
        if section.index not in self._pointers:
            found = self._pointers[section.index] = {}
            for reloc in sorted(self.relocations(section), key=itemgetter(0)):
                found.setdefault(reloc.offset, reloc)
        return self._pointers[section.index]

    def addend(self, section: Section, reloc: Relocation) -> int:
        """Return the addend of a relocation of a whole pointer or 32-bit difference in `section`, in place for REL.

        Raises FormatError where the place is outside the section.
        """
        if reloc.addend is not None:
            return reloc.addend
        return self.number(section, reloc.offset, self.header.bits // 8, signed=True)

    def span(self, section: Section, offset: int, size: int) -> bytes:
        """Return some bytes of a section. Raises FormatError where they are not all in it and in the file."""
        start, end = section.offset + offset, section.offset + offset + size
        if section.type == SHT_NOBITS or not 0 <= offset <= section.size - size or size < 0 or end > len(self.data):
            raise FormatError(f"offset {offset:#x} is outside section {section.index} of {section.size:#x} bytes")
        return bytes(self.data[start:end])

    def number(self, section: Section, offset: int, width: int, signed: bool = False) -> int:
        """Return the number of `width` bytes at an offset of a section. Raises FormatError as `span` does."""
        return int.from_bytes(
            self.span(section, offset, width), "little" if self.header.little else "big", signed=signed
        )

    def relocations(self, section: Section) -> list[Relocation]:
        """Return the relocations that apply to `section`, of all REL and RELA sections that name it in sh_info.

        Raises FormatError if these sections are larger than the file: they overlap, and could be thousands.
        """
        tables = [table for table in self.sections if table.type in (SHT_REL, SHT_RELA) and table.info == section.index]
        if sum(table.size for table in tables) > len(self.data):
            raise FormatError(f"the relocations of section {section.index} are larger than the file")
        return [reloc for table in tables for reloc in self.relocations_in(table)]

    def relocations_in(self, table: Section) -> list[Relocation]:
        """Return the relocations of a REL or RELA section. MIPS64's three types are one number, r_type the lowest."""
        if columns := self.relocation_columns(table):
            return list(build(Relocation, zip(*columns, strict=True)))
        entry = self.layout.rela if table.type == SHT_RELA else self.layout.rel
        rows = entry.packing.iter_unpack(entry.whole(self.contents(table)))
        if "r_sym" in entry.fields:
            return [_mips64_relocation(*row) for row in rows]
        shift, mask = (32, 0xFFFFFFFF) if self.header.bits == 64 else (8, 0xFF)
        if table.type == SHT_RELA:
            return list(build(Relocation, ((place, info & mask, info >> shift, add) for place, info, add in rows)))
        return list(build(Relocation, ((place, info & mask, info >> shift, None) for place, info in rows)))

    def relocation_columns(self, table: Section) -> RelocationColumns | None:
        """Return the relocations of a section by columns, taken out without taking the entries apart; None where it is
        no RELA section of 64 bits, and for MIPS64, which divides them differently.
        """
        if table.type != SHT_RELA or self.header.bits != 64 or self.header.machine == EM_MIPS:
            return None
        entry = self.layout.rela
        content = entry.whole(self.contents(table))
        offsets, addends = (entry.column(content, name) for name in ("r_offset", "r_addend"))
        halves, lower = array("I", content), 2 if self.header.little else 3
        if entry.foreign:
            halves.byteswap()
        return RelocationColumns(offsets, halves[lower::6], halves[5 - lower :: 6], addends)


def _mips64_relocation(
    offset: int, symbol: int, _special: int, type3: int, type2: int, type1: int, addend: int | None = None
) -> Relocation:
    """Return an entry of 64-bit MIPS, whose r_info has a symbol and up to three relocations to do one after another."""
    return Relocation(offset, type3 << 16 | type2 << 8 | type1, symbol, addend)

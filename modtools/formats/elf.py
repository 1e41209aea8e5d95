"""ELF relocatable files: header, sections, symbols, relocations, decoded in bulk.

Source: System V ABI, "Object Files" (gABI), and its processor supplements. Layout, for both byte orders:

    0          e_ident: 7f 'E' 'L' 'F', class (1: 32 bits, 2: 64), data (1: little endian, 2: big), version
    16         the rest of the ELF header, 52 bytes in all for 32 bits, 64 for 64
    e_shoff    e_shnum section headers of 40 or 64 bytes; the names are in the string table of section e_shstrndx
    sh_offset  what a section holds: symbols of 16 or 24 bytes, REL of 8 or 16, RELA of 12 or 24

    7f 45 4c 46 02 01 01 00 ...            64 bits, little endian
    01 00 3e 00                            e_type 1 (ET_REL), e_machine 0x3e (x86-64)

The fields, their order and widths are pyelftools', with which the tests compare them: to import it takes longer than to
read most modules. It is asked at run time for what only 64-bit MIPS has. All files of one class and byte order share a
`struct.Struct` for each kind of record, because thousands of modules are read in one run.

Reading goes step by step (`read_header`, `read_sections`, `ElfFile`), because the kernel looks at damaged files in an
order of its own. Each step refuses only what it cannot do without.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, repeat
from operator import itemgetter
from typing import Any, Final, TypeVar

from modtools.errors import FormatError
from modtools.formats.elfvalues import EM_MIPS, MAGIC, SHN_UNDEF, SHT_NOBITS, SHT_REL, SHT_RELA, SHT_SYMTAB, Buffer
from modtools.formats.strtab import StringTable
from modtools.light import NamedTuple

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


def unnamed(section: Section) -> Section:
    """Return a section without its name."""
    index, _, *rest = section
    return tuple.__new__(Section, (index, "", *rest))


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


def _widths(text: str) -> list[tuple[str, int]]:
    """Return fields and their widths in bytes, of words like `sh_name:4`."""
    return [(name, int(width)) for name, _, width in (word.partition(":") for word in text.split())]


_SHARED: Final = "e_ident:16 e_type:2 e_machine:2 e_version:4"
_COUNTS: Final = "e_flags:4 e_ehsize:2 e_phentsize:2 e_phnum:2 e_shentsize:2 e_shnum:2 e_shstrndx:2"
_SECTION: Final = (
    "sh_name:4 sh_type:4 sh_flags:{0} sh_addr:{0} sh_offset:{0} sh_size:{0} sh_link:4 sh_info:4"
    " sh_addralign:{0} sh_entsize:{0}"
)
_RECORDS: Final = {
    bits: [
        _widths(text.format(bits // 8))
        for text in (
            f"{_SHARED} e_entry:{{0}} e_phoff:{{0}} e_shoff:{{0}} {_COUNTS}",
            _SECTION,
            symbol,
            "r_offset:{0} r_info:{0}",
            "r_offset:{0} r_info:{0} r_addend:{0}",
        )
    ]
    for bits, symbol in (
        (32, "st_name:4 st_value:4 st_size:4 st_info:1 st_other:1 st_shndx:2"),
        (64, "st_name:4 st_info:1 st_other:1 st_shndx:2 st_value:8 st_size:8"),
    )
}
"""The fields of the records of `TableLayouts`, by class."""


@cache
def layout(bits: int, little: bool, mips64: bool = False) -> TableLayouts:
    """Return the records for this class and byte order. 64-bit MIPS divides r_info differently from all others."""
    fields = _pyelftools(bits, little, mips64) if mips64 else _RECORDS[bits]
    return TableLayouts(*(record(each, little) for each in fields))


def _pyelftools(bits: int, little: bool, mips64: bool) -> list[list[tuple[str, int]]]:
    """Return the fields that pyelftools has for these records."""
    from elftools.elf.structs import ELFStructs

    structs = ELFStructs(little_endian=little, elfclass=bits)
    structs.create_basic_structs()
    structs.create_advanced_structs("ET_REL", "EM_MIPS" if mips64 else None)
    names = ("Elf_Ehdr", "Elf_Shdr", "Elf_Sym", "Elf_Rel", "Elf_Rela")
    return [[(field.name, field.sizeof()) for field in getattr(structs, name).subcons] for name in names]


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
    rows = list(entry.packing.iter_unpack(data[header.shoff : end]))
    names = StringTable(_section_strings(data, header.shstrndx, rows)).names([row[0] for row in rows])
    return tuple(
        build(
            Section,
            ((index, name, *row[1:], row[0]) for index, (name, row) in enumerate(zip(names, rows, strict=True))),
        )
    )


def find_sections(
    data: Buffer, header: Header, sections: Sequence[Section], names: Iterable[str]
) -> list[Section | None]:
    """Return the first section of each of these names after section 0, None for none; whatever name it has in
    `sections`, its name in the file counts. Names without a zero byte in them are meant.
    """
    table = sections[header.shstrndx] if header.shstrndx < len(sections) else None
    inside = table is not None and table.offset + table.size <= len(data)
    strings = bytes(data[table.offset : table.offset + table.size]) + b"\0" if table and inside else b"\0"
    wanted = [name.encode() + b"\0" for name in names]
    return [
        next((each for each in sections[1:] if strings.startswith(name, each.name_offset)), None) for name in wanted
    ]


def _section_strings(data: Buffer, index: int, rows: Sequence[tuple[int, ...]]) -> bytes:
    """Return the string table with the sections' names, empty if it is not in the file."""
    if index >= len(rows):
        return b""
    _, _, _, _, start, size, *_ = rows[index]
    return bytes(data[start : start + size]) if start + size <= len(data) else b""


_SYMBOL_FIELDS: Final = ("st_name", "st_value", "st_size", "st_info", "st_shndx", "st_other")
_BINDS: Final = tuple(info >> 4 for info in range(256))
_TYPES: Final = tuple(info & 15 for info in range(256))


def _nowhere() -> StringTable:
    return StringTable(b"")


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
        found, self._find_strings = self._find_strings(), _nowhere  # the file: whoever holds neither frees both at once
        return found

    @cached_property
    def _columns(self) -> list[list[int]]:
        """The columns of `_SYMBOL_FIELDS`."""
        return self._entry.columns(self._table, *_SYMBOL_FIELDS)

    @cached_property
    def sections(self) -> list[int]:
        """The section of each symbol: its index, or one of the SHN_ constants."""
        return self._entry.column(self._table, "st_shndx").tolist()

    @cached_property
    def names(self) -> list[str]:
        """The names of all symbols. One outside the string table is ""."""
        return self._strings.names(self._columns[0]) if self._table else []

    def _rows(self, indices: Iterable[int]) -> bytes:
        """Return the entries of these indices. Raises FormatError if there is none of an index."""
        table, size = self._table, self._entry.packing.size
        rows = [table[size * index : size * (index + 1)] for index in indices]
        if b"" in rows:
            raise FormatError(f"symbol index out of range: there are {len(self)} symbols")
        return b"".join(rows)

    def all(self) -> list[Symbol]:
        """Return all symbols, with the empty one in front."""
        return self._built(self.names, self._columns)

    def at(self, indices: Iterable[int]) -> list[Symbol]:
        """Return the symbols of these indices. Raises FormatError if there is none of an index."""
        if "names" not in self.__dict__:
            return self._named(self._rows(indices))
        try:
            return self._chosen(indices)
        except IndexError as problem:
            raise FormatError(f"symbol index out of range: there are {len(self)} symbols") from problem

    def outside(self, sections: Container[int]) -> list[Symbol]:
        """Return the symbols, but for the first, whose `shndx` is none of these."""
        return self._chosen(index for index, section in enumerate(self.sections) if section not in sections and index)

    def _chosen(self, indices: Iterable[int]) -> list[Symbol]:
        names, (_, values, sizes, infos, shndxs, others) = self.names, self._columns
        rows = [(names[i], values[i], sizes[i], infos[i] >> 4, infos[i] & 15, shndxs[i], others[i]) for i in indices]
        return list(build(Symbol, rows))

    def inside(self, sections: Iterable[int]) -> list[Symbol]:
        """Return the symbols, but for the first, whose `shndx` is one of these."""
        wanted = frozenset(sections)
        return self.at(index for index, section in enumerate(self.sections) if section in wanted and index)

    def undefined(self) -> Iterator[tuple[str, int, int]]:
        """Name, bind and type of each undefined symbol but for the first."""
        rows = self._rows(index for index, section in enumerate(self.sections) if section == SHN_UNDEF and index)
        offsets, infos = self._entry.columns(rows, "st_name", "st_info")
        names = self._strings.names(offsets) if offsets else []
        return zip(names, map(_BINDS.__getitem__, infos), map(_TYPES.__getitem__, infos), strict=True)

    def _named(self, rows: bytes) -> list[Symbol]:
        """Return symbols from their entries. A name outside the string table is ""."""
        columns = self._entry.columns(rows, *_SYMBOL_FIELDS)
        return self._built(self._strings.names(columns[0]), columns) if rows else []

    def _built(self, names: list[str], columns: list[list[int]]) -> list[Symbol]:
        """Return symbols from their names and the columns of `_SYMBOL_FIELDS`."""
        _, values, sizes, infos, shndxs, others = columns
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
    def symbol_table(self) -> SymbolTable:
        """The first symbol table, with nothing in it if there is none."""
        table = self.contents(self.symtab) if self.symtab else b""
        return SymbolTable(self.layout.symbol, table, self._symbol_names)

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """All symbols of the first symbol table, with the empty one in front."""
        return tuple(self.symbol_table.all())

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
        return self.symbol_table.inside(sections)

    def undefined(self) -> Iterator[tuple[str, int, int]]:
        """Name, bind and type of each undefined symbol, in order: the leanest way through thousands of modules."""
        return self.symbol_table.undefined()

    def symbols_at(self, indices: Iterable[int]) -> list[Symbol]:
        """Return the symbols of these indices. Raises FormatError if there is none of an index."""
        known: tuple[Symbol, ...] | None = self.__dict__.get("symbols")
        if known is None:
            return self.symbol_table.at(indices)
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
        if table.size > _FEW_BYTES and (columns := self.relocation_columns(table)):
            return list(build(Relocation, zip(*columns, strict=True)))
        entry = self.layout.rela if table.type == SHT_RELA else self.layout.rel
        rows = entry.packing.iter_unpack(entry.whole(self.contents(table)))
        if "r_sym" in entry.fields:
            return [_mips64_relocation(*row) for row in rows]
        shift, mask = (32, 0xFFFFFFFF) if self.header.bits == 64 else (8, 0xFF)
        if table.type == SHT_RELA:
            return list(build(Relocation, ((place, info & mask, info >> shift, add) for place, info, add in rows)))
        return list(build(Relocation, ((place, info & mask, info >> shift, None) for place, info in rows)))

    def relocation_columns(self, *tables: Section) -> RelocationColumns | None:
        """Return the relocations of some sections, those of one after those of another, by columns, taken out without
        taking the entries apart; None where one is no RELA section of 64 bits, and for MIPS64, which divides them
        differently.
        """
        if self.header.bits != 64 or self.header.machine == EM_MIPS or any(each.type != SHT_RELA for each in tables):
            return None
        entry = self.layout.rela
        content = b"".join([entry.whole(self.contents(table)) for table in tables])
        offsets, addends = (entry.column(content, name) for name in ("r_offset", "r_addend"))
        halves, lower = array("I", content), 2 if self.header.little else 3
        if entry.foreign:
            halves.byteswap()
        return RelocationColumns(offsets, halves[lower::6], halves[5 - lower :: 6], addends)

    def relocation_count(self, table: Section) -> int:
        """Return how many relocations a REL or RELA section has that lies in the file."""
        entry = self.layout.rela if table.type == SHT_RELA else self.layout.rel
        return table.size // entry.packing.size


_FEW_BYTES: Final = 512
"""Bytes of a table that is sooner read entry by entry than by columns."""


def _mips64_relocation(
    offset: int, symbol: int, _special: int, type3: int, type2: int, type1: int, addend: int | None = None
) -> Relocation:
    """Return an entry of 64-bit MIPS, whose r_info has a symbol and up to three relocations to do one after another."""
    return Relocation(offset, type3 << 16 | type2 << 8 | type1, symbol, addend)

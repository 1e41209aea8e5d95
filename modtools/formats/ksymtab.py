"""What a module exports: the sections __ksymtab, __ksymtab_gpl and __kcrctab, __kcrctab_gpl.

Source: include/linux/export.h, include/linux/export-internal.h, include/asm-generic/export.h. Layout, one entry for
each exported symbol, sorted by name:

    value  name  namespace      three pointers, or three 32-bit differences to their own place (PREL32)

In a module that is not linked yet all three are zero, and relocations tell what belongs there: the symbol itself, and
two strings in __ksymtab_strings. Before Linux 5.4 there is no namespace, in 5.4 to 5.6 it is zero where there is none.
An example, x86-64, of RELA entries that apply to __ksymtab:

    offset 0  R_X86_64_PC32  hello_export              value      (section .text, offset 0)
    offset 4  R_X86_64_PC32  __kstrtab_hello_export    name       ("hello_export")
    offset 8  R_X86_64_PC32  __kstrtabns_hello_export  namespace  ("")

So whatever the width of an entry, it begins at a relocation that does not point to __ksymtab_strings.

__kcrctab has a CRC for each entry of __ksymtab, in the same order: 32 bits, or a pointer's width before Linux 4.11. It
is there in plain (since 5.19), or a relocation tells it: against an absolute symbol __crc_NAME, whose value is the CRC,
or against a symbol whose place holds the CRC (CONFIG_MODULE_REL_CRCS).

Newer kernels have no __ksymtab_gpl, but __kflagstab: one byte for each entry, bit 0 set for GPL-only.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile, Relocation, Section, Symbol
from modtools.formats.elfvalues import SHN_ABS, SHN_LORESERVE, SHN_UNDEF
from modtools.formats.strtab import StringTable
from modtools.light import NamedTuple

_TABLES = (("__ksymtab", "__kcrctab", False), ("__ksymtab_gpl", "__kcrctab_gpl", True))
_STRINGS = "__ksymtab_strings"
_FLAG_GPL_ONLY = 1
_NOWHERE = 1 << 63


class Export(NamedTuple):
    """An exported symbol, which lies `value` bytes into section `section`; `crc` is None without MODVERSIONS."""

    name: str
    crc: int | None
    gpl: bool
    namespace: str
    section: int
    value: int


def exports(elf: ElfFile) -> tuple[Export, ...]:
    """Return the exported symbols in the order of their tables, GPL-only ones last.

    Raises FormatError where a table points to nowhere.
    """
    return tuple(export for table in _TABLES for export in _table(elf, *table))


def flagged_exports(elf: ElfFile) -> tuple[Export, ...]:
    """Return what a kernel finds that knows flags for exports: those in __ksymtab alone."""
    return tuple(_table(elf, *_TABLES[0]))


def lack_crcs(elf: ElfFile) -> bool:
    """Return whether there are exports, and no section for their CRCs."""
    return any((table := elf.section(name)) and table.size and not elf.section(crcs) for name, crcs, _ in _TABLES)


def _table(elf: ElfFile, ksymtab: str, kcrctab: str, gpl: bool) -> Iterator[Export]:
    """Yield the exports of one pair of sections, symbols and CRCs."""
    section, strings = elf.section(ksymtab), elf.section(_STRINGS)
    if not section or not strings:
        return
    entries = list(_entries(elf, section, strings.index))
    texts = StringTable(elf.contents(strings))
    names = texts.names([entry.name for entry in entries])
    namespaces = texts.names([entry.namespace for entry in entries])
    crcs = _crcs(elf, kcrctab, len(entries))
    flags = elf.read("__kflagstab").ljust(len(entries), b"\0")
    for entry, name, crc, flag, namespace in zip(entries, names, crcs, flags, namespaces, strict=False):
        gpl_only = gpl or bool(flag & _FLAG_GPL_ONLY)
        yield Export(name or entry.symbol.name, crc, gpl_only, namespace, entry.symbol.shndx, entry.value)


class _Entry(NamedTuple):
    """What an entry points to: the exported symbol, its place, and two offsets in __ksymtab_strings."""

    symbol: Symbol
    value: int
    name: int = _NOWHERE
    namespace: int = _NOWHERE


def _entries(elf: ElfFile, section: Section, strings: int) -> Iterator[_Entry]:
    """Yield the entries of a table, told apart by the relocations that point to no string."""
    relocs = elf.relocated(section).values()
    symbol, values = None, list[int]()
    for reloc, target in zip(relocs, elf.symbols_at(reloc.symbol for reloc in relocs), strict=True):
        if target.shndx != strings:
            if symbol:
                yield _Entry(symbol, *values[:3])
            symbol, values = target, []
        value = target.value + elf.addend(section, reloc)
        values.append(value if value >= 0 else _NOWHERE)
    if symbol:
        yield _Entry(symbol, *values[:3])


def _crcs(elf: ElfFile, name: str, count: int) -> list[int | None]:
    """Return the CRCs of a table with this many exports, None for those that have none."""
    section = elf.section(name)
    if not section or not count:
        return [None] * count
    width = 8 if section.size >= 8 * count else 4
    relocated = elf.relocated(section)
    offsets = range(0, min(width * count, section.size - width + 1), width)
    crcs = (
        _relocated_crc(elf, section, relocated[offset])
        if offset in relocated
        else elf.number(section, offset, width) & 0xFFFFFFFF
        for offset in offsets
    )
    return [*crcs, *[None] * (count - len(offsets))]


def _relocated_crc(elf: ElfFile, section: Section, reloc: Relocation) -> int | None:
    """Return the CRC that a relocation of __kcrctab stands for. Raises FormatError if it is outside of its section."""
    symbol = elf.symbols_at((reloc.symbol,))[0]
    value = symbol.value + elf.addend(section, reloc)
    if symbol.shndx == SHN_UNDEF:
        return None
    if symbol.shndx == SHN_ABS:
        return value & 0xFFFFFFFF
    if symbol.shndx >= min(SHN_LORESERVE, len(elf.sections)):
        raise FormatError(f"the CRC {symbol.name} is in section {symbol.shndx} of {len(elf.sections)}")
    return elf.number(elf.sections[symbol.shndx], value, 4)

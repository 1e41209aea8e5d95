"""The symbols that stay visible after init, with the letter that /proc/kallsyms gives each.

From Linux 6.1: `kernel/module/kallsyms.c: elf_type(), add_kallsyms()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from modtools.formats.elf import Section, Symbol
from modtools.formats.elfvalues import (
    SHF_ALLOC,
    SHF_EXECINSTR,
    SHF_WRITE,
    SHN_ABS,
    SHN_LORESERVE,
    SHN_UNDEF,
    SHT_NOBITS,
    STB_WEAK,
    STT_OBJECT,
)


def letter(symbol: Symbol, sections: Sequence[Section], small: int = 0) -> str:
    """Return the letter of a symbol as `nm` shows it, in lower case: t code, r read-only, d data, b bss, a absolute or
    per-cpu, w and v weak.
    """
    if symbol.bind == STB_WEAK:
        return "v" if symbol.type == STT_OBJECT else "w"
    if symbol.shndx == SHN_UNDEF:
        return "U"
    if symbol.shndx == SHN_ABS:
        return "a"
    if symbol.shndx >= min(SHN_LORESERVE, len(sections)):
        return "?"
    return _section_letter(sections[symbol.shndx], small)


def _section_letter(section: Section, small: int) -> str:
    if section.name == ".data..percpu":
        return "a"
    if section.flags & SHF_EXECINSTR:
        return "t"
    is_small = bool(section.flags & small)
    if section.type == SHT_NOBITS:
        return "s" if is_small else "b"
    if section.flags & SHF_ALLOC:
        if not section.flags & SHF_WRITE:
            return "r"
        return "g" if is_small else "d"
    return "n" if section.name.startswith(".debug") else "?"

"""The symbols that stay visible after init, with the letter that /proc/kallsyms gives each.

From Linux 6.1: `kernel/module/kallsyms.c: elf_type(), add_kallsyms()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from modtools.formats.elf import ElfFile, Section
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
from modtools.kernel.modules import SymbolRow
from modtools.light import NamedTuple


class Shown(NamedTuple):
    """What the rows of a module are made from, once somebody asks for them.

    `symbols` is a file with the module's symbol table alone, of which the symbols `kept` are shown. By index of a
    section, `places` has its address and `letters` its letter. `exported` are the addresses of what is exported by
    EXPORT_SYMBOL (not _GPL), by name.
    """

    symbols: ElfFile
    kept: Sequence[int]
    places: Mapping[int, int]
    letters: Sequence[str]
    exported: Mapping[str, int]


def rows(shown: Shown) -> list[SymbolRow]:
    """Return the symbols that are shown, with capital letters for what EXPORT_SYMBOL exports."""
    found, made = dict[tuple[int, int, int], str](), list[SymbolRow]()
    for name, value, _, bind, kind, section, _ in shown.symbols.symbols_at(shown.kept):
        key = bind, kind, section
        if key not in found:
            found[key] = _letter(*key, shown.letters)
        address, letter = shown.places.get(section, 0) + value, found[key]
        made.append((address, letter.upper() if shown.exported.get(name) == address else letter, name))
    return made


def _letter(bind: int, kind: int, section: int, letters: Sequence[str]) -> str:
    """Return the letter of a symbol as `nm` shows it, in lower case: that of its section, a absolute, w and v weak."""
    if bind == STB_WEAK:
        return "v" if kind == STT_OBJECT else "w"
    if section == SHN_UNDEF:
        return "U"
    if section == SHN_ABS:
        return "a"
    return letters[section] if section < min(SHN_LORESERVE, len(letters)) else "?"


def section_letters(sections: Iterable[Section], small: int = 0) -> tuple[str, ...]:
    """Return the letter of each section's symbols: t code, r read-only, d data, b bss, a per-cpu, g and s small."""
    return tuple(_section_letter(section, small) for section in sections)


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

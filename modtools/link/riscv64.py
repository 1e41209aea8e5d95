"""The room that Linux on riscv64 makes in a module: for calls that go by a PLT, and for addresses in a GOT.

From Linux 6.12 `arch/riscv/kernel/module-sections.c`, `arch/riscv/include/asm/module.h`. Numbers of relocations are
those of the RISC-V ELF psABI.
"""

from __future__ import annotations

from collections.abc import Set

from modtools.formats.elf import ElfFile, Section
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHT_NOBITS, SHT_RELA

_CACHE_LINE, _PLT_ENTRY, _GOT_ENTRY = 64, 12, 8
_GOT_HI20 = 20


def sized(elf: ElfFile, _: str, *, calls: Set[int]) -> list[Section]:
    """Return the section headers with room for an entry for each distinct relocation of these types in code.

    Kernels built with MODULE_SECTIONS do so, and their modules have the three sections. A module without them is left
    as it is, for other kernels load it, such as Debian's.
    """
    sections = list(elf.sections)
    plts = gots = 1
    for table in sections:
        target = sections[table.info] if table.info < len(sections) else None
        if table.type == SHT_RELA and target is not None and target.flags & SHF_EXECINSTR:
            distinct = {(entry.type, entry.symbol, entry.addend) for entry in elf.relocations_in(table)}
            plts += sum(kind in calls for kind, _, _ in distinct)
            gots += sum(kind == _GOT_HI20 for kind, _, _ in distinct)
    room = {
        ".plt": (SHF_EXECINSTR | SHF_ALLOC, plts * _PLT_ENTRY),
        ".got": (SHF_ALLOC, gots * _GOT_ENTRY),
        ".got.plt": (SHF_ALLOC, plts * _GOT_ENTRY),
    }
    last = {section.name: section for section in sections if section.name in room}
    for name, section in last.items() if last.keys() == room.keys() else ():
        flags, size = room[name]
        sections[section.index] = section._replace(type=SHT_NOBITS, flags=flags, addralign=_CACHE_LINE, size=size)
    return sections

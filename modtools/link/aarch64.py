"""The relocations of aarch64 that Linux does.

From "ELF for the Arm 64-bit Architecture", section Relocation, and Linux 6.1 and 6.12 `arch/arm64/kernel/module.c:
apply_relocate_add()`, `arch/arm64/kernel/module-plts.c`. Instructions have 4 bytes; the fields of their immediate
values are those of the Arm Architecture Reference Manual.

Of the processors, this is one without the Cortex-A53's erratum 843419.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from operator import attrgetter

from modtools.formats.elf import ElfFile, Relocation, Section
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHT_NOBITS, SHT_RELA
from modtools.integers import MASK64
from modtools.link.memory import Fault
from modtools.link.relocations import (
    BYTES_2,
    BYTES_4,
    BYTES_8,
    NOTHING,
    Field,
    Refused,
    Relocations,
    Rule,
    Veneers,
    numbers,
    signed,
    unsigned,
)
from modtools.names import Version

_PAGE, _FLAGS_AT = 4096, 8
_PAGES = (1 << 64) - _PAGE
_VENEERS, _VENEER, _CACHE_LINE = (".plt", ".init.plt"), 12, 64
"""The sections of veneers for code that stays and for init, bytes of a veneer, and L1_CACHE_BYTES."""
_TRAMPOLINES = (".text.ftrace_trampoline", ".init.text.ftrace_trampoline")
"""The sections of trampolines. From what version on the second one is wanted is not known, but 6.12.118 wants it."""
_BRANCHES = numbers(282, 283)
_SORTED_BY = attrgetter("type", "symbol", "addend")
_KNOWN = numbers(0, (256, 280), (282, 293), 299)

_ADR = Field(4, ((0, 2, 29), (2, 19, 5)))
_ADRP = Field(4, ((12, 2, 29), (14, 19, 5)))
_ADD = Field(4, ((0, 12, 10),))
_TEST = Field(4, ((2, 14, 5),))
_CONDITIONAL = Field(4, ((2, 19, 5),))
_BRANCH = Field(4, ((2, 26, 0),))
_MOVES = tuple(Field(4, ((16 * part, 16, 5),)) for part in range(4))
_SIGNED_MOVES = tuple(field._replace(invert=30) for field in _MOVES)


def _load(shift: int) -> Field:
    """The field of an offset within a page, of a load or store of 1 << shift bytes."""
    return Field(4, ((shift, 12 - shift, 10),))


_RULES = {
    0: Rule("R_AARCH64_NONE", NOTHING),
    256: Rule("R_AARCH64_NONE", NOTHING),  # its number in the first edition of the ABI
    257: Rule("R_AARCH64_ABS64", BYTES_8),
    258: Rule("R_AARCH64_ABS32", BYTES_4, fits=unsigned(32)),
    259: Rule("R_AARCH64_ABS16", BYTES_2, fits=unsigned(16)),
    260: Rule("R_AARCH64_PREL64", BYTES_8, relative=True),
    261: Rule("R_AARCH64_PREL32", BYTES_4, relative=True, fits=signed(32)),
    262: Rule("R_AARCH64_PREL16", BYTES_2, relative=True, fits=signed(16)),
    263: Rule("R_AARCH64_MOVW_UABS_G0", _MOVES[0], fits=unsigned(16)),
    264: Rule("R_AARCH64_MOVW_UABS_G0_NC", _MOVES[0]),
    265: Rule("R_AARCH64_MOVW_UABS_G1", _MOVES[1], fits=unsigned(32)),
    266: Rule("R_AARCH64_MOVW_UABS_G1_NC", _MOVES[1]),
    267: Rule("R_AARCH64_MOVW_UABS_G2", _MOVES[2], fits=unsigned(48)),
    268: Rule("R_AARCH64_MOVW_UABS_G2_NC", _MOVES[2]),
    269: Rule("R_AARCH64_MOVW_UABS_G3", _MOVES[3]),
    270: Rule("R_AARCH64_MOVW_SABS_G0", _SIGNED_MOVES[0], fits=signed(17)),
    271: Rule("R_AARCH64_MOVW_SABS_G1", _SIGNED_MOVES[1], fits=signed(33)),
    272: Rule("R_AARCH64_MOVW_SABS_G2", _SIGNED_MOVES[2], fits=signed(49)),
    273: Rule("R_AARCH64_LD_PREL_LO19", _CONDITIONAL, relative=True, fits=signed(21)),
    274: Rule("R_AARCH64_ADR_PREL_LO21", _ADR, relative=True, fits=signed(21)),
    275: Rule("R_AARCH64_ADR_PREL_PG_HI21", _ADRP, relative=True, fits=signed(33), mask=_PAGES),
    276: Rule("R_AARCH64_ADR_PREL_PG_HI21_NC", _ADRP, relative=True, mask=_PAGES),
    277: Rule("R_AARCH64_ADD_ABS_LO12_NC", _ADD),
    278: Rule("R_AARCH64_LDST8_ABS_LO12_NC", _load(0)),
    279: Rule("R_AARCH64_TSTBR14", _TEST, relative=True, fits=signed(16)),
    280: Rule("R_AARCH64_CONDBR19", _CONDITIONAL, relative=True, fits=signed(21)),
    282: Rule("R_AARCH64_JUMP26", _BRANCH, relative=True, fits=signed(28), far=True),
    283: Rule("R_AARCH64_CALL26", _BRANCH, relative=True, fits=signed(28), far=True),
    284: Rule("R_AARCH64_LDST16_ABS_LO12_NC", _load(1)),
    285: Rule("R_AARCH64_LDST32_ABS_LO12_NC", _load(2)),
    286: Rule("R_AARCH64_LDST64_ABS_LO12_NC", _load(3)),
    287: Rule("R_AARCH64_MOVW_PREL_G0", _SIGNED_MOVES[0], relative=True, fits=signed(17)),
    288: Rule("R_AARCH64_MOVW_PREL_G0_NC", _MOVES[0], relative=True),
    289: Rule("R_AARCH64_MOVW_PREL_G1", _SIGNED_MOVES[1], relative=True, fits=signed(33)),
    290: Rule("R_AARCH64_MOVW_PREL_G1_NC", _MOVES[1], relative=True),
    291: Rule("R_AARCH64_MOVW_PREL_G2", _SIGNED_MOVES[2], relative=True, fits=signed(49)),
    292: Rule("R_AARCH64_MOVW_PREL_G2_NC", _MOVES[2], relative=True),
    293: Rule("R_AARCH64_MOVW_PREL_G3", _SIGNED_MOVES[3], relative=True),
    299: Rule("R_AARCH64_LDST128_ABS_LO12_NC", _load(4)),
}


def veneer(place: int, target: int) -> bytes:
    """Return the code at a place that jumps to a target within 4 GiB: ADRP x16, ADD x16, BR x16."""
    pages = (target & _PAGES) - (place & _PAGES) & MASK64
    return struct.pack("<3I", _ADRP.insert(0x90000010, pages), _ADD.insert(0x91000210, target), 0xD61F0200)


def branches_first(elf: ElfFile, section: Section, entries: list[Relocation]) -> list[Relocation]:
    """Return a section's relocations as arm64 sorts them: in code, calls and jumps out of the section change places
    with what is before them, and then go by type, symbol and addend.
    """
    if not section.flags & SHF_EXECINSTR:
        return entries
    entries, count = _branches_first(elf, section, entries)
    return sorted(entries[:count], key=_SORTED_BY) + entries[count:]


def _branches_first(elf: ElfFile, section: Section, entries: list[Relocation]) -> tuple[list[Relocation], int]:
    """Return them, and how many of the first ones are such branches, but for one that the kernel may overlook.

    From `arch/arm64/kernel/module-plts.c: partition_branch_plt_relas()`.
    """
    leaves, entries = _leaving(elf, section), entries[:]
    first, last = 0, len(entries) - 1
    while first < last:
        if leaves(entries[first]):
            first += 1
        elif leaves(entries[last]):
            entries[first], entries[last] = entries[last], entries[first]
        else:
            last -= 1
    return entries, first


def _leaving(elf: ElfFile, section: Section) -> Callable[[Relocation], bool]:
    """Return what tells whether a relocation in a section is a call or jump out of it."""
    symbols = elf.symbols

    def leaves(entry: Relocation) -> bool:
        outside = entry.symbol >= len(symbols) or symbols[entry.symbol].shndx != section.index
        return outside and entry.type in _BRANCHES

    return leaves


def veneers_needed(elf: ElfFile, section: Section, entries: list[Relocation]) -> int:
    """Return for how many branches out of a section of code the kernel makes room.

    Of neighbours in its order that are the same branch without an addend, the first counts. From
    `arch/arm64/kernel/module-plts.c: count_plts(), duplicate_rel()`.
    """
    entries, leaves, key = branches_first(elf, section, entries), _leaving(elf, section), _SORTED_BY
    return sum(
        1
        for before, entry in zip([None, *entries], entries, strict=False)
        if leaves(entry) and (entry.addend or before is None or key(before) != key(entry))
    )


def _look_behind(elf: ElfFile, index: int) -> None:
    """Look for the flags of a section header that there is not. Raises Fault; what is still in the copy is no code."""
    place = elf.header.shoff + elf.header.shentsize * index + _FLAGS_AT
    if place >= -(-len(elf.data) // _PAGE) * _PAGE:
        raise Fault(place)


def sized(elf: ElfFile, module: str, *, mandatory: bool) -> list[Section]:
    """Return the section headers with room for veneers and for the trampolines of ftrace. Raises Refused for a module
    without the sections of the veneers, where these are `mandatory`, and Fault, with the place in the file as its
    address, where the kernel looks for a header behind the pages of its copy of the file.

    From `arch/arm64/kernel/module-plts.c: module_frob_arch_sections()`.
    """
    sections = list(elf.sections)
    named = {section.name: section for section in sections}
    if mandatory and not named.keys() >= set(_VENEERS):
        raise Refused(f"{module}: module PLT section(s) missing")
    needed = dict.fromkeys(_VENEERS, 1)
    for table in (section for section in sections if section.type == SHT_RELA):
        target = sections[table.info] if table.info < len(sections) else None
        if target is None:
            _look_behind(elf, table.info)
        elif target.flags & SHF_EXECINSTR:
            name = _VENEERS[target.name.startswith(".init")]
            needed[name] += veneers_needed(elf, target, elf.relocations_in(table))
    room = {name: (_CACHE_LINE, _VENEER * count) for name, count in needed.items()}
    room |= dict.fromkeys(_TRAMPOLINES, (4, _VENEER))
    for name, (boundary, size) in room.items():
        if section := named.get(name):
            sections[section.index] = section._replace(
                type=SHT_NOBITS, flags=SHF_EXECINSTR | SHF_ALLOC, addralign=boundary, size=size
            )
    return sections


def relocations(release: Version) -> Relocations:
    """Return what a kernel of this version does."""
    # Linux commit 3e35d303ab7d "arm64: module: rework module VA range selection" (v6.5) puts a word before its lines.
    before = "Modules: " * (release >= (6, 5))
    return Relocations(
        _KNOWN,
        before + "module {module}: unsupported RELA relocation: {kind}",
        order=branches_first,
        rules=_RULES,
        overflow=(before + "module {module}: overflow in relocation type {kind} val {value:x}",),
        veneers=Veneers(_VENEERS, _VENEER, veneer),
        # Linux commit ea3752ba9666 "arm64: module: mandate MODULE_PLTS" (v6.5).
        sized=partial(sized, mandatory=release >= (6, 5)),
        wanted=() if release < (6, 5) else _TRAMPOLINES if release >= (6, 12, 118) else _TRAMPOLINES[:1],
    )

"""Where a module's sections come to lie in memory, and so how large the module is.

From Linux 6.1: `kernel/module/main.c: layout_sections()`, `kernel/module/kallsyms.c: layout_symtab()`,
`kernel/module/strict_rwx.c: strict_align()`. Pure arithmetic on section headers and symbols.

A module has two parts. The core part stays; the init part (sections whose name starts with `.init`, the whole symbol
table and its strings) is given back when init has returned. In each part the sections follow by kind (code, read-only
data, data that is read-only after init, writable data), each kind on pages of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from modtools.formats.elf import Section, Symbol
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_SYMTAB
from modtools.link.arch import Arch

SHF_RO_AFTER_INIT = 0x00200000

_MASK32 = (1 << 32) - 1

_NOT_KEPT = (".modinfo", "__versions", "__version_ext_crcs", "__version_ext_names", ".data..percpu")
_RO_AFTER_INIT = (".data..ro_after_init", "__jump_table")


@dataclass(slots=True)
class Part:
    """One of the two parts: its size in bytes, and the offset in it of each section by index."""

    page: int
    size: int = 0
    offsets: dict[int, int] = field(default_factory=dict)

    def place(self, section: Section) -> None:
        """Append a section at its alignment."""
        self.offsets[section.index] = start = place_at(self.size, section.addralign)
        self.size = start + section.size & _MASK32

    def close(self) -> None:
        """Round the size up to whole pages."""
        self.size = place_at(self.size, self.page)


class Layout(NamedTuple):
    """The two parts, and which symbols (by index) stay visible after init.

    `kallsyms_offset` is where in the init part the kernel notes its symbol tables.
    """

    core: Part
    init: Part
    core_symbols: tuple[int, ...]
    kallsyms_offset: int

    def address(self, section: int, core_base: int, init_base: int) -> int | None:
        """The address of a section when the parts stand at these bases; None when it is not loaded."""
        if section in self.core.offsets:
            return core_base + self.core.offsets[section]
        if section in self.init.offsets:
            return init_base + self.init.offsets[section]
        return None


def align(size: int, boundary: int) -> int:
    """The next multiple of `boundary` (0 and 1: none) from `size` on."""
    return size if boundary < 2 else -(-size // boundary) * boundary


def place_at(size: int, boundary: int) -> int:
    """Where a section begins after `size` bytes: what the kernel's ALIGN() of an `unsigned int` makes of any boundary.

    One that is no power of two leaves bits set, and of one that is 4 GiB or more only the lower half counts.
    """
    mask = (boundary or 1) - 1 & _MASK32
    return size + mask & ~mask & _MASK32


def lay_out(sections: Sequence[Section], symbols: Sequence[Symbol], arch: Arch, kallsyms_all: bool = True) -> Layout:
    """Place all sections of a module; `symbols` is its symbol table, index 0 included."""
    flags = [_loaded_flags(section) for section in sections]
    core, init = Part(arch.page), Part(arch.page)
    for part, wanted in ((core, False), (init, True)):
        _place_by_kind(part, [s for s in sections if s.name.startswith(".init") is wanted], flags, arch)
    return _append_symbols(core, init, sections, symbols, flags, kallsyms_all)


def _loaded_flags(section: Section) -> int:
    """sh_flags as load_module() changes them before the layout."""
    flags = section.flags
    if section.name in _NOT_KEPT:
        flags &= ~SHF_ALLOC
    if section.name in _RO_AFTER_INIT:
        flags |= SHF_RO_AFTER_INIT
    return flags


def _place_by_kind(part: Part, sections: Sequence[Section], flags: Sequence[int], arch: Arch) -> None:
    kinds = (  # flags that must all be set, flags of which none may be, new pages afterwards
        (SHF_EXECINSTR | SHF_ALLOC, arch.small, True),
        (SHF_ALLOC, SHF_WRITE | arch.small, True),
        (SHF_RO_AFTER_INIT | SHF_ALLOC, arch.small, True),
        (SHF_WRITE | SHF_ALLOC, arch.small, False),
        (arch.small | SHF_ALLOC, 0, True),
    )
    for wanted, unwanted, closes in kinds:
        for section in sections:
            has = flags[section.index]
            if has & wanted == wanted and not has & unwanted and section.index not in part.offsets:
                part.place(section)
        # In the init part nothing is read-only after init: its size is a multiple already, and closing changes nothing.
        if closes:
            part.close()


def _append_symbols(
    core: Part,
    init: Part,
    sections: Sequence[Section],
    symbols: Sequence[Symbol],
    flags: Sequence[int],
    kallsyms_all: bool,
) -> Layout:
    table = next((s for s in sections if s.type == SHT_SYMTAB), None)
    if table is None:
        return Layout(core, init, (), 0)
    init.place(table)
    kept = _core_symbols(core, sections, symbols, flags, kallsyms_all)
    entry = 24 if _is_64(table) else 16
    core.size = place_at(core.size, table.addralign) + len(kept) * entry
    core.size += sum(len(symbols[i].name.encode("utf-8", "surrogateescape")) + 1 for i in kept) + len(kept)
    core.close()
    if table.link < len(sections):
        init.place(sections[table.link])
    pointer = 8 if _is_64(table) else 4
    init.size = kallsyms_offset = align(init.size, pointer)
    init.size += 4 * pointer + len(symbols)
    init.close()
    return Layout(core, init, tuple(kept), kallsyms_offset)


def _is_64(table: Section) -> bool:
    return table.entsize != 16


def _core_symbols(
    core: Part, sections: Sequence[Section], symbols: Sequence[Symbol], flags: Sequence[int], kallsyms_all: bool
) -> list[int]:
    """Indices of the symbols that `is_core_symbol()` keeps, the empty one at 0 always among them."""
    percpu = next((s.index for s in sections if s.name == ".data..percpu"), -1)
    keep = {s.index for s in sections if s.index in core.offsets and (kallsyms_all or flags[s.index] & SHF_EXECINSTR)}
    if kallsyms_all and percpu > 0:
        keep.add(percpu)
    return [i for i, symbol in enumerate(symbols) if i == 0 or (symbol.shndx in keep and symbol.name)]

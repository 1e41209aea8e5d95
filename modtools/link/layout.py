"""Where a module's sections come to lie in memory, and so how large the module is.

Pure arithmetic on section headers and symbols. Up to Linux 6.3 a module has two parts, which `lay_out_in_two()` makes:
from Linux 6.1 `kernel/module/main.c: layout_sections()`, `kernel/module/kallsyms.c: layout_symtab()`,
`kernel/module/strict_rwx.c: strict_align()`; before 5.2 without types, from 4.19 `kernel/module.c: layout_symtab()`,
and before 4.20 with the places of jumps among the data. Since 6.4 each kind of sections is a part of its own, which
`lay_out_by_kind()` makes: from Linux 6.12 `kernel/module/main.c: __layout_sections()` and the same `layout_symtab()`.
Since 6.14 the extended tables of versions are not loaded, either, and since 6.15 the places of static calls are
read-only after init (`kernel/module/strict_rwx.c: module_mark_ro_after_init()` of Linux 6.19).

The core parts stay; the init parts (sections that are init's by their names, the whole symbol table and its strings)
are given back when init has returned. In each, the sections follow by kind: code, read-only data, data that is
read-only after init, writable data. In one of two parts, each kind has pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from modtools.formats.elf import Section, SymbolTable
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_SYMTAB
from modtools.light import NamedTuple
from modtools.link.arch import Arch
from modtools.link.areas import SEVEN, TWO, Kind

SHF_RO_AFTER_INIT = 0x00200000

_MASK32 = (1 << 32) - 1

_NOT_KEPT = (".modinfo", "__versions", ".data..percpu")
_RO_AFTER_INIT = (".data..ro_after_init", "__jump_table")


@dataclass(slots=True)
class Part:
    """One part: its size in bytes, and the offset in it of each section by index.

    `text` is the size of the code that it begins with, in whole pages; None where nobody asks for it.
    """

    kind: Kind
    page: int
    size: int = 0
    offsets: dict[int, int] = field(default_factory=dict)
    text: int | None = None

    def place(self, section: Section) -> None:
        """Append a section at its alignment."""
        self.offsets[section.index] = start = place_at(self.size, section.addralign)
        self.size = start + section.size & _MASK32

    def close(self) -> None:
        """Round the size up to whole pages."""
        self.size = place_at(self.size, self.page)

    def searched(self, base: int) -> tuple[int, int]:
        """Return the lowest address of a symbol that names an address in the part, and where its last symbol ends.

        In one of two parts that is the end of the code, and even the other part's symbols count: from
        `kernel/module/kallsyms.c: find_kallsyms_symbol()`.
        """
        return (base, base + self.size) if self.text is None else (1, base + self.text)


class Layout(NamedTuple):
    """The parts in the order of their areas, and which symbols (by index) stay visible after init.

    `sections` are the section headers by which they were made; the kernel of some machines changes those of the file.
    `kallsyms_offset` is where in the part with the symbol table the kernel notes its symbol tables.
    """

    parts: tuple[Part, ...]
    sections: Sequence[Section]
    core_symbols: tuple[int, ...]
    kallsyms_offset: int

    @property
    def core_size(self) -> int:
        """Return how many bytes stay after init: the size that lsmod shows."""
        return sum(part.size for part in self.parts if not part.kind.init)

    @property
    def init_size(self) -> int:
        """Return how many bytes are there only until init has returned."""
        return sum(part.size for part in self.parts if part.kind.init)

    def part_of(self, section: int) -> int | None:
        """Return the number of the part that a section lies in; None when it is not loaded."""
        return next((number for number, part in enumerate(self.parts) if section in part.offsets), None)

    def address(self, section: int, bases: Sequence[int]) -> int | None:
        """Return the address of a section when the parts stand at these bases; None when it is not loaded."""
        number = self.part_of(section)
        return None if number is None else bases[number] + self.parts[number].offsets[section]

    def addresses(self, bases: Sequence[int]) -> dict[int, int]:
        """Return the addresses of all loaded sections, by index, when the parts stand at these bases."""
        placed = zip(reversed(self.parts), reversed(bases), strict=True)
        return {section: base + offset for part, base in placed for section, offset in part.offsets.items()}


class _Scheme(NamedTuple):
    """How a kernel arranges parts.

    `core` and `init` name the part for each kind of sections of `_kinds()`; None for one that init does not have.
    `closes` tells after which kinds new pages begin. `symbols` is the part that the symbols which stay are appended to,
    and `table` the one for the whole symbol table. `not_kept` are the sections that are not loaded, and `read_only`
    those that are read-only after init, whatever the flags in the file say. With `types`, there is a byte for each
    symbol.
    """

    kinds: tuple[Kind, ...]
    core: tuple[Kind, ...]
    init: tuple[Kind | None, ...]
    closes: tuple[bool, ...]
    symbols: Kind
    table: Kind
    not_kept: tuple[str, ...] = _NOT_KEPT
    read_only: tuple[str, ...] = _RO_AFTER_INIT
    types: bool = True


_IN_TWO = _Scheme(
    TWO,
    core=(Kind.CORE,) * 5,
    init=(Kind.INIT,) * 5,
    closes=(True, True, True, False, True),
    symbols=Kind.CORE,
    table=Kind.INIT,
)
_WITHOUT_TYPES = _IN_TWO._replace(types=False)
_PLAINLY = _WITHOUT_TYPES._replace(read_only=_RO_AFTER_INIT[:1])
_BY_KIND = _Scheme(
    SEVEN,
    core=(Kind.TEXT, Kind.RODATA, Kind.RO_AFTER_INIT, Kind.DATA, Kind.DATA),
    init=(Kind.INIT_TEXT, Kind.INIT_RODATA, None, Kind.INIT_DATA, Kind.INIT_DATA),
    closes=(False,) * 5,
    symbols=Kind.DATA,
    table=Kind.INIT_DATA,
)
_WITH_EXTENDED = _BY_KIND._replace(not_kept=(*_NOT_KEPT, "__version_ext_crcs", "__version_ext_names"))
_WITH_STATIC_CALLS = _WITH_EXTENDED._replace(read_only=(*_RO_AFTER_INIT, ".static_call_sites"))


def align(size: int, boundary: int) -> int:
    """The next multiple of `boundary` (0 and 1: none) from `size` on."""
    return size if boundary < 2 else -(-size // boundary) * boundary


def place_at(size: int, boundary: int) -> int:
    """Where a section begins after `size` bytes: what the kernel's ALIGN() of an `unsigned int` makes of any boundary.

    One that is no power of two leaves bits set, and of one that is 4 GiB or more only the lower half counts.
    """
    mask = (boundary or 1) - 1 & _MASK32
    return size + mask & ~mask & _MASK32


def _lay_out(
    scheme: _Scheme, sections: Sequence[Section], symbols: SymbolTable, arch: Arch, kallsyms_all: bool = True
) -> Layout:
    """Place all sections of a module; `symbols` is its symbol table, index 0 included."""
    flags = [_loaded_flags(scheme, section) for section in sections]
    parts = {kind: Part(kind, arch.page) for kind in scheme.kinds}
    for kinds, wanted in ((scheme.core, False), (scheme.init, True)):
        chosen = [parts[kind] if kind else None for kind in kinds]
        _place_by_kind(
            chosen, scheme.closes, [s for s in sections if s.name.startswith(arch.init) is wanted], flags, arch
        )
    return _append_symbols(scheme, parts, sections, symbols, flags, kallsyms_all)


lay_out_in_two = partial(_lay_out, _IN_TWO)
lay_out_without_types = partial(_lay_out, _WITHOUT_TYPES)
lay_out_plainly = partial(_lay_out, _PLAINLY)
lay_out_by_kind = partial(_lay_out, _BY_KIND)
lay_out_without_extended = partial(_lay_out, _WITH_EXTENDED)
lay_out_static_calls = partial(_lay_out, _WITH_STATIC_CALLS)


def _loaded_flags(scheme: _Scheme, section: Section) -> int:
    """sh_flags as load_module() changes them before the layout."""
    flags = section.flags
    if section.name in scheme.not_kept:
        flags &= ~SHF_ALLOC
    if section.name in scheme.read_only:
        flags |= SHF_RO_AFTER_INIT
    return flags


def _kinds(small: int) -> tuple[tuple[int, int], ...]:
    """Return the kinds of sections: flags that must all be set, and flags of which none may be."""
    return (
        (SHF_EXECINSTR | SHF_ALLOC, small),
        (SHF_ALLOC, SHF_WRITE | small),
        (SHF_RO_AFTER_INIT | SHF_ALLOC, small),
        (SHF_WRITE | SHF_ALLOC, small),
        (small | SHF_ALLOC, 0),
    )


def _place_by_kind(
    parts: Sequence[Part | None],
    closes: Sequence[bool],
    sections: Sequence[Section],
    flags: Sequence[int],
    arch: Arch,
) -> None:
    kinds = [(kind, *masks) for kind, masks in enumerate(_kinds(arch.small)) if parts[kind] is not None]
    found: list[list[Section]] = [[] for _ in parts]
    for section in sections:
        has = flags[section.index]
        if has & SHF_ALLOC:
            first = next((k for k, wanted, not_ in kinds if has & wanted == wanted and not has & not_), None)
            if first is not None:
                found[first].append(section)
    for part, chosen, ends in zip(parts, found, closes, strict=True):
        if part is None:
            continue
        for section in chosen:
            part.place(section)
        # In the init part nothing is read-only after init: its size is a multiple already, and closing changes nothing.
        if ends:
            part.close()
            part.text = part.size if part.text is None else part.text


def _append_symbols(
    scheme: _Scheme,
    parts: dict[Kind, Part],
    sections: Sequence[Section],
    symbols: SymbolTable,
    flags: Sequence[int],
    kallsyms_all: bool,
) -> Layout:
    table = next((s for s in sections if s.type == SHT_SYMTAB), None)
    kept, kallsyms_offset = [], 0
    if table is not None:
        kept = _core_symbols(parts.values(), sections, symbols, flags, kallsyms_all)
        _append_kept(parts[scheme.symbols], table, [symbols.names[index] for index in kept], scheme.types)
        kallsyms_offset = _append_table(parts[scheme.table], table, sections, len(symbols) if scheme.types else None)
    for part in parts.values():
        part.close()
    return Layout(tuple(parts.values()), sections, tuple(kept), kallsyms_offset)


def _append_kept(part: Part, table: Section, kept: Sequence[str], types: bool) -> None:
    """Make room for the symbols that stay, their names, and with `types` one byte each."""
    entry = 24 if _is_64(table) else 16
    part.size = place_at(part.size, table.addralign) + len(kept) * entry
    part.size += len("".join(kept).encode("utf-8", "surrogateescape")) + len(kept) + types * len(kept)


def _append_table(part: Part, table: Section, sections: Sequence[Section], types: int | None) -> int:
    """Place the symbol table, its strings, `struct mod_kallsyms` and so many types of a byte, to which that points
    unless there are none (None); return where that struct lies.
    """
    part.place(table)
    if table.link < len(sections):
        part.place(sections[table.link])
    pointer = 8 if _is_64(table) else 4
    start = align(part.size, pointer)
    part.size = start + 3 * pointer + (0 if types is None else pointer + types)
    return start


def _is_64(table: Section) -> bool:
    return table.entsize != 16


def _core_symbols(
    parts: Iterable[Part],
    sections: Sequence[Section],
    symbols: SymbolTable,
    flags: Sequence[int],
    kallsyms_all: bool,
) -> list[int]:
    """Indices of the symbols that `is_core_symbol()` keeps, the empty one at 0 always among them."""
    percpu = next((s.index for s in sections if s.name == ".data..percpu"), -1)
    stays = set().union(*(part.offsets for part in parts if not part.kind.init))
    keep = {s.index for s in sections if s.index in stays and (kallsyms_all or flags[s.index] & SHF_EXECINSTR)}
    if kallsyms_all and percpu > 0:
        keep.add(percpu)
    rows = enumerate(zip(symbols.sections, symbols.names, strict=True))
    return [index for index, (section, name) in rows if index == 0 or (section in keep and name)]

"""Which types of relocations the Linux of each machine knows, and how it refuses the others.

For machines whose relocations are not applied here: their values are not known, but a type that the kernel does not
know is refused whatever its value. x86-64, whose relocations are applied, has its table in `x86_64.py`.

From Linux 6.1 and 6.12: `arch/*/kernel/module.c`, `arch/powerpc/kernel/module_32.c`, `module_64.c`, for the kinds of
tables `arch/*/Kconfig` (MODULES_USE_ELF_REL, MODULES_USE_ELF_RELA) and `include/linux/moduleloader.h`. The numbers are
those of each machine's psABI. riscv64: Linux commit 8fd6c5142395 "riscv: Add remaining module relocations" (v6.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from modtools.formats.elf import ElfFile
from modtools.formats.elfvalues import SHF_EXECINSTR, SHT_REL, SHT_RELA, Relocation, Section
from modtools.link.layout import Layout
from modtools.link.relocate import Refused
from modtools.linuxerrno import EINVAL, ENOEXEC
from modtools.module import Module

Order = Callable[[ElfFile, Section, list[Relocation]], list[Relocation]]
"""Takes a file, a section of it, and the relocations for that section; gives them as the kernel sorts them."""


class Types(NamedTuple):
    """What one machine's kernel knows.

    `unknown` is its line for another type, with `{module}` and `{kind}`; `never` are types that it knows and refuses,
    with their line (`{place}`: the address, which the kernel hashes), or "" where it says nothing; `errno` is for both.
    `mask` are the bits of a type that count. `rel` and `rela` are the tables that it takes. `order` is how it sorts a
    table beforehand, to count the stubs for far calls: it stops at the first type that is unknown in that order.
    """

    known: frozenset[int]
    unknown: str
    errno: int = ENOEXEC
    never: Mapping[int, str] = {}
    rel: bool = False
    rela: bool = True
    mask: int = 0xFFFFFFFF
    order: Order | None = None


def _numbers(*spans: int | tuple[int, int]) -> frozenset[int]:
    """Single numbers, and spans with both of their ends."""
    found: set[int] = set()
    for span in spans:
        found.update((span,) if isinstance(span, int) else range(span[0], span[1] + 1))
    return frozenset(found)


def _branches_first(elf: ElfFile, section: Section, entries: list[Relocation]) -> list[Relocation]:
    """arm64: in code, calls and jumps out of the section change places with what is before them.

    From `arch/arm64/kernel/module-plts.c: partition_branch_plt_relas()`.
    """
    if not section.flags & SHF_EXECINSTR:
        return entries
    symbols, entries = elf.symbols, entries[:]

    def leaves(entry: Relocation) -> bool:
        outside = entry.symbol >= len(symbols) or symbols[entry.symbol].shndx != section.index
        return outside and entry.type in _ARM64_BRANCHES

    first, last = 0, len(entries) - 1
    while first < last:
        if leaves(entries[first]):
            first += 1
        elif leaves(entries[last]):
            entries[first], entries[last] = entries[last], entries[first]
        else:
            last -= 1
    return entries


def _by_type(_: ElfFile, section: Section, entries: list[Relocation]) -> list[Relocation]:
    """arm: code's by type and symbol. From `arch/arm/kernel/module-plts.c: cmp_rel()`."""
    if not section.flags & SHF_EXECINSTR:
        return entries
    return sorted(entries, key=lambda entry: (entry.type, entry.symbol))


def _backwards(_: ElfFile, __: Section, entries: list[Relocation]) -> list[Relocation]:
    """powerpc: by symbol and type, the highest first. From `arch/powerpc/kernel/module_64.c: relacmp()`."""
    return sorted(entries, key=lambda entry: (entry.symbol, entry.type), reverse=True)


_ARM64_BRANCHES = _numbers(282, 283)
_ARM64 = _numbers(0, (256, 280), (282, 293), 299)
_ARM = _numbers((0, 3), 28, 29, 38, 40, (42, 46), 57, 59, 63)
_THUMB = _numbers(10, 30, (47, 50))
_PPC64 = _numbers(1, 10, 26, 38, 44, 47, 48, 50, 51, 63, 64, 109, 118, 250, 252)

_ALIGN = "{module}: The unexpected relocation type 'R_RISCV_ALIGN' from PC = {place:016x}"
_DYNAMIC = "{module}: Dynamic linking not supported in kernel modules PC = {place:016x}"
_THREAD_LOCAL = "{module}: Thread local storage not supported in kernel modules PC = {place:016x}"

_ROWS: Mapping[str, Callable[[tuple[int, int], str], Types]] = {
    "aarch64": lambda release, _: Types(
        # Linux commit 3e35d303ab7d "arm64: module: rework module VA range selection" (v6.5) puts a word before it.
        _ARM64,
        "Modules: " * (release >= (6, 5)) + "module {module}: unsupported RELA relocation: {kind}",
        order=_branches_first,
    ),
    "arm": lambda _, vermagic: Types(
        _ARM | (_THUMB if "thumb2" in vermagic.split() else frozenset()),
        "{module}: unknown relocation: {kind}",
        rel=True,
        rela=False,
        order=_by_type,
    ),
    "i686": lambda _, __: Types(
        _numbers(1, 2, 4), "module: {module}: Unknown relocation: {kind}", rel=True, rela=False
    ),
    "riscv64": lambda release, _: Types(
        _numbers(1, 2, (16, 20), (23, 28), (33, 40), 44, 45, 51, (52, 57), (59, 61))
        if release >= (6, 7)
        else _numbers(1, 2, (16, 20), (23, 28), 35, 36, 39, 40, 44, 45, 51),
        "{module}: Unknown relocation type {kind}",
        EINVAL,
        {43: _ALIGN}
        | (
            dict.fromkeys(_numbers((3, 11), 58), _DYNAMIC) | dict.fromkeys(_numbers(21, 22, (29, 32)), _THREAD_LOCAL)
            if release >= (6, 7)
            else {}
        ),
    ),
    "s390x": lambda _, __: Types(
        _numbers((0, 8), (13, 36), (57, 59)),
        "module {module}: unknown relocation: {kind}",
        never=dict.fromkeys((9, 10, 11, 12), ""),
    ),
    "ppc": lambda _, __: Types(
        _numbers(1, (4, 6), 10, 26), "module_32: {module}: unknown ADD relocation: {kind}", order=_backwards
    ),
    "ppc64": lambda release, _: Types(
        _PPC64 | (_numbers(116, 132, 133) if release >= (6, 4) else frozenset()),
        "module_64: {module}: Unknown ADD relocation: {kind}",
        order=_backwards,
    ),
    "mips": lambda _, __: Types(
        _numbers(0, 2, (4, 6), 10, 18, 28, 29, 60, 61),
        "{module}: Unknown relocation type {kind}",
        EINVAL,
        rel=True,
        rela=False,
    ),
}
"""By machine, of a release (its first two numbers) and a vermagic."""

_LIKE = {"armv7l": "arm", "armv5tel": "arm", "ppc64le": "ppc64", "mipsel": "mips"}


def types_of(machine: str, release: str, vermagic: str) -> Types | None:
    """The types that this kernel knows; None for a machine that has no row."""
    numbers = _first_numbers(release)
    if machine in ("mips64", "mips64el"):
        # Of the three types of one entry the kernel looks at the first.
        return _ROWS["mips"](numbers, vermagic)._replace(rela=True, mask=0xFF)
    row = _ROWS.get(_LIKE.get(machine, machine))
    return None if row is None else row(numbers, vermagic)


def _first_numbers(release: str) -> tuple[int, int]:
    """(6, 1) of `6.1.0-56-amd64`; what does not begin so counts as newer than all."""
    parts = release.split("-")[0].split(".")
    if len(parts) > 1 and parts[0].isdecimal() and parts[1].isdecimal():
        return int(parts[0]), int(parts[1])
    return 1 << 16, 0


def check(module: Module, layout: Layout, bases: tuple[int, int], types: Types) -> None:
    """Look at the types of all relocations, in the kernel's order. Raises Refused."""
    for table in module.elf.sections[1:]:
        if table.type in (SHT_REL, SHT_RELA) and layout.address(table.info, 0, 0) is not None:
            if not (types.rela if table.type == SHT_RELA else types.rel):
                kind = "RELA" if table.type == SHT_RELA else "REL"
                raise Refused(f"module {module.name}: {kind} relocation unsupported")
            entries = module.elf.relocations_in(table)
            if not {entry.type & types.mask for entry in entries} <= types.known:
                if types.order is not None:
                    entries = types.order(module.elf, module.elf.sections[table.info], entries)
                _refuse(module.name, entries, layout.address(table.info, *bases) or 0, types)


def _refuse(module: str, entries: Iterable[Relocation], base: int, types: Types) -> None:
    for offset, number, _, _ in entries:
        kind = number & types.mask
        if kind not in types.known:
            line = types.never.get(kind, types.unknown).format(module=module, kind=kind, place=base + offset)
            raise Refused(*filter(None, [line]), errno=types.errno)

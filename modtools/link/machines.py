"""What the Linux of each machine does with relocations, one row for each.

Those of x86-64 (`x86_64.py`) and aarch64 (`aarch64.py`) are applied when a module is loaded. Those of other machines
are not, but a type that the kernel does not know is refused whatever its value.

From Linux 6.1 and 6.12: `arch/*/kernel/module.c`, `arch/powerpc/kernel/module_32.c`, `module_64.c`, for the kinds of
tables `arch/*/Kconfig` (MODULES_USE_ELF_REL, MODULES_USE_ELF_RELA) and `include/linux/moduleloader.h`. The numbers are
those of each machine's psABI. riscv64: Linux commit 8fd6c5142395 "riscv: Add remaining module relocations" (v6.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from modtools.formats.elf import ElfFile, Relocation, Section
from modtools.formats.elfvalues import SHF_EXECINSTR
from modtools.link import x86_64
from modtools.link.relocations import Relocations, Sized, numbers
from modtools.linuxerrno import EINVAL
from modtools.names import Version, version_of


def _by_type(_: ElfFile, section: Section, entries: list[Relocation]) -> list[Relocation]:
    """arm: code's by type and symbol. From `arch/arm/kernel/module-plts.c: cmp_rel()`."""
    if not section.flags & SHF_EXECINSTR:
        return entries
    return sorted(entries, key=lambda entry: (entry.type, entry.symbol))


def _backwards(_: ElfFile, __: Section, entries: list[Relocation]) -> list[Relocation]:
    """powerpc: by symbol and type, the highest first. From `arch/powerpc/kernel/module_64.c: relacmp()`."""
    return sorted(entries, key=lambda entry: (entry.symbol, entry.type), reverse=True)


def _aarch64(release: Version) -> Relocations:
    """Return those of aarch64, whose long table nobody else waits for."""
    from modtools.link import aarch64

    return aarch64.relocations(release)


def _riscv64_room(release: Version) -> Sized:
    """Return what makes room on riscv64, where R_RISCV_PLT32 came with 6.7."""
    from modtools.link import riscv64

    return partial(riscv64.sized, calls=frozenset((19, 59) if release >= (6, 7) else (19,)))


_ARM = numbers((0, 3), 28, 29, 38, 40, (42, 46), 57, 59, 63)
_THUMB = numbers(10, 30, (47, 50))
_PPC64 = numbers(1, 10, 26, 38, 44, 47, 48, 50, 51, 63, 64, 109, 118, 250, 252)

_ALIGN = "{module}: The unexpected relocation type 'R_RISCV_ALIGN' from PC = {place:016x}"
_DYNAMIC = "{module}: Dynamic linking not supported in kernel modules PC = {place:016x}"
_THREAD_LOCAL = "{module}: Thread local storage not supported in kernel modules PC = {place:016x}"

_ROWS: Mapping[str, Callable[[Version, str], Relocations]] = {
    "x86_64": lambda _, __: x86_64.RELOCATIONS,
    "aarch64": lambda release, _: _aarch64(release),
    "arm": lambda _, vermagic: Relocations(
        _ARM | (_THUMB if "thumb2" in vermagic.split() else frozenset()),
        "{module}: unknown relocation: {kind}",
        rel=True,
        rela=False,
        order=_by_type,
    ),
    "i686": lambda _, __: Relocations(
        numbers(1, 2, 4), "module: {module}: Unknown relocation: {kind}", rel=True, rela=False
    ),
    "riscv64": lambda release, _: Relocations(
        numbers(1, 2, (16, 20), (23, 28), (33, 40), 44, 45, 51, (52, 57), (59, 61))
        if release >= (6, 7)
        else numbers(1, 2, (16, 20), (23, 28), 35, 36, 39, 40, 44, 45, 51),
        "{module}: Unknown relocation type {kind}",
        EINVAL,
        {43: _ALIGN}
        | (
            dict.fromkeys(numbers((3, 11), 58), _DYNAMIC) | dict.fromkeys(numbers(21, 22, (29, 32)), _THREAD_LOCAL)
            if release >= (6, 7)
            else {}
        ),
        sized=_riscv64_room(release),
    ),
    "s390x": lambda _, __: Relocations(
        numbers((0, 8), (13, 36), (57, 59)),
        "module {module}: unknown relocation: {kind}",
        never=dict.fromkeys((9, 10, 11, 12), ""),
    ),
    "ppc": lambda _, __: Relocations(
        numbers(1, (4, 6), 10, 26), "module_32: {module}: unknown ADD relocation: {kind}", order=_backwards
    ),
    "ppc64": lambda release, _: Relocations(
        _PPC64 | (numbers(116, 132, 133) if release >= (6, 4) else frozenset()),
        "module_64: {module}: Unknown ADD relocation: {kind}",
        order=_backwards,
    ),
    "mips": lambda _, __: Relocations(
        numbers(0, 2, (4, 6), 10, 18, 28, 29, 60, 61),
        "{module}: Unknown relocation type {kind}",
        EINVAL,
        rel=True,
        rela=False,
    ),
}
"""By machine, of a version and a vermagic."""

APPLIED = ("x86_64", "aarch64")
"""The machines whose relocations are applied when a module is loaded."""

_LIKE = {"armv7l": "arm", "armv5tel": "arm", "ppc64le": "ppc64", "mipsel": "mips"}


def relocations_of(machine: str, release: str, vermagic: str) -> Relocations | None:
    """Return what this kernel does with relocations; None for a machine that has no row."""
    version = version_of(release)
    if machine in ("mips64", "mips64el"):
        # Of the three types of one entry the kernel looks at the first.
        return _ROWS["mips"](version, vermagic)._replace(rela=True, mask=0xFF)
    row = _ROWS.get(_LIKE.get(machine, machine))
    return None if row is None else row(version, vermagic)

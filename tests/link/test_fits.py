"""What is certain to be linked is never refused: damaged modules, and all modules of the reference trees."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile, Section
from modtools.formats.elfvalues import SHN_UNDEF, SHT_RELA
from modtools.integers import MASK64
from modtools.kernel.features import Features, features_of
from modtools.link.arch import arch_for_elf
from modtools.link.fits import certain
from modtools.link.layout import Layout
from modtools.link.memory import Fault
from modtools.link.relocate import Bases, link
from modtools.link.relocations import Refused
from modtools.module import Module, read_module
from tests import reference
from tests.reference import CHECKOUT

FILES = [
    CHECKOUT / "tests/relocations/relocations.ko",
    CHECKOUT / "tests/relocations/aarch64.ko",
    CHECKOUT / "tests/data/modules-6.12/arm64/hello_export.ko",
    *sorted((CHECKOUT / "tests/transcripts/debian-13/ko").glob("*.ko"))[:4],
]
"""Small modules of both machines."""
_ROOM = 1 << 24
"""Bytes that a damaged module may want and is still tried."""
KERNEL_NEAR = {"x86_64": 0xFFFFFFFF81000000, "aarch64": 0xFFFF800008001000}
"""Where functions of the kernel lie, in reach of a module's calls."""


def kernel_of(elf: ElfFile) -> Features:
    """What a kernel for this file does."""
    return features_of(machine_of(elf), "6.12.118", "")


def machine_of(elf: ElfFile) -> str:
    """The machine that a file is for."""
    arch = arch_for_elf(elf.header.machine, elf.header.bits, elf.header.little)
    assert arch
    return arch.machine


def placed(elf: ElfFile) -> tuple[Layout, Bases]:
    """Where the sections of a module lie when it is the first. Raises Refused, Fault and FormatError."""
    kernel = kernel_of(elf)
    assert kernel.relocations
    sections = kernel.relocations.sized(elf, "") if kernel.relocations.sized else elf.sections
    arch = arch_for_elf(elf.header.machine, elf.header.bits, elf.header.little)
    assert arch
    layout = kernel.lay_out(sections, elf.symbol_table, arch, True)
    bases, base = [], arch.modules_base
    for part in layout.parts:
        bases.append(base if part.size else 0)
        base += part.size + arch.page if part.size else 0
    return layout, Bases(tuple(bases), None)


def outcome(module: Module, externals: dict[str, int | None]) -> tuple[bool, str]:
    """Whether it is certain that a module is linked, and what linking raises: "" for nothing."""
    kernel = kernel_of(module.elf)
    assert kernel.relocations
    try:
        layout, bases = placed(module.elf)
    except (Refused, Fault, FormatError):
        return False, "not placed"
    if layout.core_size + layout.init_size > _ROOM:
        return False, "not placed"
    shown = certain(module.elf, layout, bases, externals, kernel.relocations)
    try:
        link(module, layout, bases, externals, kernel.relocations)
    except (Refused, Fault, FormatError) as raised:
        return shown, type(raised).__name__
    return shown, ""


def externals_of(elf: ElfFile) -> dict[str, int | None]:
    """A value for each undefined symbol, in reach."""
    start = KERNEL_NEAR[machine_of(elf)]
    names = [symbol.name for symbol in elf.symbols if symbol.shndx == SHN_UNDEF and symbol.name]
    return {name: start + 64 * number for number, name in enumerate(names)}


ODD = (0, 1, 2, 3, 4, 8, 10, 11, 24, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 47, 1 << 63, MASK64)


def damaged(elf: ElfFile, chance: random.Random) -> bytes:
    """The file with a few odd numbers in its tables of relocations, their sections, symbols and section headers."""
    data, header = bytearray(elf.data), elf.header
    tables = [s for s in elf.sections if s.type == SHT_RELA and s.size]
    for _ in range(chance.randrange(1, 4)):
        table = chance.choice(tables)
        entry = table.offset + 24 * chance.randrange(table.size // 24)
        place, width = chance.choice(
            [
                (entry + chance.choice((0, 8, 16)), 8),
                (entry + chance.choice((8, 12)), 4),
                _within(elf.sections[table.info], chance, 1),
                _within(elf.symtab, chance, 8),
                (header.shoff + 64 * table.info + chance.choice((4, 8, 24, 32, 48)), chance.choice((1, 4, 8))),
            ]
        )
        number = chance.choice([*ODD, chance.randrange(1 << 16), chance.randrange(1 << 64)])
        data[place : place + width] = (number & (1 << 8 * width) - 1).to_bytes(width, "little")
    return bytes(data[: len(elf.data)])


def _within(section: Section | None, chance: random.Random, width: int) -> tuple[int, int]:
    assert section
    return section.offset + chance.randrange(max(1, section.size // width)) * width, width


def values(elf: ElfFile, chance: random.Random) -> dict[str, int | None]:
    """The same values with a few odd ones, and some that nobody knows."""
    known = externals_of(elf)
    odd = [None, 0, MASK64, 1 << 63, chance.randrange(1 << 64), 0x80000000]
    return {name: chance.choice(odd) if chance.random() < 0.02 else value for name, value in known.items()}


def tried(rounds: int, seed: int) -> Iterator[tuple[bool, str]]:
    """What comes of damaged modules."""
    chance = random.Random(seed)
    elves = [read_module(path).elf for path in FILES]
    for _ in range(rounds):
        elf = chance.choice(elves)
        try:
            module = Module.from_bytes(damaged(elf, chance))
            yield outcome(module, values(elf, chance))
        except (FormatError, MemoryError):
            continue


def test_damaged_modules_that_are_certain_are_linked() -> None:
    """Nothing is raised for them; and more than half of what is linked was certain."""
    found = Counter(tried(600, 1))
    assert {raised for (shown, raised) in found if shown} == {""}
    assert {"", "Refused", "Fault"} <= {raised for (shown, raised) in found if not shown}
    assert found[True, ""] > found[False, ""]


@pytest.mark.parametrize("path", FILES[2:], ids=lambda path: path.stem)
def test_ordinary_modules_are_certain(path: Path) -> None:
    """So the long way is for odd ones alone."""
    module = read_module(path)
    assert outcome(module, externals_of(module.elf)) == (True, "")


NEAR = (
    0,
    1,
    -1,
    1 << 30,
    -1 << 30,
    -0x50000000,
    1 << 31,
    -1 << 31,
    (1 << 31) - 1,
    1 << 32,
    -1 << 32,
    1 << 40,
    -1 << 63,
)


def test_one_value_that_does_not_fit_is_seen() -> None:
    """Among many that fit, whichever it is: of values without a place it is exactly as certain as it is done."""
    elf = read_module(FILES[0]).elf
    kinds, found = (10, 11), Counter[bool]()
    for table in (section for section in elf.sections if section.type == SHT_RELA):
        for number, entry in enumerate(elf.relocations_in(table)):
            for addend in NEAR if entry.type in kinds else ():
                data = bytearray(elf.data)
                place = table.offset + 24 * number + 16
                data[place : place + 8] = (addend & MASK64).to_bytes(8, "little")
                module = Module.from_bytes(bytes(data))
                shown, raised = outcome(module, externals_of(module.elf))
                assert shown is not bool(raised), (entry, addend)
                found[shown] += 1
    assert min(found[True], found[False]) > 20


def test_what_fits_is_one_stretch_of_at_most_half_of_all_values() -> None:
    """So everything between two values that fit, less than half of all apart, fits as well."""
    chance = random.Random(2)
    for machine in KERNEL_NEAR:
        relocations = features_of(machine, "6.12.118", "").relocations
        assert relocations
        for rule in relocations.rules.values():
            for _ in range(300 if rule.fits else 0):
                start = chance.choice((0, -1 << chance.randrange(64), (1 << chance.randrange(64)) - 1))
                end = start + chance.randrange(1 << chance.randrange(1, 63))
                assert rule.fits
                if rule.fits(start & MASK64) and rule.fits(end & MASK64):
                    assert all(rule.fits(chance.randint(start, end) & MASK64) for _ in range(20))


def all_certain(paths: Iterable[Path]) -> Counter[tuple[bool, str]]:
    """What comes of whole modules."""
    found: Counter[tuple[bool, str]] = Counter()
    for path in paths:
        module = read_module(path)
        found[outcome(module, externals_of(module.elf))] += 1
    return found


@pytest.mark.debian
@pytest.mark.slow
def test_all_of_debians_modules_are_certain(debian_tree: Path) -> None:
    """Every fourth is, and is linked."""
    paths = sorted((debian_tree / "lib/modules").rglob("*.ko"))[::4]
    assert all_certain(paths) == {(True, ""): len(paths)}
    assert len(paths) > 1000


@pytest.mark.debian13arm64
@pytest.mark.slow
def test_all_of_debians_modules_for_arm64_are_certain() -> None:
    """Also with veneers, which nobody needs whose calls reach."""
    paths = sorted((reference.debian13_arm64_tree() / "usr/lib/modules").rglob("*.ko*"))[::8]
    assert all_certain(paths) == {(True, ""): len(paths)}
    assert len(paths) > 400

"""Relocations with fields and veneers: an emulated aarch64 processor finds what each of them points to."""

from __future__ import annotations

import pytest

from modtools.formats.elf import ElfFile, Relocation
from modtools.integers import MASK64
from modtools.link.aarch64 import relocations, sized, veneers_needed
from modtools.link.arch import ARCHES
from modtools.link.layout import Layout, lay_out_by_kind, lay_out_in_two
from modtools.link.memory import Fault
from modtools.link.relocate import Bases, Linked, link
from modtools.link.relocations import Refused, Relocations
from modtools.module import Module, read_module
from tests.reference import CHECKOUT

MODULE = Module(ElfFile.open((CHECKOUT / "tests/relocations/aarch64.ko").read_bytes()))
KERNEL = relocations((6, 12))
CORE, BACK, FAR, STOP = 0x7_0000_1000, 0x7_0000_0800, 0x7_1000_0008, 0x6_F000_0000
"""Where the module lies, code before it, code that a branch does not reach, and where a function returns to."""
SEVEN = bytes.fromhex("e00080d2 c0035fd6")
"""MOV x0, #7; RET."""

EXTERNALS = {
    "far": FAR,
    "back": BACK,
    "before": CORE - 0x12344,
    "small16": 0x1234,
    "small32": 0x12345678,
    "small48": 0x123456789ABC,
    "minus16": -0x1235 & MASK64,
    "minus32": -0x12345679 & MASK64,
    "minus48": -0x123456789ABD & MASK64,
}
WITHOUT_CODE = {256}
"""The number that R_AARCH64_NONE had first, which no assembler writes."""

FUNCTIONS = sorted(symbol.name for symbol in MODULE.elf.symbols if "__" in symbol.name)


def linked(externals: dict[str, int], kernel: Relocations = KERNEL) -> tuple[Layout, Linked]:
    """The module with its relocations done."""
    layout = lay_out_in_two(MODULE.elf.sections, MODULE.elf.symbol_table, ARCHES["aarch64"])
    return layout, link(MODULE, layout, Bases((CORE, CORE + (1 << 20))), externals, kernel)


def value_of(name: str, result: Linked) -> int:
    """The value of a symbol."""
    index = next(at for at, symbol in enumerate(MODULE.elf.symbols) if symbol.name == name)
    return result.values[index]


def test_the_program_has_every_type() -> None:
    """The module that is executed below has each relocation that the kernel does."""
    found = {kind for section in MODULE.elf.sections for _, kind, _, _ in MODULE.elf.relocations(section)}
    assert found == KERNEL.rules.keys() - WITHOUT_CODE
    assert KERNEL.rules.keys() == KERNEL.known


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_processor_finds_what_a_relocation_points_to(name: str) -> None:
    """Each function leaves the right value, also behind a branch that needs a veneer."""
    unicorn = pytest.importorskip("unicorn")
    arm64 = pytest.importorskip("unicorn.arm64_const")
    _, result = linked(EXTERNALS)
    machine = unicorn.Uc(unicorn.UC_ARCH_ARM64, unicorn.UC_MODE_ARM)
    machine.reg_write(arm64.UC_ARM64_REG_CPACR_EL1, 3 << 20)  # with floating point
    for place, content in ((CORE, bytes(result.parts[0].content)), (BACK, SEVEN), (FAR, SEVEN), (STOP, bytes(4))):
        machine.mem_map(place & ~0xFFF, (len(content) + 0xFFF) & ~0xFFF)
        machine.mem_write(place, content)
    machine.reg_write(arm64.UC_ARM64_REG_LR, STOP)
    machine.emu_start(value_of(name, result), STOP, count=100)
    said = name.partition("__")[0]
    expected = int(said[1:], 16) if said[0] == "x" else value_of(said, result)
    assert machine.reg_read(arm64.UC_ARM64_REG_PC) == STOP
    assert machine.reg_read(arm64.UC_ARM64_REG_X0) == expected


def test_branches_to_one_target_share_a_veneer() -> None:
    """There is one for the two branches that do not reach."""
    _, result = linked(EXTERNALS)
    assert [list(made) for made in result.veneers.values()] == [[FAR]]


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        (258, (1 << 32) - 1, True),
        (258, 1 << 32, False),
        (258, MASK64, False),
        (259, 0xFFFF, True),
        (259, MASK64, False),
        (261, MASK64, True),
        (261, 1 << 31, False),
        (262, 1 << 15, False),
        (275, (1 << 32) - 4096, True),
        (275, 1 << 32, False),
        (283, MASK64 - (1 << 27) + 1, True),
        (283, 1 << 27, False),
    ],
)
def test_data_is_without_a_sign_and_a_distance_has_one(kind: int, value: int, fits: bool) -> None:
    """As `arch/arm64/kernel/module.c: reloc_data(), reloc_insn_imm()` have it."""
    rule = KERNEL.rules[kind]
    assert rule.fits
    assert rule.fits(value) is fits


def test_relocations_are_done_in_the_order_in_which_veneers_are_counted() -> None:
    """Calls and jumps out of the section come first, by type, symbol and addend; the rest stays where it was put."""
    elf = MODULE.elf
    text = next(s for s in elf.sections if s.name == ".text")
    outside = [at for at, s in enumerate(elf.symbols) if s.shndx == 0 and s.name][:2]
    rows = [
        (257, outside[0], 0),
        (283, outside[1], 0),
        (283, outside[0], 8),
        (283, outside[0], 0),
        (282, outside[1], 0),
    ]
    entries = [Relocation(4 * at, *row) for at, row in enumerate(rows)]
    assert KERNEL.order
    assert [entry.offset for entry in KERNEL.order(elf, text, entries)] == [16, 12, 8, 4, 0]
    data = next(s for s in elf.sections if s.name == ".data")
    assert KERNEL.order(elf, data, entries) == entries


def test_the_header_of_a_section_that_there_is_not() -> None:
    """The kernel looks for it in its copy of the file, and stumbles behind the pages of that."""
    elf = read_module(CHECKOUT / "tests/data/modules-6.12/arm64/hello_export.ko").elf

    def with_info(info: int) -> ElfFile:
        table = next(s for s in elf.sections if s.name == ".rela.init.text")
        sections = [s._replace(info=info) if s is table else s for s in elf.sections]
        return ElfFile(elf.data, elf.header, tuple(sections))

    pages = -(-len(elf.data) // 4096) * 4096
    last = (pages - elf.header.shoff - 8 - 1) // 64
    assert sized(with_info(last), "x", mandatory=True)
    with pytest.raises(Fault) as fault:
        sized(with_info(last + 1), "x", mandatory=True)
    assert fault.value.address == elf.header.shoff + 64 * (last + 1) + 8
    assert not fault.value.write


def test_a_per_cpu_variable_whose_place_is_not_known_is_not_judged() -> None:
    """Debian's x_tables has one, and loads; where its place is known, what does not reach it is refused."""
    elf = MODULE.elf
    data = next(s for s in elf.sections if s.name == ".data")
    sections = [s._replace(name=".data..percpu") if s is data else s for s in elf.sections]
    module = Module(ElfFile(elf.data, elf.header, tuple(sections)))
    layout = lay_out_in_two(sections, elf.symbol_table, ARCHES["aarch64"])
    bases = Bases((CORE, CORE + (1 << 20)))
    externals: dict[str, int | None] = {**EXTERNALS}
    unknown = link(module, layout, bases._replace(percpu=None), externals, KERNEL).unknown
    assert {elf.symbols[at].shndx for at in unknown} == {data.index}
    with pytest.raises(Refused):
        link(module, layout, bases, externals, KERNEL)


@pytest.mark.parametrize(
    ("symbol", "value", "kind"),
    [
        ("far", CORE + (1 << 50), 291),
        ("small16", 0x10000, 263),
        ("small32", 1 << 32, 265),
        ("small48", 1 << 48, 267),
        ("minus16", -0x10001 & MASK64, 270),
    ],
)
def test_what_does_not_fit_is_refused(symbol: str, value: int, kind: int) -> None:
    """In the kernel's words."""
    with pytest.raises(Refused) as refusal:
        linked(EXTERNALS | {symbol: value})
    assert refusal.value.lines[0].startswith(f"Modules: module {MODULE.name}: overflow in relocation type {kind} val ")


def test_a_branch_without_room_for_a_veneer_is_refused() -> None:
    """The section of the veneers is counted beforehand; one too many does not fit."""
    crowded = KERNEL._replace(veneers=KERNEL.veneers._replace(size=16) if KERNEL.veneers else None)
    with pytest.raises(Refused) as refusal:
        linked(EXTERNALS, crowded)
    assert "overflow in relocation type 282 val " in refusal.value.lines[0]


@pytest.mark.parametrize(
    ("name", "core", "init"), [("hello_export", 12288, 8192), ("noinit", 12288, 8192), ("slow_init", 12288, 8192)]
)
def test_room_for_veneers_counts(name: str, core: int, init: int) -> None:
    """Every module has code then, as 6.12.118+deb13-arm64 shows it: the sections for veneers are never empty."""
    elf = read_module(CHECKOUT / f"tests/data/modules-6.12/arm64/{name}.ko").elf
    sections = sized(elf, name, mandatory=True)
    layout = lay_out_by_kind(sections, elf.symbol_table, ARCHES["aarch64"])
    assert (layout.core_size, layout.init_size) == (core, init)
    assert (sections[0].size, layout.sections) == (0, sections)


def test_each_branch_out_of_a_section_has_room_once() -> None:
    """Neighbours of the same type and symbol share a veneer, unless they have an addend."""
    elf = ElfFile.open(MODULE.elf.data)
    text = next(s for s in elf.sections if s.name == ".text")
    outside = next(at for at, s in enumerate(elf.symbols) if s.shndx == 0 and s.name)
    inside = next(at for at, s in enumerate(elf.symbols) if s.shndx == text.index)

    def needed(*rows: tuple[int, int, int]) -> int:
        return veneers_needed(elf, text, [Relocation(4 * at, *row) for at, row in enumerate(rows)])

    call, jump, last = (283, outside, 0), (282, outside, 0), (257, outside, 0)
    assert needed(call, call, last) == 1
    assert needed(call, jump, call, last) == 2
    assert needed((283, outside, 4), (283, outside, 4), last) == 2
    assert needed((283, inside, 0), last) == 0
    assert needed(call, jump, jump) == 3  # the kernel does not sort the last one where all are such branches


@pytest.mark.parametrize(("release", "mandatory"), [((6, 4), False), ((6, 5), True)])
def test_a_module_without_sections_for_veneers_is_refused(release: tuple[int, int], mandatory: bool) -> None:
    """Since 6.5 all kernels make veneers; before, it is not known whether this one does."""
    elf = read_module(CHECKOUT / "tests/data/modules-6.12/amd64/noinit.ko").elf
    resize = relocations(release).sized
    assert resize
    if not mandatory:
        assert resize(elf, "noinit") == list(elf.sections)
        return
    with pytest.raises(Refused) as refusal:
        resize(elf, "noinit")
    assert refusal.value.lines == ("noinit: module PLT section(s) missing",)

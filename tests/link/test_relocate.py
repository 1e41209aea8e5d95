"""Where bytes of a linked module lie, and what its symbols stand for."""

from __future__ import annotations

import pytest

from modtools.formats.elf import ElfFile, Section, Symbol
from modtools.link import aarch64, x86_64
from modtools.link.arch import ARCHES
from modtools.link.areas import Kind
from modtools.link.layout import Part, _append_table, lay_out_in_two
from modtools.link.memory import Fault
from modtools.link.relocate import Bases, Linked, LinkedPart, _veneer, link, symbol_value
from modtools.module import Module, read_module
from tests.reference import CHECKOUT

FIRST, SECOND = (
    LinkedPart(Kind.TEXT, 0x1000, bytearray(0x20), (0, 0)),
    LinkedPart(Kind.DATA, 0x3000, bytearray(8), (0, 0)),
)


@pytest.mark.parametrize(
    ("address", "size", "part", "offset"),
    [
        (0x1000, 0, FIRST, 0), (0x1000, 0x20, FIRST, 0), (0x101F, 1, FIRST, 0x1F), (0x1020, 0, FIRST, 0x20),
        (0x101F, 2, None, 0), (0xFFF, 1, None, 0), (0x1020, 1, None, 0), (0x1000, 0x21, None, 0),
        (0x3000, 8, SECOND, 0), (0x3004, 4, SECOND, 4), (0x3004, 5, None, 0), (0x2FFC, 8, None, 0),
    ],
)  # fmt: skip
def test_bytes_lie_in_one_part(address: int, size: int, part: LinkedPart | None, offset: int) -> None:
    """All of them; else the kernel would reach for memory that is not there, to read or to write."""
    linked = Linked((FIRST, SECOND), (), {})
    for write in (False, True):
        if part is not None:
            content, at = linked.locate(address, size, write=write)
            assert (content is part.content, at) == (True, offset)
        else:
            with pytest.raises(Fault) as fault:
                linked.locate(address, size, write=write)
            assert (fault.value.address, fault.value.write) == (address, write)


@pytest.mark.parametrize(
    ("section", "value", "expected"),
    [
        (0, 5, 0x9000), (0xFFF1, 5, 5), (0xFFF2, 5, 5), (0xFF00, 5, 5), (2, 5, 0x1005), (3, 5, 5),
        (2, (1 << 64) - 0x1000, 0), (2, (1 << 64) - 0x1001, (1 << 64) - 1),
    ],
)  # fmt: skip
def test_what_a_symbol_stands_for(section: int, value: int, expected: int) -> None:
    """Another's address, a number, or a place in a section; of what nobody knows, 0."""
    symbol = Symbol("x", value, 0, 1, 1, section)
    assert symbol_value(symbol, {2: 0x1000, 0xFF00: 0x2000}, {"x": 0x9000}) == expected
    assert symbol_value(symbol._replace(name="y"), {2: 0x1000}, {"x": 0x9000, "y": None}) == (
        expected if section else 0
    )


RELOCATIONS = (CHECKOUT / "tests/relocations/relocations.ko").read_bytes()


@pytest.mark.parametrize(("beyond", "faults"), [(0, False), (-4, False), (-3, True), (1, True)])
def test_a_place_beyond_the_memory_is_a_fault(beyond: int, faults: bool) -> None:
    """One that reaches over the end of its part, or lies behind it; x86-64 looks there before it writes."""
    elf = ElfFile.open(RELOCATIONS)
    table = next(section for section in elf.sections if section.name == ".rela.init.text")
    arch = ARCHES["x86_64"]
    layout = lay_out_in_two(elf.sections, elf.symbol_table, arch)
    part = layout.parts[1]
    number = next(at for at, entry in enumerate(elf.relocations_in(table)) if entry.type == 2)
    place = part.size - part.offsets[table.info] + beyond if beyond else elf.relocations_in(table)[number].offset
    data = bytearray(RELOCATIONS)
    data[table.offset + 24 * number : table.offset + 24 * number + 8] = place.to_bytes(8, "little")
    module = Module.from_bytes(bytes(data))
    bases = Bases((arch.modules_base, arch.modules_base + 0x10000))
    externals = {symbol.name: arch.modules_base for symbol in elf.symbols if symbol.shndx == 0}
    if not faults:
        link(module, layout, bases, externals, x86_64.RELOCATIONS)
        return
    with pytest.raises(Fault) as fault:
        link(module, layout, bases, externals, x86_64.RELOCATIONS)
    assert fault.value.address == bases.parts[1] + part.offsets[table.info] + place
    assert not fault.value.write


def test_a_veneer_serves_branches_that_follow_each_other() -> None:
    """The last one that was made, and no earlier one; where there is no room for another, there is none."""
    elf = read_module(CHECKOUT / "tests/data/modules-6.12/arm64/hello_export.ko").elf
    plt = elf.section(".plt")
    assert plt
    part = LinkedPart(Kind.TEXT, 0x10000, bytearray(0x100), (0, 0))
    headers = [section._replace(size=24) if section is plt else section for section in elf.sections]
    linked = Linked((part,), headers, {plt.index: 0x10040})
    kernel = aarch64.relocations((6, 12))
    places = [
        _veneer(elf, linked, kernel.veneers, part.content, target) for target in (0x100, 0x100, 0x200, 0x200, 0x100)
    ]
    assert places == [0x10040, 0x10040, 0x1004C, 0x1004C, None]
    assert linked.veneers == {plt.index: [0x100, 0x200]}
    written = aarch64.veneer(0x10040, 0x100) + aarch64.veneer(0x1004C, 0x200)
    assert part.content == bytes(0x40) + written + bytes(0x100 - 0x40 - 24)
    assert _veneer(elf, linked, None, part.content, 0x200) is None
    assert _veneer(elf, Linked((part,), headers, {}), kernel.veneers, part.content, 0x200) is None


@pytest.mark.parametrize(
    ("entry", "types", "start", "size"),
    [
        (24, 5, 0x30, 0x30 + 24 + 8 + 5),
        (24, None, 0x30, 0x30 + 24),
        (16, 5, 0x2C, 0x2C + 12 + 4 + 5),
        (16, None, 0x2C, 0x38),
    ],
)
def test_what_stands_behind_the_strings(entry: int, types: int | None, start: int, size: int) -> None:
    """`struct mod_kallsyms`: two pointers and a number, and with types a third pointer and a byte for each."""
    part = Part(Kind.INIT, 4096)
    table = Section(1, ".symtab", 2, 0, 0, 0, 0x20, 2, 0, 8, entry, 0)
    strings = Section(2, ".strtab", 3, 0, 0, 0, 9, 0, 0, 1, 0, 0)
    unused = Section(0, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert _append_table(part, table, [unused, table, strings], types) == start
    assert (part.size, part.offsets) == (size, {1: 0, 2: 0x20})
    alone = Part(Kind.INIT, 4096)
    assert _append_table(alone, table._replace(link=3), [unused, table, strings], types) == 0x20
    assert alone.offsets == {1: 0}

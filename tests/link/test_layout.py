"""Sizes of modules, compared with those that a real kernel gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.link.arch import arch_of
from modtools.link.areas import SEVEN, Kind
from modtools.link.layout import lay_out_by_kind, lay_out_in_two
from modtools.module import read_module
from tests.reference import CHECKOUT

_SIZES = CHECKOUT / "tests/data/sizes.tsv"
_MODULES = CHECKOUT / "tests/data/modules-6.12"
"""Modules built for Debian's 6.12.118+deb13, of the sources in tests/transcripts/modules."""


@pytest.mark.debian
def test_core_sizes_equal_the_real_kernels(debian_tree: Path) -> None:
    """The Size of every module of Debian's tree that could be loaded is the real kernel's."""
    tree = debian_tree / "lib/modules/6.1.0-56-amd64"
    different = []
    for line in _SIZES.read_text().splitlines()[1:]:
        name, size = line.split("\t")
        elf = read_module(tree / name).elf
        core = lay_out_in_two(elf.sections, elf.symbol_table, arch_of("x86_64")).core_size
        if core != int(size):
            different.append((name, int(size), core))
    assert different == []


@pytest.mark.parametrize(
    ("name", "core", "init"),
    [("hello_export", 12288, 8192), ("noinit", 8192, 4096), ("permanent", 8192, 8192), ("slow_init", 12288, 8192)],
)
def test_sizes_by_kind_equal_the_real_kernels(name: str, core: int, init: int) -> None:
    """Since 6.4 each kind of sections has memory of its own: as 6.12.118+deb13-amd64 shows, and while init runs."""
    elf = read_module(_MODULES / f"amd64/{name}.ko").elf
    layout = lay_out_by_kind(elf.sections, elf.symbol_table, arch_of("x86_64"))
    assert (layout.core_size, layout.init_size) == (core, init)
    assert [part.kind for part in layout.parts] == list(SEVEN)
    assert all(part.size % 4096 == 0 for part in layout.parts)


def test_each_section_lies_in_one_part() -> None:
    """A section has one address, which is its part's and its offset in it; what is not kept has none."""
    elf = read_module(_MODULES / "amd64/hello_export.ko").elf
    layout = lay_out_by_kind(elf.sections, elf.symbol_table, arch_of("x86_64"))
    bases = [0x100000 * (number + 1) for number in range(7)]
    kinds = {s.name: layout.parts[number].kind for s in elf.sections if (number := layout.part_of(s.index)) is not None}
    assert kinds[".text"] == kinds[".exit.text"] == Kind.TEXT
    assert kinds[".init.text"] == Kind.INIT_TEXT
    assert kinds[".rodata.str1.1"] == kinds["__ksymtab"] == Kind.RODATA
    assert kinds[".gnu.linkonce.this_module"] == Kind.DATA
    assert kinds[".symtab"] == kinds[".strtab"] == Kind.INIT_DATA
    assert not {".modinfo", "__versions", ".BTF"} & kinds.keys()
    text = next(s for s in elf.sections if s.name == ".text")
    assert layout.address(text.index, bases) == bases[0] + layout.parts[0].offsets[text.index]
    assert layout.address(0, bases) is None


@pytest.mark.parametrize(
    ("machine", "core", "init"),
    [
        ("aarch64", {".text", ".ARM.exidx.init.text"}, {".init.text"}),
        ("armv7l", {".text"}, {".init.text", ".ARM.exidx.init.text"}),
        ("ppc64le", {".text", ".init.text", ".ARM.exidx.init.text"}, set()),
    ],
)
def test_which_sections_are_inits_depends_on_the_machine(machine: str, core: set[str], init: set[str]) -> None:
    """On arm so are its tables for unwinding; on powerpc of 64 bits nothing is given back but the symbol table."""
    elf = read_module(_MODULES / "amd64/hello_export.ko").elf
    names = {".exit.text": ".ARM.exidx.init.text"}
    sections = [section._replace(name=names.get(section.name, section.name)) for section in elf.sections]
    layout = lay_out_by_kind(sections, elf.symbol_table, arch_of(machine))
    wanted = core | init
    placed = {
        s.name: layout.parts[number].kind.init
        for s in sections
        if s.name in wanted and (number := layout.part_of(s.index)) is not None
    }
    assert placed == dict.fromkeys(core, False) | dict.fromkeys(init, True)

"""Sizes of modules, compared with those that a real kernel gave."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.formats.elf import Section
from modtools.link.arch import arch_of
from modtools.link.areas import SEVEN, Area, Kind
from modtools.link.layout import align, lay_out_by_kind, lay_out_in_two, lay_out_without_types, place_at
from modtools.module import read_module
from tests.properties import examples
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


@given(size=st.integers(0, (1 << 32) - 1), power=st.integers(0, 31))
def test_a_section_begins_at_the_next_multiple(size: int, power: int) -> None:
    """Of a boundary that is a power of two, in numbers of 32 bits."""
    boundary = 1 << power
    expected = -(-size // boundary) * boundary
    assert align(size, boundary) == expected
    assert place_at(size, boundary) == expected % (1 << 32)
    assert place_at(size, boundary | 1 << 32) == place_at(size, boundary)


@pytest.mark.parametrize(
    ("size", "boundary", "place"), [(5, 0, 5), (5, 1, 5), (4, 3, 4), (5, 3, 5), (6, 3, 8), (9, 6, 10)]
)
def test_a_boundary_that_is_no_power_of_two(size: int, boundary: int, place: int) -> None:
    """The kernel's ALIGN() adds what is below the highest bits and takes away those that the boundary less one has."""
    assert place_at(size, boundary) == place
    assert align(5, 0) == align(5, 1) == 5


ALLOC, WRITE, EXEC, LATE = 2, 1, 4, 0x00200000
NAMES = [".a", ".init.a", ".exit", ".modinfo", "__versions", ".data..percpu", ".data..ro_after_init", "__jump_table"]
FLAGS = [0, ALLOC, ALLOC | WRITE, ALLOC | EXEC, ALLOC | WRITE | EXEC, ALLOC | WRITE | LATE, ALLOC | LATE, WRITE | EXEC]
ORDER = {"code": 0, "constant": 1, "late": 2, "data": 3}
rows = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(FLAGS), st.integers(0, 9000), st.sampled_from([0, 1, 8, 64, 4096])
    ),
    max_size=10,
)


def kind_of(name: str, flags: int) -> str:
    """What a section is, "" for one that is not loaded, in the words of `kernel/module/main.c: masks`."""
    if not flags & ALLOC or name in {".modinfo", "__versions", ".data..percpu"}:
        return ""
    if flags & EXEC:
        return "code"
    if not flags & WRITE:
        return "constant"
    return "late" if flags & LATE or name in {".data..ro_after_init", "__jump_table"} else "data"


def walked(parts: dict[str, list[str]], pages: set[str], sections: list[Section]) -> dict[int, tuple[str, int]]:
    """Where each section lies, by going over them for each kind of each part; new pages begin after some kinds."""
    found = {}
    for part, kinds in parts.items():
        at, inits = 0, part.startswith("init")
        for kind in kinds:  # "late data": both, as they come
            for section in sections:
                if (
                    kind_of(section.name, section.flags) in kind.split(" ")
                    and section.name.startswith(".init") is inits
                ):
                    while at % (section.addralign or 1):
                        at += 1
                    found[section.index] = part, at
                    at += section.size
            while kind in pages and at % 4096:
                at += 1
    return found


@examples(100)
@given(rows)
def test_sections_are_placed_one_behind_the_other(made: list[tuple[str, int, int, int]]) -> None:
    """By kind and in the order of the file; in two parts kinds have pages of their own, later they have parts."""
    sections = [Section(0, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)]
    sections += [
        Section(at, name, 1, flags, 0, 0, size, 0, 0, to, 0, 0) for at, (name, flags, size, to) in enumerate(made, 1)
    ]
    symbols = read_module(_MODULES / "amd64/noinit.ko").elf.symbol_table
    four = list(ORDER)
    two = {"core": four, "init": four}
    seven = {
        "text": ["code"], "data": ["data"], "rodata": ["constant"], "ro_after_init": ["late"], "init_text": ["code"],
        "init_data": ["late data"], "init_rodata": ["constant"],
    }  # fmt: skip
    for lay_out, parts, pages in (
        (lay_out_in_two, two, {"code", "constant", "late"}),
        (lay_out_by_kind, seven, set[str]()),
    ):
        layout = lay_out(sections, symbols, arch_of("x86_64"))
        placed = {index: (part.kind.value, at) for part in layout.parts for index, at in part.offsets.items()}
        assert placed == walked(parts, pages, sections)
        assert [part.kind.value for part in layout.parts] == list(parts)
        for part in layout.parts:
            ends = [at + sections[index].size for index, at in part.offsets.items()]
            assert max(ends, default=0) <= part.size < max(ends, default=0) + 4096
            assert part.size % 4096 == 0
        bases = [0x1000000 * at for at in range(1, len(parts) + 1)]
        where = {index: bases[list(parts).index(part)] + at for index, (part, at) in placed.items()}
        assert layout.addresses(bases) == where
        assert {index: layout.address(index, bases) for index in where} == where


@pytest.mark.parametrize(
    ("path", "machine", "pointer", "entry"),
    [
        *(
            (_MODULES / f"amd64/{name}.ko", "x86_64", 8, 24)
            for name in ("hello_export", "noinit", "permanent", "slow_init")
        ),
        (CHECKOUT / "tests/data/samples/i386-prel.ko", "i686", 4, 16),
        (CHECKOUT / "tests/data/samples/mips-pointers.ko", "mips", 4, 16),
        (CHECKOUT / "tests/data/samples/s390x-prel.ko", "s390x", 8, 24),
    ],
    ids=lambda value: getattr(value, "stem", str(value)),
)
def test_room_for_symbols(path: Path, machine: str, pointer: int, entry: int) -> None:
    """As `layout_symtab()` counts: of those that stay, on new pages of the core part, and of all in init's."""
    elf, arch = read_module(path).elf, arch_of(machine)
    table = next(section for section in elf.sections if section.type == 2)
    strings = elf.sections[table.link]
    core = {s.index for s in elf.sections if kind_of(s.name, s.flags) and not s.name.startswith(".init")}
    percpu = {s.index for s in elf.sections if s.name == ".data..percpu"}
    kept = [0, *(at for at, one in enumerate(elf.symbols) if at and one.shndx in core | percpu and one.name)]
    for lay_out, types in ((lay_out_in_two, 1), (lay_out_without_types, 0)):
        layout = lay_out(elf.sections, elf.symbol_table, arch)
        assert list(layout.core_symbols) == kept
        end = max(at + elf.sections[index].size for index, at in layout.parts[1].offsets.items())
        assert layout.parts[1].offsets[strings.index] == layout.parts[1].offsets[table.index] + table.size
        assert layout.kallsyms_offset == -(-end // pointer) * pointer
        whole = layout.kallsyms_offset + 3 * pointer + types * (pointer + len(elf.symbols))
        assert layout.init_size == -(-whole // 4096) * 4096
        stays = [at + elf.sections[index].size for index, at in layout.parts[0].offsets.items()]
        names = sum(len(elf.symbols[at].name.encode()) + 1 + types for at in kept)
        pages = -(-max(stays) // 4096)
        assert layout.core_size == (pages + -(-(entry * len(kept) + names) // 4096)) * 4096
    without = lay_out_in_two(elf.sections, elf.symbol_table, arch, kallsyms_all=False)
    code = {s.index for s in elf.sections if s.index in core and s.flags & EXEC}
    assert list(without.core_symbols) == [0, *(at for at in kept if at and elf.symbols[at].shndx in code)]


def test_an_area_has_an_end() -> None:
    """It holds what is from its base on and before its end."""
    area = Area(Kind.TEXT, 0x1000, 0x20)
    assert area.end == 0x1020
    assert [area.holds(at) for at in (0xFFF, 0x1000, 0x101F, 0x1020)] == [False, True, True, False]
    assert [kind for kind in Kind if kind.init] == [Kind.INIT, Kind.INIT_TEXT, Kind.INIT_DATA, Kind.INIT_RODATA]


def test_where_an_address_is_looked_for() -> None:
    """In one of two parts up to the end of its code, from any address on; in one of several, in itself."""
    elf = read_module(_MODULES / "amd64/hello_export.ko").elf
    two = lay_out_in_two(elf.sections, elf.symbol_table, arch_of("x86_64"))
    for part in two.parts:
        code = [s for s in elf.sections if s.index in part.offsets and s.flags & EXEC]
        end = max((part.offsets[s.index] + s.size for s in code), default=0)
        assert part.searched(0x10000) == (1, 0x10000 + -(-end // 4096) * 4096)
    for part in lay_out_by_kind(elf.sections, elf.symbol_table, arch_of("x86_64")).parts:
        assert part.searched(0x10000) == (0x10000, 0x10000 + part.size)

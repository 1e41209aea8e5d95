"""The bulk reader of ELF files says what pyelftools says, and refuses damage by name and place."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile, Header, read_header, read_sections
from modtools.formats.elfvalues import SHT_RELA
from modtools.formats.strtab import NAME_LIMIT, NAMES_BUDGET, StringTable
from tests import reference
from tests.samples import KO, SAMPLES, Theirs, patched, section_field

HELLO = (KO / "hello_export.ko").read_bytes()
SLICES = 16
MANY = 20


def assert_as_pyelftools(data: bytes, most: int | None = None) -> None:
    """Everything that the reader says of a file, pyelftools says too."""
    elf, theirs = ElfFile.open(data), Theirs(data)
    assert elf.header == theirs.header
    assert list(elf.sections) == theirs.sections
    assert list(elf.symbols) == theirs.symbols
    for index, expected in theirs.relocations(most).items():
        assert elf.relocations_in(elf.sections[index]) == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_class_and_byte_order_reads_as_by_pyelftools(path: Path) -> None:
    """32 and 64 bits, both byte orders, REL and RELA, and MIPS64's own relocations."""
    assert_as_pyelftools(path.read_bytes())


def test_the_samples_are_of_all_kinds() -> None:
    """The samples have both classes in both byte orders, with addends in place and in the table."""
    headers = [ElfFile.open(path.read_bytes()) for path in SAMPLES]
    kinds = {
        (elf.header.bits, elf.header.little, any(section.type == SHT_RELA for section in elf.sections))
        for elf in headers
    }
    assert {(bits, little) for bits, little, _ in kinds} == {(32, False), (32, True), (64, False), (64, True)}
    assert {(32, False, True), (32, False, False), (32, True, False), (64, False, True)} <= kinds


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.parametrize("part", range(SLICES))
def test_debians_modules_read_as_by_pyelftools(debian_tree: Path, part: int) -> None:
    """On every module of a real tree the bulk answers equal pyelftools' own; of relocations the smaller tables."""
    modules = sorted((debian_tree / "lib/modules" / reference.RELEASE).rglob("*.ko"))
    assert len(modules) > 4000
    for path in modules[part::SLICES]:
        assert_as_pyelftools(path.read_bytes(), MANY)


@pytest.mark.parametrize("offset", [4, 5], ids=["class", "byte order"])
def test_the_kernels_view_overrules_the_file(offset: int) -> None:
    """A wrong class or byte order in e_ident is an error, but not for a reader that knows them, as the kernel does."""
    bad = patched(HELLO, offset, "B", 9)
    with pytest.raises(FormatError) as raised:
        ElfFile.open(bad)
    assert raised.value.offset == offset
    assert ElfFile.open(bad, bits=64, little=True).symbols == ElfFile.open(HELLO).symbols


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b"\x7fEL", 0),
        (b"#!/bin/sh\n" * 10, 0),
        (HELLO[:10], 10),
        (HELLO[:63], 63),
        (patched(HELLO, 40, "<Q", len(HELLO) - 64), len(HELLO) - 64),
        (patched(HELLO, 40, "<Q", (1 << 64) - 1), (1 << 64) - 1),
        (patched(HELLO, 60, "<H", 0xFFFF), struct.unpack_from("<Q", HELLO, 40)[0]),
        (patched(HELLO, 58, "<H", 40), None),
    ],
)
def test_what_is_no_module_is_refused(data: bytes, offset: int | None) -> None:
    """No magic, a cut header, and section headers outside the file or of another size are refused, with the place."""
    with pytest.raises(FormatError) as raised:
        ElfFile.open(data)
    assert raised.value.offset == offset


def test_a_header_can_be_read_without_its_sections() -> None:
    """A damaged table of sections does not hide the header, which the kernel looks at first."""
    header = read_header(patched(HELLO, 40, "<Q", 1 << 40))
    assert (header.machine, header.shoff) == (62, 1 << 40)
    assert read_sections(HELLO, read_header(patched(HELLO, 60, "<H", 0))) == ()


@pytest.mark.parametrize("index", [0, 0xFFFF, 1])
def test_sections_without_names(index: int) -> None:
    """Where e_shstrndx is no string table, all is read, and names are empty or what stands there."""
    elf = ElfFile.open(patched(HELLO, 62, "<H", index))
    expected = ElfFile.open(HELLO)
    assert [section._replace(name="") for section in elf.sections] == [
        section._replace(name="") for section in expected.sections
    ]
    assert elf.section(".text.unlikely") is None


@pytest.mark.parametrize(
    ("field", "value"), [("offset", 1 << 63), ("size", 1 << 63), ("offset", len(HELLO)), ("size", len(HELLO) + 1)]
)
def test_a_table_outside_the_file_is_refused_when_asked_for(field: str, value: int) -> None:
    """Symbols that are not in the file raise FormatError when they are asked for, and other sections are read."""
    elf = ElfFile.open(HELLO)
    bad = ElfFile.open(patched(HELLO, section_field(elf, ".symtab", field), "<Q", value))
    with pytest.raises(FormatError):
        _ = bad.symbols
    assert bad.read(".modinfo") == elf.read(".modinfo")


@pytest.mark.parametrize("link", [0, 37, 0xFFFFFFFF])
def test_symbols_without_a_string_table(link: int) -> None:
    """Symbols whose sh_link names no section raise FormatError."""
    elf = ElfFile.open(patched(HELLO, section_field(ElfFile.open(HELLO), ".symtab", "link"), "<I", link))
    with pytest.raises(FormatError):
        _ = elf.symbols


def test_symbols_of_some_sections() -> None:
    """`symbols_in` gives the symbols of these sections in their order, as a search of all symbols does."""
    elf = ElfFile.open(HELLO)
    for wanted in ([0], [0, 4], range(40), []):
        assert elf.symbols_in(wanted) == [symbol for symbol in elf.symbols[1:] if symbol.shndx in wanted]
    assert elf.symbols_at([3, 0, 3]) == [elf.symbols[3], elf.symbols[0], elf.symbols[3]]
    with pytest.raises(FormatError):
        elf.symbols_at([len(elf.symbols)])


def test_names_overlap_and_end() -> None:
    """A name is what stands between its offset and the next zero byte, or the end of the table."""
    table = StringTable(b"\0.rela.text\0no end")
    assert table.names([1, 6, 0, 11, 12, 17]) == [".rela.text", ".text", "", "", "no end", "d"]
    assert table.names([18, 1000, 1 << 63]) == ["", "", ""]
    assert StringTable(b"").names([0, 1]) == ["", ""]


def test_names_that_are_not_utf8_keep_their_bytes() -> None:
    """Bytes that are not UTF-8 come back as the same bytes."""
    table = b"\0caf\xc3\xa9\0\xff\xfe\0"
    names = StringTable(table).names([1, 7])
    assert [name.encode("utf-8", "surrogateescape") for name in names] == [b"caf\xc3\xa9", b"\xff\xfe"]


def test_endless_names_are_refused() -> None:
    """A name of NAME_LIMIT bytes is refused, and so are names that take more than the budget together."""
    assert StringTable(b"x" * (NAME_LIMIT - 1) + b"\0").names([0]) == ["x" * (NAME_LIMIT - 1)]
    with pytest.raises(FormatError, match="a name of more than"):
        StringTable(b"x" * NAME_LIMIT + b"\0").names([0])
    with pytest.raises(FormatError, match="take more than"):
        StringTable(b"x" * 60000 + b"\0").names([0] * (NAMES_BUDGET // 60000 + 1))


def test_relocations_that_are_more_than_the_file_are_refused() -> None:
    """Thousands of sections that all claim the same bytes for one target cost nothing."""
    elf = ElfFile.open(HELLO)
    section = elf.sections[1]
    count = 60000
    whole = section._replace(type=SHT_RELA, offset=0, size=len(HELLO), info=1)
    many = ElfFile(HELLO, elf.header, (elf.sections[0], section, *[whole] * count))
    with pytest.raises(FormatError, match="larger than the file"):
        many.relocations(section)


def test_numbers_stay_in_their_section() -> None:
    """A number that is not all in its section raises FormatError, as does one of a section without contents."""
    elf = ElfFile.open(HELLO)
    versions = elf.section("__versions")
    assert versions
    assert elf.number(versions, 0, 4) == struct.unpack_from("<I", elf.contents(versions))[0]
    assert elf.number(versions, versions.size - 1, 1) == 0
    for offset, width in ((versions.size - 3, 4), (-1, 1), (1 << 64, 8)):
        with pytest.raises(FormatError):
            elf.number(versions, offset, width)
    bss = elf.section(".bss")
    assert bss
    assert elf.contents(bss) == b""
    with pytest.raises(FormatError):
        elf.number(bss, 0, 1)


def test_a_header_says_how_it_was_read() -> None:
    """`bits` and `little` of the header are those that the file was read with."""
    header = read_header(HELLO)
    assert isinstance(header, Header)
    assert (header.bits, header.little, header.type, header.shnum) == (64, True, 1, 37)

"""The reader of plain modules against the one of all modules: whatever it tells, that tells the same."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from modtools.errors import FormatError
from modtools.formats import linkage, plainlinkage
from modtools.formats.compression import decompress
from modtools.formats.elf import ElfFile
from modtools.formats.linkagevalues import Linkage
from tests import reference
from tests.properties import examples
from tests.samples import KO, SAMPLES

_NAMES = ("hello_export", "hello_use_export", "params_all", "alias_mod", "ns_user", "chain_a", "chain_b")
SEEDS = [path.read_bytes() for path in (*(KO / f"{name}.ko" for name in _NAMES), *SAMPLES)]
HELLO, USER = ((KO / f"{name}.ko").read_bytes() for name in ("hello_export", "hello_use_export"))
SEEDS += [HELLO.replace(b"\0__crc_", b"\0__none"), USER[:18] + b"\x2b\0" + USER[20:]]
"""And one without CRCs, and one of SPARC."""
_READ = (b".symtab", b".strtab", b".shstrtab", b".modinfo", b"__versions", b"__ksymtab_strings")
_ODD_OF_A_TREE = 0.02
"""The part of a tree that may be left to the other reader."""


def compared(data: bytes) -> bool:
    """Whether the file is plain; then both readers tell the same of it."""

    def source(offset: int, count: int) -> bytes:
        return data[offset : offset + count]

    plain = plainlinkage.read(source, len(data))
    if plain is not None:
        assert sorted_exports(plain) == sorted_exports(linkage.read_any(source, len(data)))
    return plain is not None


def sorted_exports(found: Linkage) -> Linkage:
    """What was read, but for the order of the exports, those that are twice there and those without a name, which mean
    nothing."""
    names = sorted({*filter(None, found.exports.split(b"\0"))})
    return found._replace(exports=b"\0".join(names), weak=list(found.weak))


@pytest.mark.parametrize("path", [KO / "chain_a.ko", *SAMPLES], ids=lambda path: path.stem)
def test_modules_of_all_processors_are_plain(path: Path) -> None:
    """Modules as compilers write them, of both classes and byte orders, are plain."""
    assert compared(path.read_bytes())


def spots(data: bytes) -> list[int]:
    """The places of bytes in a file that its reader looks at."""
    elf = ElfFile.open(data)
    headers = range(elf.header.shoff, elf.header.shoff + elf.header.shnum * elf.header.shentsize)
    found = [*range(elf.header.ehsize), *headers]
    for section in elf.sections:
        if section.name.encode() in _READ:
            found += range(section.offset, section.offset + section.size)
    return found


SPOTS = [spots(data) for data in SEEDS]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A module with other bytes at a few places that are read, or without its end."""
    at = draw(st.integers(0, len(SEEDS) - 1))
    data = bytearray(SEEDS[at])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(SPOTS[at]))
        data[place] = draw(st.sampled_from((0, 1, 2, 0xF1, 0xFF, ord("."), data[place] ^ 1, data[place] ^ 0x80)))
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


@given(damaged())
@examples(4000)
def test_damaged_modules(data: bytes) -> None:
    """A damaged module is left to the reader of all, or both tell the same of it."""
    compared(data)


def fields(data: bytes) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where the numbers are that decide what is read, how many bytes each has, and values that may decide otherwise."""
    elf = ElfFile.open(data)
    wide, count, size = elf.header.bits == 64, elf.header.shnum, len(data)
    for at in (60, 62) if wide else (48, 50):  # e_shnum, e_shstrndx
        yield at, 2, (0, 1, count - 1, count, count + 1, 0xFF)
    for index, section in enumerate(elf.sections):
        if section.name.encode() in _READ:
            start, width = elf.header.shoff + index * elf.header.shentsize, 8 if wide else 4
            yield start, 4, (0, 1, section.name_offset + 1, 0xFFFF)
            for at in (start + 24, start + 32) if wide else (start + 16, start + 20):  # sh_offset, sh_size
                old = int.from_bytes(data[at : at + width], "little" if elf.header.little else "big")
                yield at, width, (0, 1, old - 1, old + 1, old + 8, old + 24, size - 1, size, (1 << 8 * width) - 1)
    assert elf.symtab
    row, name, info, place = (24, 0, 4, 6) if wide else (16, 0, 12, 14)
    for at in range(elf.symtab.offset, elf.symtab.offset + elf.symtab.size, row):
        yield at + name, 4, (0, 1, 0xFFFF, 0x7FFFFFFF)
        yield at + info, 1, (0x20, 0x0D)
        yield at + place, 2, (0, 1, count - 1, count, 0xF1, 0xFF00, 0xFFF1, 0x01F1)


def texts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Other bytes in tables of names, with their places: names without end, twice there, or with more behind."""
    for section in ElfFile.open(data).sections:
        start, end = section.offset, section.offset + section.size
        if section.name.encode() in _READ and section.size:
            yield from ((end - 1, b"x"), (end - 1, b"\0"), (start, b"x"), (start, b"\0"))
        if section.name == "__versions":
            width = 8 if data[4] == 2 else 4
            for at in range(start, end, 64):
                yield at + width, data[start + width : start + 64]
                yield at + 62, b"x"
                yield at + width, b"x" * (64 - width)
                yield at + width, b"other"


@pytest.mark.parametrize("data", SEEDS, ids=lambda data: str(len(data)))
def test_every_number_and_text(data: bytes) -> None:
    """So it is with each number and each text at its limits, one after another."""
    for at, width, values in fields(data):
        for value in values:
            number = (value % (1 << 8 * width)).to_bytes(width, "little" if data[5] == 1 else "big")
            compared(data[:at] + number + data[at + width :])
    for at, other in texts(data):
        compared(data[:at] + other + data[at + len(other) :])


@st.composite
def renamed(draw: st.DrawFn) -> bytes:
    """A module with other names, of sections, symbols and fields, in the place of some that are as long."""
    data = draw(st.sampled_from(SEEDS))
    pairs = [
        (b"\0init_module\0", b"\0__crc_name_\0"),
        (b"\0license=", b"\0softdep="),
        (b"\0license=", b"\0aliases="),
        (b"\0author=", b"\0alias\0a="),
    ]
    pairs += [
        (b"\0.modinfo\0", b"\0.symtab\0\0"),
        (b"\0__versions\0", b"\0__versio\0\0\0"),
        (b"_printk\0", b"\0printk\0"),
    ]
    pairs += [
        (b"module_layout\0", b"module_layou\0t"),
        (b"\0.symtab\0", b"\0.strtab\0"),
        (b"\0_printk\0", b"\0.printk\0"),
    ]
    for old, new in draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=3)):
        data = data.replace(old, new, draw(st.integers(1, 3)))
    return data


@given(renamed())
@examples(400)
def test_odd_modules(data: bytes) -> None:
    """So it is where names are missing, twice there, or of another kind."""
    compared(data)


def crowded(count: int) -> bytes:
    """A module with so many CRCs, of which each one's name begins in that of the one before."""
    data = bytearray(HELLO.replace(b"\0__versions\0", b"\0__version_\0"))
    elf = ElfFile.open(HELLO)
    names = b"\0" + b"__crc_" * count + b"\0"
    symbols = bytes(24) + b"".join(struct.pack("<IBBHQQ", 1 + 6 * at, 0x10, 0, 0xFFF1, 1, 0) for at in range(count))
    places = {".symtab": (len(data), len(symbols)), ".strtab": (len(data) + len(symbols), len(names))}
    for index, section in enumerate(elf.sections):
        if section.name in places:
            header = elf.header.shoff + index * elf.header.shentsize
            struct.pack_into("<QQ", data, header + 24, *places[section.name])
    return bytes(data) + symbols + names


@pytest.mark.parametrize(("count", "plain"), [(100, True), (6000, False)])
def test_names_without_end_are_left_to_the_other_reader(count: int, plain: bool) -> None:
    """Names that overlap, so that a small file asks for hundreds of megabytes, are not put together here."""
    assert compared(crowded(count)) == plain


@pytest.mark.parametrize("left", [0, 10, 64, 3000])
def test_a_file_that_becomes_shorter_is_left_to_the_other_reader(left: int) -> None:
    """And that one says so, whatever was read before."""

    def source(offset: int, count: int) -> bytes:
        if offset + count > left:
            raise FormatError("the file became shorter while it was read", offset)
        return HELLO[offset : offset + count]

    assert plainlinkage.read(source, len(HELLO)) is None
    assert "became shorter" in linkage.read(source, len(HELLO)).problems[0][2]


def _trees() -> list[Path]:
    """The folders with modules that are on this machine."""
    roots = [reference.debian_tree(), reference.debian13_tree() / "usr", reference.debian13_arm64_tree() / "usr"]
    roots += [reference.module_trees() / name for name in reference.MODULE_TREES]
    return [root / "lib/modules" for root in roots if (root / "lib/modules").is_dir()]


@pytest.mark.slow
@pytest.mark.debian
@pytest.mark.trees
def test_trees() -> None:
    """In trees of all processors nearly every module is plain, and all plain ones are read alike."""
    for tree in _trees():
        paths = sorted(tree.rglob("*.ko*"))
        if paths[0].suffix == ".xz":  # to unpack them takes longest
            paths = random.Random(1).sample(paths, len(paths) // 4)
        odd = [path for path in paths if not compared(decompress(path.read_bytes()))]
        assert len(odd) < _ODD_OF_A_TREE * len(paths), tree

"""The reader of plain modules against the one of all modules: whatever it tells, that tells the same."""

from __future__ import annotations

import random
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from modtools.formats import linkage, plainlinkage
from modtools.formats.compression import decompress
from modtools.formats.elf import ElfFile
from modtools.formats.linkagevalues import Linkage
from tests import reference
from tests.properties import examples
from tests.samples import KO, SAMPLES

_NAMES = ("hello_export", "hello_use_export", "params_all", "alias_mod", "ns_user", "chain_a", "chain_b")
SEEDS = [path.read_bytes() for path in (*(KO / f"{name}.ko" for name in _NAMES), *SAMPLES)]
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
    """What was read, but for the order of the exports and those without a name, which mean nothing."""
    names = sorted(filter(None, found.exports.split(b"\0")))
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


@st.composite
def renamed(draw: st.DrawFn) -> bytes:
    """A module with other names, of sections, symbols and fields, in the place of some that are as long."""
    data = draw(st.sampled_from(SEEDS))
    pairs = [(b"\0init_module\0", b"\0__crc_name_\0"), (b"\0license=", b"\0softdep="), (b"\0author=", b"\0alias\0a=")]
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


def test_names_without_end_are_left_to_the_other_reader() -> None:
    """Names that overlap, so that a small file asks for gigabytes, are not put together here."""
    data = (KO / "hello_export.ko").read_bytes()
    elf = ElfFile.open(data)
    strings = next(section for section in elf.sections if section.name == ".strtab")
    crowd = b"\0" + b"__crc_" * (strings.size // 6 - 1)
    assert not compared(data[: strings.offset] + crowd.ljust(strings.size, b"\0") + b"x" * len(data))


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

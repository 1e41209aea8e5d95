"""Damaged files: the reader answers with values or FormatError, soon and in little memory, and with nothing else."""

from __future__ import annotations

import contextlib
import gzip
import lzma
import resource
import struct
import time
from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from modtools.errors import FormatError
from modtools.formats import symvers
from modtools.formats.compression import decompress
from modtools.formats.elf import ElfFile
from modtools.formats.elfvalues import SHT_REL, SHT_RELA
from modtools.formats.pkcs7 import certificates
from modtools.formats.signature import parse, split
from modtools.module import Module
from tests.properties import examples
from tests.samples import DATA, KO, SAMPLES

_NAMES = ("hello_export", "hello_use_export", "params_all", "kallsyms_mod", "ns_user", "alias_mod")
MODULES = [*(KO / f"{name}.ko" for name in _NAMES), *SAMPLES]
SEEDS = [path.read_bytes() for path in MODULES]
MESSAGES = [path.read_bytes() for path in sorted((DATA / "signatures").glob("*.[pd]*"))]
SECONDS = 1.0
MEMORY = 500 << 20

_PARTS = ("name", "modinfo", "exports", "imports", "versions", "params", "has_init", "has_exit", "elf.symbols")
_EXTREMES = (0, 1, 2, 3, 7, 11, 24, 64, 0xFF00, 0xFFF1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 31, 1 << 63, (1 << 64) - 1)

many = examples(400)


def relocations(elf: ElfFile) -> None:
    """All relocations of a file, by table and by target, until the first that is damaged."""
    for section in elf.sections:
        if section.type in (SHT_REL, SHT_RELA):
            elf.relocations_in(section)
        elf.relocated(section)


def _ask(module: Module, part: str) -> object:
    return attrgetter(part)(module)


def within_time(action: Callable[[], object]) -> None:
    """Run this; it must not take long, in the best of three runs: the first may meet others on this machine."""
    for _ in range(3):
        start = time.process_time()
        action()
        if time.process_time() - start < SECONDS:
            return
    pytest.fail(f"took more than {SECONDS} s of processor time, three times")


def read_everything(data: bytes, bits: int | None = None, little: bool | None = None) -> None:
    """Ask a module for everything; what is damaged may only raise FormatError, and all must not take long."""
    within_time(partial(_read_everything, data, bits, little))


def _read_everything(data: bytes, bits: int | None, little: bool | None) -> None:
    with contextlib.suppress(FormatError):
        _, trailer = split(data)
        if trailer:
            parse(trailer.signature)
    with contextlib.suppress(FormatError):
        module = Module.from_bytes(data, bits, little)
        questions: list[Callable[[], object]] = [partial(_ask, module, part) for part in _PARTS]
        questions += [partial(module.symvers, "x.ko"), partial(relocations, module.elf)]
        for question in questions:
            with contextlib.suppress(FormatError):
                question()


@pytest.fixture(autouse=True, scope="module")
def _little_memory() -> Iterator[None]:
    """No test here takes much more memory than there was taken before."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10 < MEMORY


seeds = st.sampled_from(SEEDS)
views = st.sampled_from([(None, None), (64, True), (32, True), (32, False), (64, False)])


@st.composite
def flipped(draw: st.DrawFn, sources: st.SearchStrategy[bytes] = seeds) -> bytes:
    """A file with a few other bytes."""
    data = bytearray(draw(sources))
    for _ in range(draw(st.integers(1, 12))):
        data[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)


@st.composite
def renumbered(draw: st.DrawFn) -> bytes:
    """A file with extreme numbers in its headers, symbols or relocations."""
    data = bytearray(draw(seeds))
    order = "<" if data[5] == 1 else ">"
    elf = ElfFile.open(bytes(data))
    tables = [(0, elf.header.ehsize), (elf.header.shoff, elf.header.shnum * elf.header.shentsize)]
    tables += [(section.offset, section.size) for section in elf.sections if section.type in (2, 4, 9) and section.size]
    for _ in range(draw(st.integers(1, 6))):
        start, size = draw(st.sampled_from(tables))
        code, width = draw(st.sampled_from([("H", 2), ("I", 4), ("Q", 8)]))
        offset = start + draw(st.integers(0, size // width - 1)) * width
        number = draw(st.sampled_from([*_EXTREMES, len(data), len(data) - 1, elf.header.shoff]))
        if offset >= 4:
            struct.pack_into(order + code, data, offset, number & ((1 << 8 * width) - 1))
    return bytes(data)


@st.composite
def spliced(draw: st.DrawFn) -> bytes:
    """The beginning of one file and the end of another, or a piece of one in another."""
    one, other = draw(seeds), draw(seeds)
    cut, start, size = (draw(st.integers(0, len(one))), draw(st.integers(0, len(other))), draw(st.integers(0, 4096)))
    return one[:cut] + other[start : start + size] + (one[cut + size :] if draw(st.booleans()) else b"")


@many
@given(flipped(), views)
def test_flipped_bits(data: bytes, view: tuple[int | None, bool | None]) -> None:
    """Bits of modules of all machines flipped anywhere."""
    read_everything(data, *view)


@many
@given(renumbered(), views)
def test_extreme_numbers(data: bytes, view: tuple[int | None, bool | None]) -> None:
    """Offsets, sizes, counts and indexes that point outside, to themselves, or are huge."""
    read_everything(data, *view)


@many
@given(spliced(), views)
def test_spliced_files(data: bytes, view: tuple[int | None, bool | None]) -> None:
    """Files put together from pieces of modules."""
    read_everything(data, *view)


@many
@given(st.binary(max_size=2000), st.booleans(), views)
def test_random_bytes(data: bytes, magic: bool, view: tuple[int | None, bool | None]) -> None:
    """Random bytes, with and without the ELF magic number."""
    read_everything(b"\x7fELF" + data if magic else data, *view)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_cut_files(path: Path) -> None:
    """Every module cut at many places."""
    data = SEEDS[MODULES.index(path)]
    for size in (*range(0, len(data), 61), *range(len(data) - 70, len(data))):
        read_everything(data[:size])


@many
@given(flipped(st.sampled_from([gzip.compress(SEEDS[0]), lzma.compress(SEEDS[0])])))
def test_flipped_bits_of_compressed_files(data: bytes) -> None:
    """Damaged gzip and xz files."""

    def unpack() -> None:
        with contextlib.suppress(FormatError):
            decompress(data)

    within_time(unpack)


@many
@given(flipped(st.sampled_from(MESSAGES)))
def test_flipped_bits_of_signatures(data: bytes) -> None:
    """Damaged PKCS#7 messages and certificates."""
    with contextlib.suppress(FormatError):
        parse(data)
    certificates(b"padding" + data)


_words = st.sampled_from(["0x1", "", "vmlinux", "EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL", "name", "\x00", "\ud800"])


@many
@given(st.lists(st.lists(_words, max_size=7).map("\t".join)).map("\n".join))
def test_damaged_symvers(text: str) -> None:
    """Lines of odd columns; what is accepted and written is read as the same."""
    with contextlib.suppress(FormatError):
        lines = symvers.parse(text)
        assert symvers.parse("\n".join(map(symvers.format, lines))) == lines


def evil(sections: int, kind: int, info: int, size: int = 1 << 20) -> bytes:
    """A module whose section headers all claim the whole file, as sections of one kind."""
    header = bytearray(SEEDS[0][:64])
    struct.pack_into("<Q", header, 40, size)
    struct.pack_into("<HHH", header, 58, 64, sections, 1)
    section = struct.pack("<IIQQQQIIQQ", 0, kind, 2, 0, 0, size, 1, info, 1, 24)
    return bytes(header).ljust(size, b"\1") + bytes(64) + section * (sections - 1)


@pytest.mark.parametrize("kind", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("info", [0, 1, 5])
def test_sections_that_all_claim_the_whole_file(kind: int, info: int) -> None:
    """Sixty thousand overlapping sections, with names, symbols or relocations of megabytes."""
    data = evil(0xFFFF, kind, info)

    def ask() -> None:
        with contextlib.suppress(FormatError):
            module = Module.from_bytes(data)
            for part in _PARTS:
                with contextlib.suppress(FormatError):
                    _ask(module, part)

    within_time(ask)


def test_names_without_end() -> None:
    """A symbol table of long names that overlap is refused, and does not fill the memory."""
    data = bytearray(SEEDS[0])
    elf = ElfFile.open(bytes(data))
    symtab = elf.symtab
    assert symtab
    strings = elf.sections[symtab.link]
    start = len(data)
    data += b"x" * 60000 + b"\0"
    symbols = len(data)
    data += struct.pack("<IBBHQQ", 1, 0, 0, 0, 0, 0) * 50000
    for section, offset, size in ((strings, start, 60001), (symtab, symbols, 24 * 50000)):
        struct.pack_into("<QQ", data, elf.header.shoff + 64 * section.index + 24, offset, size)
    read_everything(bytes(data))
    with pytest.raises(FormatError, match="take more than"):
        _ = Module.from_bytes(bytes(data)).imports

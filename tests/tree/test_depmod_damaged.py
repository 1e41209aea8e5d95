"""Damaged modules: kmod's index and words where kmod has an answer, and never more lost than the damaged part."""

from __future__ import annotations

import gzip
import lzma
import os
import random
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from modtools.formats.elf import ElfFile
from tests.depmod_trees import INDEX_FILES, KO, Tree, both, files_in, pymod
from tests.samples import SAMPLES

MODULES = [KO / f"{name}.ko" for name in ("hello_export", "hello_use_export", "alias_mod", "weak_user")] + SAMPLES
VARIANTS = 800


class Parts(NamedTuple):
    """Which bytes of a module are numbers in its headers, and which say in what section something is."""

    headers: list[int]
    indexes: frozenset[int]


def parts(data: bytes) -> Parts:
    """The parts of a module. kmod ends by abort() when it is sent to a section that there is not."""
    elf = ElfFile.open(data)
    header, symbols = elf.header, elf.symtab
    assert symbols
    bits = header.bits == 64
    names = header.shoff + header.shstrndx * header.shentsize
    table = range(header.shoff, header.shoff + header.shnum * header.shentsize)
    start, size, place = (60, 24, 6) if bits else (48, 16, 14)
    of_symbols = range(symbols.offset + place, symbols.offset + symbols.size, size)
    indexes = {*range(start, start + 4), *range(names, names + header.shentsize), *of_symbols}
    return Parts([*range(header.ehsize), *table], frozenset(indexes | {offset + 1 for offset in of_symbols}))


def flipped(data: bytes, seed: int) -> Iterator[bytes]:
    """Copies with one other byte each; names stay ASCII, because kmod ends at any other character."""
    chance = random.Random(seed)
    headers, indexes = parts(data)
    spots = {*chance.sample(headers, min(len(headers), VARIANTS // 2)), *chance.sample(range(len(data)), VARIANTS // 2)}
    for spot in sorted(spots - indexes):
        change = chance.choice((0xFF, 0x80, 1, 0x10, data[spot] or 7) if spot in headers else (1, 4, 0x10))
        yield data[:spot] + bytes([data[spot] ^ change]) + data[spot + 1 :]


def truncated(data: bytes, seed: int) -> Iterator[bytes]:
    """Copies that end too early."""
    ends = random.Random(seed).sample(range(len(data)), min(len(data), VARIANTS))
    return (data[:end] for end in sorted({*ends, *range(0, min(130, len(data)), 7), len(data) - 1}))


def spoiled(data: bytes, seed: int) -> Iterator[bytes]:
    """Copies with several other bytes each, in the headers."""
    chance = random.Random(seed)
    headers, indexes = parts(data)
    spots = [spot for spot in headers if spot not in indexes]
    for _ in range(VARIANTS // 2):
        copy = bytearray(data)
        for spot in chance.sample(spots, 4):
            copy[spot] = chance.choice((0, 0xFF, 1, chance.randrange(256)))
        yield bytes(copy)


@pytest.mark.kmod
@pytest.mark.parametrize("damage", [flipped, truncated, spoiled])
@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_damaged_in_turn(module: Path, damage: object, kmod_tools: Path, tmp_path: Path) -> None:
    """A module damaged in one place after another gives at each place the index and the messages that kmod gives."""
    assert callable(damage)
    tree = Tree(tmp_path / "root").put("", "chain_a", "chain_b", "chain_c", "hello_export")
    for number, data in enumerate(damage(module.read_bytes(), seed=sum(module.stem.encode()))):
        tree.write(f"damaged/m{number:04}.ko", data)
    (tmp_path / "symvers").write_text("0x92997ed8\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n")
    ours, theirs = both(kmod_tools, tree.order(), tmp_path, "-e", "-E", str(tmp_path / "symvers"))
    if theirs.status:
        # A header that points elsewhere made names of any bytes, and kmod gave up at the first that is not ASCII.
        assert theirs.errors.count(b"FATAL: Module index: bad character") == 1
        whole = {name: content for name, content in theirs.files.items() if name in INDEX_FILES}
        assert {name: ours.files[name] for name in whole} == whole
        ours = ours._replace(files=theirs.files)
    assert not ours.differences(theirs)


def damaged_files() -> dict[str, bytes]:
    """Files that are no modules, or cannot be unpacked."""
    good, large = (KO / "hello_export.ko").read_bytes(), random.Random(1).randbytes(50_000)
    packed, long = lzma.compress(good), lzma.compress(large)
    zstd = (KO / "hello_export.ko.zst").read_bytes()
    return {
        "empty.ko": b"",
        "short.ko": b"12345",
        "text.ko": b"This is no module, but it is long enough to be looked at.",
        "cut.ko": good[:2000],
        "text.ko.xz": b"This is not packed with xz.",
        "raw.ko.xz": good,
        "gzipped.ko": gzip.compress(good),
        "cut.ko.xz": packed[: len(packed) // 2],
        "changed.ko.xz": packed[:700] + bytes([packed[700] ^ 255]) + packed[701:],
        "head.ko.xz": packed[:7] + bytes([packed[7] ^ 255]) + packed[8:],
        "more.ko.xz": packed + b"more",
        "padded.ko.xz": packed + bytes(4),
        "twice.ko.xz": packed + packed,
        "longcut.ko.xz": long[:30_000],
        "longchanged.ko.xz": long[:20_000] + b"changed" + long[20_007:],
        "cut.ko.zst": zstd[:1000],
        "changed.ko.zst": zstd[:-1] + bytes([zstd[-1] ^ 255]),
        "nomodule.ko.zst": zstd[:4],
    }


@pytest.mark.kmod
def test_files_that_are_no_modules(kmod_tools: Path, tmp_path: Path) -> None:
    """What is empty, short, no ELF file or cannot be unpacked is listed, and complained of in kmod's words."""
    tree = Tree(tmp_path / "root").put("", "chain_a", "chain_b", "chain_c")
    for number, (name, data) in enumerate(damaged_files().items()):
        tree.write(f"{number:02}{name}", data)
    os.mkfifo(tree.folder / "pipe.ko")
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert not ours.differences(theirs)
    assert ours.errors.count(b"failed to load symbols") > 10


def test_a_damaged_module_is_named_with_the_reason(tmp_path: Path) -> None:
    """pymod tells which file is damaged, and how; it writes the rest of the index, and with --strict ends with 1."""
    tree = Tree(tmp_path / "root").put("", "chain_a", "chain_b", "chain_c")
    for name, data in damaged_files().items():
        tree.write(f"bad_{name.replace('.', '_')}.ko", data)
    for options, status in (([], 0), (["--strict"], 1)):
        done = pymod(["depmod", *options, "-b", str(tree.root), tree.release], called="pymod")
        assert done.returncode == status
        lines = [line for line in done.stderr.decode().splitlines() if "/bad_" in line]
        told = {line.split("/bad_")[1].split(".ko:")[0]: line for line in lines}
        assert {"empty_ko", "text_ko", "cut_ko", "cut_ko_xz", "changed_ko_xz", "cut_ko_zst"} <= told.keys()
        assert "Invalid argument (xz: File is corrupt)" in told["changed_ko_xz"]
        assert "Exec format error (not an ELF file" in told["text_ko"]
        assert b"chain_a.ko: chain_b.ko chain_c.ko\n" in files_in(tree.folder)["modules.dep"]


def test_a_module_whose_needs_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Of a damaged symbol table kmod says nothing; pymod does, except in kmod's place."""
    data = bytearray((KO / "hello_use_export.ko").read_bytes())
    elf = ElfFile.open(bytes(data))
    section = elf.section(".symtab")
    assert section
    struct.pack_into("<Q", data, elf.header.shoff + 64 * section.index + 32, section.size - 1)
    tree = Tree(tmp_path / "root").put("", "hello_export").write("hello_use_export.ko", bytes(data)).order()
    words = ["-b", str(tree.root), tree.release]
    told = pymod(["depmod", *words], called="pymod").stderr.decode()
    assert "hello_use_export.ko: what this module needs is not known (no symbol table" in told
    assert pymod(words).stderr == b""


@pytest.mark.kmod
@pytest.mark.parametrize("index", [0, 0xFFFF, 1000])
def test_where_kmod_aborts(index: int, kmod_tools: Path, tmp_path: Path) -> None:
    """A header that names no section for the names of sections is the end of kmod, and of pymod in its place.

    Else it is an error of that module alone.
    """
    good = (KO / "chain_c.ko").read_bytes()
    tree = Tree(tmp_path / "root").put("", "hello_export").write("a.ko", b"no module").order()
    tree.write("m.ko", good[:62] + struct.pack("<H", index) + good[64:])
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert not ours.differences(theirs)
    assert ours.status == -signal.SIGABRT
    done = pymod(["depmod", "-b", str(tree.root), tree.release], called="pymod")
    assert done.returncode == 0
    assert done.stderr.count(b"failed to load symbols") == 2
    assert files_in(tree.folder)["modules.dep"] == b"a.ko:\nhello_export.ko:\nm.ko:\n"


@pytest.mark.kmod
def test_where_a_crc_is_nowhere(kmod_tools: Path, tmp_path: Path) -> None:
    """The same holds for a CRC in a section that there is not; pymod takes it for one that fits nothing."""
    data = (KO / "hello_export.ko").read_bytes()
    elf = ElfFile.open(data)
    symbols = elf.symtab
    assert symbols
    (number,) = (at for at, symbol in enumerate(elf.symbols) if symbol.name == "__crc_hello_export")
    start = symbols.offset + 24 * number + 6
    tree = Tree(tmp_path / "root").put("", "hello_use_export")
    tree.write("hello_export.ko", data[:start] + struct.pack("<H", 500) + data[start + 2 :]).order()
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert not ours.differences(theirs)
    assert ours.status == -signal.SIGABRT
    assert pymod(["depmod", "-b", str(tree.root), tree.release], called="pymod").returncode == 0
    assert b"hello_use_export.ko: hello_export.ko" in files_in(tree.folder)["modules.dep"]


@pytest.mark.kmod
def test_what_no_index_can_hold(kmod_tools: Path, tmp_path: Path) -> None:
    """An alias that is not ASCII ends kmod half-way; pymod says the same, ends with 1 too, and writes all the rest."""
    good = (KO / "alias_mod.ko").read_bytes()
    tree = Tree(tmp_path / "root").put("", "hello_export", "chain_a", "chain_b", "chain_c")
    tree.write("alias_mod.ko", good.replace(b"alias=oracle-alias", b"alias=oracle\xffalias")).order()
    ours, theirs = both(kmod_tools, tree, tmp_path)
    assert (ours.status, ours.errors) == (theirs.status, theirs.errors) == (1, ours.errors)
    assert b"bad character '\xff'=0xff" in ours.errors
    whole = {name: content for name, content in theirs.files.items() if name in INDEX_FILES}
    assert {name: ours.files[name] for name in whole} == whole
    assert b"ild_*" in ours.files["modules.alias.bin"]
    assert tuple(ours.files) == INDEX_FILES


def test_unreadable_modules(tmp_path: Path) -> None:
    """A file that may not be read is named, and does not keep the others from the index."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    tree = Tree(tmp_path / "root").put("", "chain_a", "chain_b", "chain_c").order()
    (tree.folder / "chain_b.ko").chmod(0)
    done = pymod(["-b", str(tree.root), tree.release])
    assert b"chain_b.ko: Permission denied" in done.stderr
    assert files_in(tree.folder)["modules.dep"] == b"chain_a.ko:\nchain_b.ko:\nchain_c.ko:\n"


def test_gzipped_modules(tmp_path: Path) -> None:
    """Modules packed with gzip have the index of plain ones with other names; a plain file of the name comes first."""
    names = ("chain_a", "chain_b", "chain_c", "alias_mod", "hello_export")
    plain, packed = Tree(tmp_path / "plain").put("", *names), Tree(tmp_path / "packed")
    for name in names:
        packed.write(f"{name}.ko.gz", gzip.compress((KO / f"{name}.ko").read_bytes()))
    packed.write("modules.order", plain.order().folder.joinpath("modules.order").read_bytes())
    for tree in (plain, packed):
        assert pymod(["depmod", "-b", str(tree.root), tree.release], called="pymod").stderr == b""
    expected = {name: content.replace(b".ko", b".ko.gz") for name, content in files_in(plain.folder).items()}
    texts = [name for name in expected if not name.endswith(".bin")]
    assert {name: files_in(packed.folder)[name] for name in texts} == {name: expected[name] for name in texts}
    shutil.copy(KO / "chain_b.ko", packed.folder)
    subprocess.run(["touch", str(packed.folder / "chain_b.ko")], check=True)
    assert pymod(["depmod", "-b", str(packed.root), packed.release], called="pymod").returncode == 0
    assert b"chain_a.ko.gz: chain_b.ko chain_c.ko.gz\n" in files_in(packed.folder)["modules.dep"]
    assert pymod(["-b", str(packed.root), packed.release]).returncode == 0
    assert files_in(packed.folder)["modules.dep"] == b"chain_b.ko:\n", "a link is Debian's depmod"

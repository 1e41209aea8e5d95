"""What is read out of a kernel image is what the kernel's own package says of it, and is remembered."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from modtools import profiles
from modtools.errors import FormatError, PymodError
from modtools.formats import kernelimage
from modtools.profiles import types
from modtools.sources.image import from_image, is_image, read
from tests.reference import RELEASE, RELEASE_13, debian13_tree
from tools import btf

FILES = (
    "exports.bin",
    "kallsyms.bin",
    "builtin.json",
    "structs.jsonl",
    "prototypes.bin",
    "certificates.pem",
    "types.btf",
)


def vmlinuz() -> Path:
    """The boot image of Debian 13."""
    return debian13_tree() / f"boot/vmlinuz-{RELEASE_13}"


@pytest.mark.debian13
def test_an_image_tells_what_the_built_in_profile_has(tmp_path: Path) -> None:
    """Of Debian 13's kernel, all facts; the second time they come from the cache."""
    assert is_image(vmlinuz())
    known = profiles.load("debian-13")
    for _ in range(2):
        found = from_image(vmlinuz(), tmp_path)
        assert (found.release, found.machine, found.vermagic) == (known.release, known.machine, known.vermagic)
        files = set(profiles.FILES) - {"tasks.tsv"}  # which a machine that runs tells
        assert (found.version, found.notes, set(found.files)) == (known.version, (), files)
        assert found.symbols == {symbol.name: symbol for symbol in known.exports}
        assert types.decode(found.files["types.btf"]) == btf.image(debian13_tree()).table(".BTF")[1]
        assert {"symbols", "crcs", "gpl", "namespaces", "builtin", "keys"} <= found.knows
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".kernel"


@pytest.mark.debian13
def test_an_image_without_headers_of_sections_tells_the_same(tmp_path: Path) -> None:
    """The tables are found by the symbols around them where nothing but segments is named."""
    data = bytearray(kernelimage.unpack(vmlinuz().read_bytes()).data)
    data[0x28:0x30] = bytes(8)
    data[0x3A:0x40] = bytes(6)
    path = tmp_path / "vmlinux"
    path.write_bytes(data)
    known, found = profiles.load("debian-13"), from_image(path)
    assert found.symbols == {symbol.name: symbol for symbol in known.exports}
    assert found.files["builtin.json"] == known.files.read("builtin.json")
    assert found.files["certificates.pem"] == known.files.read("certificates.pem")
    assert found.notes == ()


@pytest.mark.debian13
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_image_is_refused_or_read(seed: int) -> None:
    """Cut, or changed where its tables are, an image is a reason or says in notes what is lost."""
    rng = random.Random(seed)
    data = bytearray(kernelimage.unpack(vmlinuz().read_bytes()).data)
    if seed % 2:
        del data[rng.randrange(len(data)) :]
    else:
        begin = struct.unpack_from("<Q", data, 0x28)[0]
        for _ in range(4):
            data[begin + rng.randrange(45 * 64)] = rng.randrange(256)
        for _ in range(3000):
            data[0x1860000 + rng.randrange(0x700000)] = rng.randrange(256)
    try:
        read(bytes(data))
    except (FormatError, struct.error, IndexError, KeyError, ValueError, OverflowError):
        return


@pytest.mark.debian
def test_the_image_of_debian_12_tells_what_its_profile_has(debian_tree: Path) -> None:
    """An older order of the table of symbols, packed with xz."""
    known, found = profiles.load(), from_image(debian_tree / f"boot/vmlinuz-{RELEASE}")
    assert found.symbols == {symbol.name: symbol for symbol in known.exports}
    assert found.notes == ()


@pytest.mark.parametrize("content", [b"", b"text", b"\x7fELF", b"\x7fELF\2\1\1" + bytes(60), b"\x1f\x8b"])
def test_what_is_no_image_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    """No traceback, nothing in the cache."""
    path = tmp_path / "vmlinuz"
    path.write_bytes(content)
    with pytest.raises(PymodError, match="vmlinuz"):
        from_image(path, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    with pytest.raises(PymodError, match="No such file"):
        from_image(tmp_path / "none")


@pytest.mark.debian13
def test_others_files_in_the_cache_do_not_count_and_stay(tmp_path: Path) -> None:
    """A link in a file's place is replaced and not followed; what is not of pymod's form is not read."""
    from_image(vmlinuz(), tmp_path)
    (kept,) = tmp_path.iterdir()
    theirs = tmp_path / "theirs"
    theirs.write_bytes(kept.read_bytes())
    before = theirs.read_bytes()
    kept.unlink()
    kept.symlink_to(theirs)
    assert from_image(vmlinuz(), tmp_path).release == RELEASE_13
    assert (theirs.read_bytes(), kept.is_symlink()) == (before, False)
    kept.write_bytes(before[:-1])
    assert from_image(vmlinuz(), tmp_path).release == RELEASE_13
    assert theirs.exists()

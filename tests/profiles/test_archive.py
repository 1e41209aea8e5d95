"""A kernel that was booted from files is kept as a profile in one file, which damage never breaks pymod with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import profiles
from modtools.errors import FormatError, PymodError
from modtools.profiles import archive
from modtools.profiles.exports import ExportedSymbol, encode

FACTS = {
    "title": "mine",
    "alias": "",
    "release": "6.9.1",
    "machine": "x86_64",
    "hardware": "qemu-pc",
    "vermagic": "6.9.1 SMP ",
    "version": "",
    "cmdline": "",
    "config": {"MODULES": "y"},
}
SYMBOL = ExportedSymbol("mine", 1, True, "", 16, "T")
WHOLE = archive.pack(FACTS, {"exports.bin": encode([SYMBOL])})


def test_a_saved_profile_is_found_by_its_name(tmp_path: Path) -> None:
    """It is listed and loaded beside the built-in ones; what its files do not tell is empty, and known as such."""
    saved = tmp_path / "kernels"
    assert profiles.names(saved) == profiles.names()
    profiles.save("my-kernel", WHOLE, saved)
    assert set(profiles.names(saved)) == {*profiles.names(), "my-kernel"}
    found = profiles.load("my-kernel", saved)
    assert (found.release, list(found.exports), found.config) == ("6.9.1", [SYMBOL], {"MODULES": "y"})
    assert (found.kallsyms, found.builtin, found.certificates, found.structures.names) == ([], {}, (), [])
    assert found.prototypes == {}
    assert [found.has(name) for name in ("exports.bin", "kallsyms.bin")] == [True, False]


@pytest.mark.parametrize("name", ["", "a/b", "..", ".hidden", "debian-12", profiles.DEFAULT, "a" * 200, "a\n"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    """Paths, and names of built-in kernels, are not written."""
    with pytest.raises(PymodError):
        profiles.save(name, WHOLE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_profile_is_not_read_through_a_link(tmp_path: Path) -> None:
    """Nor is the file that such a link leads to written to."""
    target = tmp_path / "target"
    target.write_bytes(b"theirs")
    (tmp_path / f"mine{profiles.SUFFIX}").symlink_to(target)
    with pytest.raises(PymodError, match="mine"):
        profiles.load("mine", tmp_path)
    with pytest.raises(PymodError, match="saved already"):
        profiles.save("mine", WHOLE, tmp_path)
    profiles.save("mine", WHOLE, tmp_path, force=True)
    assert target.read_bytes() == b"theirs"
    assert profiles.load("mine", tmp_path).release == "6.9.1"


@given(st.data())
def test_a_damaged_archive_is_refused_or_read(data: st.DataObject) -> None:
    """Cut or changed at any place, it is a FormatError or still an archive."""
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    changed = bytearray(WHOLE)
    changed[at] = data.draw(st.integers(0, 255))
    for damaged in (bytes(changed), WHOLE[:at]):
        try:
            list(profiles.of_archive("x", damaged).exports)
        except FormatError:
            continue

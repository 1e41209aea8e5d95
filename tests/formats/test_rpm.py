"""Packages of RPM's, and the cpio archives in them, read forward."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import cpio as archive
from modtools.formats import rpm
from modtools.formats.compression import TooLarge
from tests.packed import PACKERS, cpio
from tests.packed import rpm as package

FILES = {"./boot/vmlinuz": b"image", "usr/empty": b"", f"lib/{'long/' * 60}name": bytes(1025), "ünï": b"x" * 512}
OTHERS = {
    "folder": (0o40755, b""),
    "link": (0o120777, b"/etc/passwd"),
    "device": (0o20644, b""),
    "pipe": (0o10644, b""),
}


def found(data: bytes) -> list[tuple[str, bytes]]:
    """The path and the content of each file of a package."""
    return [(member.name, b"".join(member.pieces)) for member in rpm.members(io.BytesIO(data))]


@pytest.mark.parametrize("pack", [*PACKERS, ""])
def test_a_package_installs_its_regular_files(pack: str) -> None:
    """Packed in each way, with paths of any length; links, folders, devices and pipes are passed over."""
    files = [(name.removeprefix("./"), content) for name, content in FILES.items()]
    assert found(package(cpio(FILES, OTHERS), pack)) == files


def test_of_several_links_the_one_with_the_content_counts() -> None:
    """The others are empty in the archive."""
    linked = cpio({"one": b"", "two": b"content"})
    at = 6 + 4 * 8  # where each header has the number of links
    second = linked.index(b"070701", 1)
    changed = bytearray(linked)
    for start in (0, second):
        changed[start + at : start + at + 8] = b"00000002"
    assert found(package(bytes(changed))) == [("two", b"content")]


WHOLE = package(cpio(FILES, OTHERS), "")


@given(st.integers(0, len(WHOLE)), st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), max_size=4))
def test_damage_is_told_and_harms_nothing(end: int, places: dict[int, int]) -> None:
    """A cut package and one with changed bytes are read, or refused with FormatError."""
    changed = bytearray(WHOLE)
    for place, value in places.items():
        changed[place] = value
    try:
        files = found(bytes(changed[:end]))
    except FormatError:
        return
    assert sum(len(content) for _, content in files) <= len(WHOLE)


HEAD = package(b"", "")
ONE = cpio({"x": b""})


def changed(field: int, digits: bytes) -> bytes:
    """A package of one file with another number in its header."""
    at = 6 + 8 * field
    return package(ONE[:at] + digits + ONE[at + 8 :], "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no package of RPM"),
        (HEAD[:100], "a header of the package is damaged"),
        (HEAD, "the package ends before its files"),
        (package(b"07070X00000000" + bytes(200), ""), "of the form b'07070X'"),
        (package(b"070701zz" + bytes(200), ""), "a header of the archive is damaged"),
        (changed(6, b"ffffffff"), "the archive ends after"),
        (changed(11, b"ffffffff"), "a path of the archive has 4294967295 bytes"),
        (changed(11, b"00000000"), "a path of the archive has 0 bytes"),
    ],
)
def test_hostile_packages_are_refused(data: bytes, words: str) -> None:
    """With what is wrong, and where."""
    with pytest.raises(FormatError, match=words):
        found(data)


def test_members_without_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package may have so many files and no more."""
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1000)
    with pytest.raises(FormatError, match="the archive has more than 1000 members"):
        found(package(ONE[:112] * 1001, ""))


@pytest.mark.parametrize("pack", ["gz", "xz", "zst"])
def test_a_small_package_does_not_unpack_to_much(pack: str) -> None:
    """What unpacks to many times its size is given up."""
    with pytest.raises(TooLarge, match="the archive unpacks to more than 32 MiB"):
        found(package(cpio({"boot/vmlinuz": bytes(64 << 20)}), pack))

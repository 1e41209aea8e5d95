"""Tar archives and Debian packages, read forward; the reference is Python's tarfile."""

from __future__ import annotations

import io
import itertools
import tarfile
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import deb, forward
from modtools.formats import tar as reader
from modtools.formats.compression import TooLarge
from tests.packed import PACKERS, ar, other, tar
from tests.packed import deb as package

FORMS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
FILES = {"./boot/vmlinuz": b"image", "usr/empty": b"", f"lib/{'long/' * 60}name": bytes(1025), "ünï": b"x" * 512}
SHORT = {name: content for name, content in FILES.items() if len(name) < 100}


def found(data: bytes) -> list[tuple[str, bytes]]:
    """The path and the content of each member."""
    pieces = forward.Forward(iter([data[:700], data[700:]]))
    return [(member.name, b"".join(member.pieces)) for member in reader.members(pieces)]


def in_deb(data: bytes) -> list[tuple[str, bytes]]:
    """The same of a package."""
    return [(member.name, b"".join(member.pieces)) for member in deb.members(io.BytesIO(data))]


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_of_tar_are_read(form: str) -> None:
    """Long paths in GNU's and in pax's way, and files of any size, are what they were; "./" is left out."""
    files = SHORT if form == "ustar" else FILES
    assert found(tar(files, FORMS[form])) == [(name.removeprefix("./"), data) for name, data in files.items()]


@given(
    st.dictionaries(st.text("ab/.ü", min_size=1, max_size=200).filter(lambda name: name.strip("./")), st.binary()),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
)
def test_the_files_are_those_that_tarfile_finds(files: dict[str, bytes], form: int) -> None:
    """Whatever they are called and however long they are."""
    data = tar(files, form)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        theirs = [(member.name, archive.extractfile(member)) for member in archive if member.isreg()]
    contents = [content.read() for _, content in theirs if content]
    assert [content for _, content in found(data)] == contents
    names = [name.strip("/") for name, _ in found(data)]
    assert names == [name.removeprefix("./").strip("/") for name, _ in theirs]


def test_what_is_no_file_is_passed_over() -> None:
    """Folders, links, devices and pipes, also with long names."""
    kinds = (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    others = [other(f"{'long' * 40}{kind!r}", kind, "/etc/passwd" * 20) for kind in kinds]
    assert found(tar({"file": b"content"}, others=others)) == [("file", b"content")]


def test_members_need_not_be_read() -> None:
    """Who passes over a member, or stops inside of one, gets the next one whole."""
    pieces = forward.Forward(iter([tar({"one": bytes(2000), "two": b"2" * 999, "three": b"3"})]))
    took = {
        member.name: b"".join(itertools.islice(member.pieces, member.name == "three"))
        for member in reader.members(pieces)
    }
    assert took == {"one": b"", "two": b"", "three": b"3"}


def damaged(data: bytes, places: dict[int, int]) -> bytes:
    """The same with other bytes in some places."""
    changed = bytearray(data)
    for place, value in places.items():
        changed[place % len(changed)] = value
    return bytes(changed)


WHOLE = tar(FILES, tarfile.PAX_FORMAT)


@given(st.integers(0, len(WHOLE)), st.dictionaries(st.integers(0, len(WHOLE)), st.integers(0, 255), max_size=4))
def test_damage_is_told_and_harms_nothing(end: int, places: dict[int, int]) -> None:
    """A cut archive and one with changed bytes are read, or refused with FormatError."""
    try:
        members = found(damaged(WHOLE, places)[:end])
    except FormatError:
        return
    assert sum(len(content) for _, content in members) <= len(WHOLE)


def test_a_damaged_header_is_not_the_end() -> None:
    """What follows a header whose checksum is wrong is not silently left out, as tarfile does."""
    data = tar({"one": b"1", "two": b"2"})
    changed = damaged(data, {1024: 0x7A})
    with tarfile.open(fileobj=io.BytesIO(changed)) as archive:
        assert archive.getnames() == ["one"]
    with pytest.raises(FormatError, match="a header of the archive is damaged: bad checksum at offset 0x400"):
        found(changed)


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """One header that promises so much."""
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (header("x", 1 << 62), "the archive ends after 512 bytes"),
        (header("x", -512), "has the size -512"),
        (header("x", 1 << 40, tarfile.GNUTYPE_LONGNAME), f"a header of the archive has {1 << 40} bytes"),
        (header("x", 1 << 40, tarfile.XHDTYPE), f"a header of the archive has {1 << 40} bytes"),
        (header("x", 5000, tarfile.GNUTYPE_LONGNAME) + b"n" * 5120 + header("x", 0), "has 5000 characters"),
        (
            header("x", 9, tarfile.XHDTYPE) + b"7 size=-1".ljust(512, b"\0"),
            "an extended header of the archive is damaged",
        ),
        (header("x", 10, tarfile.XHDTYPE) + b"10 size=-1".ljust(512, b"\0") + header("y", 3), "has the size '-1'"),
        (header("x", 3, tarfile.GNUTYPE_SPARSE), "x is a sparse file"),
    ],
)
def test_hostile_headers_are_refused(data: bytes, words: str) -> None:
    """Sizes that cannot be, and names without end."""
    with pytest.raises(FormatError, match=words):
        found(data)


def test_members_without_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive may have so many and no more."""
    monkeypatch.setattr(reader, "MOST_MEMBERS", 1000)
    assert len(found(header("x", 0) * 999 + bytes(1024))) == 999
    with pytest.raises(FormatError, match="the archive has more than 1000 members"):
        found(header("x", 0) * 1001)


@pytest.mark.parametrize("pack", [*PACKERS, ""])
def test_a_package_installs_what_its_data_archive_has(pack: str) -> None:
    """Packed in each of the ways that dpkg has, or not at all."""
    assert in_deb(package(tar(FILES), pack)) == found(tar(FILES))


DEB = package(tar({"boot/vmlinuz": b"image" * 50}), "gz")


@given(st.integers(0, len(DEB)), st.dictionaries(st.integers(0, len(DEB)), st.integers(0, 255), max_size=4))
def test_damaged_packages_are_told(end: int, places: dict[int, int]) -> None:
    """A cut package, or one with changed bytes, is read or refused with FormatError."""
    try:
        in_deb(damaged(DEB, places)[:end])
    except FormatError:
        return


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no archive of ar"),
        (ar({}), "the archive ends before its data.tar"),
        (ar({"debian-binary": b"2.0\n", "control.tar": b""}), "the archive ends before its data.tar"),
        (ar({f"member{number}": b"" for number in range(20)}), "no data.tar is among the first members"),
        (ar({"debian-binary": b"2.0"}) + b"x" * 60, "a header of the archive is damaged"),
        (ar({"data.tar": b"short"}), "the archive ends after 5 bytes, inside of a header"),
        (ar({"data.tar.xz": PACKERS["xz"](tar(FILES))})[:200], "the file ends .* bytes early"),
    ],
)
def test_what_is_no_package_is_refused(data: bytes, words: str) -> None:
    """With what is missing, and where."""
    with pytest.raises(FormatError, match=words):
        in_deb(data)


def zeros(count: int) -> Iterator[bytes]:
    """So many mebibytes of zeros."""
    return itertools.repeat(bytes(1 << 20), count)


@pytest.mark.parametrize("pack", ["gz", "xz", "zst"])
def test_a_small_package_does_not_unpack_to_much(pack: str) -> None:
    """What unpacks to many times its size is given up, before it has taken time or memory."""
    bomb = header("boot/vmlinuz", 1 << 30) + b"".join(zeros(64))
    with pytest.raises(TooLarge, match="the archive unpacks to more than 32 MiB"):
        in_deb(ar({f"data.tar.{pack}": PACKERS[pack](bomb)}))


def test_a_stream_that_wants_more_memory_than_there_is_for_it_is_refused() -> None:
    """One of xz whose header asks for a dictionary of 4 GiB."""
    stream = bytearray(PACKERS["xz"](tar(FILES)))
    end = 12 + (stream[12] + 1) * 4  # of the header of the block: its size, flags, filter LZMA2, size 1, dictionary
    stream[16] = 40
    stream[end - 4 : end] = zlib.crc32(stream[12 : end - 4]).to_bytes(4, "little")
    with pytest.raises(FormatError, match="Memory usage limit exceeded"):
        in_deb(ar({"data.tar.xz": bytes(stream)}))

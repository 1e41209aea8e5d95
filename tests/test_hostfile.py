"""Files on a disk that others write to as well."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools import hostfile

WRITERS: dict[str, Callable[[Path], None]] = {
    "create": lambda path: os.close(hostfile.create(path)),
    "write_new": lambda path: hostfile.write_new(path, b"ours"),
    "replace by way of it": lambda path: hostfile.replace(path.with_name("place"), b"ours", temporary=path),
}


def _file(path: Path) -> None:
    path.write_bytes(b"theirs")


def _link(path: Path) -> None:
    path.with_name("victim").write_bytes(b"theirs")
    path.symlink_to("victim")


def _dangling(path: Path) -> None:
    path.symlink_to("victim")


def _hard_link(path: Path) -> None:
    path.with_name("victim").write_bytes(b"theirs")
    path.hardlink_to(path.with_name("victim"))


def _everything(folder: Path) -> dict[str, object]:
    return {
        path.name: path.readlink() if path.is_symlink() else path.is_fifo() or path.read_bytes()
        for path in folder.iterdir()
    }


@pytest.mark.parametrize("taken_by", [_file, _link, _dangling, _hard_link, os.mkfifo], ids=lambda f: f.__name__)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_new_file_takes_nobodys_name(tmp_path: Path, writer: str, taken_by: Callable[[Path], None]) -> None:
    """Where anything has the name already, nothing is opened, emptied, removed or made behind a link."""
    taken_by(tmp_path / "name")
    before = _everything(tmp_path)
    with pytest.raises(FileExistsError):
        WRITERS[writer](tmp_path / "name")
    assert _everything(tmp_path) == before


@pytest.mark.parametrize("place", [_file, _link, _dangling, _hard_link], ids=lambda f: f.__name__)
def test_a_replaced_link_leaves_its_target(tmp_path: Path, place: Callable[[Path], None]) -> None:
    """replace() puts the new file under the name itself; what a link there named stays, and no other file is left."""
    place(tmp_path / "name")
    others = {name: what for name, what in _everything(tmp_path).items() if name != "name"}
    hostfile.replace(tmp_path / "name", b"ours", 0o600)
    assert _everything(tmp_path) == others | {"name": b"ours"}
    assert (tmp_path / "name").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A full disk, or a rename that is refused: the old file stays whole, and nothing is beside it."""

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "name").write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        hostfile.replace(tmp_path / "name", b"new")
    assert _everything(tmp_path) == {"name": b"old"}


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A device, a FIFO that nobody writes to, a folder, a link where links are not wanted: an error, at once."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for path in (tmp_path / "fifo", tmp_path / "zero", tmp_path, "/dev/zero"):
        with pytest.raises(OSError, match=r"Not a regular file|Is a directory"):
            hostfile.read(path, 10)
    (tmp_path / "file").write_bytes(b"1234567890")
    (tmp_path / "link").symlink_to("file")
    assert hostfile.read(tmp_path / "link", 10) == b"1234567890"
    with pytest.raises(OSError, match="Not a regular file"):
        hostfile.read(tmp_path / "link", 10, follow=False)


@pytest.mark.parametrize("path", ["file", "/proc/self/maps"])
def test_no_more_is_read_than_the_limit(tmp_path: Path, path: str) -> None:
    """A file that is larger than it may be, or says that it is empty and is not, is an error."""
    (tmp_path / "file").write_bytes(b"1234567890")
    with pytest.raises(OSError, match="More than 0 MB") as error:
        hostfile.read(tmp_path / path, 9)
    assert error.value.errno == errno.EFBIG

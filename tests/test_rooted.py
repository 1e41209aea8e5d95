"""Paths below a root lead where they would if the root were `/`, whatever links there are: as under chroot(2)."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import rooted
from modtools.rooted import Rooted

as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="chroot needs root")

NAMES = st.sampled_from(["a", "b", "c"])
STEPS = st.sampled_from(["a", "b", "c", "a", "b", "c", "..", "..", ".", ""])
PATHS = st.lists(STEPS, max_size=7).map("/".join)
TARGETS = st.builds(lambda start, path: start + path or ".", st.sampled_from(["", "/", "/tmp/", "//"]), PATHS)
TREES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(["folder", "file"]) | TARGETS), max_size=12
)
Answer = tuple[object, ...]


WAYS: dict[str, dict[str, object]] = {
    "openat2": {"_FEW": 0},
    "first paths": {"_FEW": 1 << 30},
    "without openat2": {"_FEW": 1 << 30, "_openat2": lambda: None},
    "as on other systems": {"_FEW": 1 << 30, "_openat2": lambda: None, "_PATH": 0},
}
"""Every way of resolving a path, and what of `rooted` makes it be taken."""


def is_here(way: str) -> bool:
    """Return whether this system has a way."""
    return "_openat2" in WAYS[way] or rooted._openat2() is not None


def take(way: str, patch: pytest.MonkeyPatch) -> None:
    """Have paths resolved in this way."""
    for name, value in WAYS[way].items():
        patch.setattr(rooted, name, value)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way of resolving; the test is skipped where the system has not that one."""
    if not is_here(request.param):
        pytest.skip("this system has no openat2(2)")
    take(request.param, monkeypatch)


def build(root: Path, tree: Sequence[tuple[Sequence[str], str]]) -> None:
    """Make folders, files and links; what cannot be made is left out."""
    for parts, kind in tree:
        path = root.joinpath(*parts)
        with suppress(OSError):
            if any(parent.is_symlink() for parent in path.parents if root in parent.parents):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "folder":
                path.mkdir()
            elif kind == "file":
                path.write_text("/".join(parts))
            else:
                path.symlink_to(kind)


def answer(ask: Callable[[], object]) -> Answer:
    """What a question gives, or its errno."""
    try:
        return ("yes", ask())
    except OSError as error:
        return ("no", error.errno)


def facts(status: os.stat_result) -> list[int]:
    """What tells a file from all others."""
    return [status.st_dev, status.st_ino, stat.S_IFMT(status.st_mode)]


class Ours(Rooted):
    """The disk that is tried."""

    def unlink(self, path: str) -> None:
        os.unlink(self.root + self.resolve(path.removeprefix(self.root), follow=False))  # noqa: PTH108


class Reference:
    """The same questions to the system itself, in a process whose `/` is the root."""

    root = ""

    def stat(self, path: str, *, follow: bool = True) -> os.stat_result:
        return os.stat(path, follow_symlinks=follow)  # noqa: PTH116

    def names(self, path: str) -> list[str]:
        return os.listdir(path)  # noqa: PTH208

    def read(self, path: str) -> bytes:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()

    def open(self, path: str, flags: int) -> int:
        return os.open(path, flags)

    def unlink(self, path: str) -> None:
        os.unlink(path)  # noqa: PTH108


def asked(disk: Ours | Reference, path: str) -> list[Answer]:
    """What a disk says of a path: the file, the link itself, the names in it, what is read, whether it can be new."""
    shown = disk.root + path
    return [
        answer(lambda: facts(disk.stat(shown))),
        answer(lambda: facts(disk.stat(shown, follow=False))),
        answer(lambda: sorted(disk.names(shown))),
        answer(lambda: disk.read(shown).decode()),
        answer(lambda: made_new(disk, shown)) if path.endswith(("a", "b", "c")) else (),
    ]


def made_new(disk: Ours | Reference, path: str) -> str:
    """Make a file, and take it away again."""
    os.close(disk.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    disk.unlink(path)
    return "made"


def of_chroot(root: Path, paths: Sequence[str]) -> list[list[Answer]]:
    """What the reference says."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.chroot(root)
            os.chdir("/")
            with open(writer, "w") as file:  # noqa: PTH123
                json.dump([asked(Reference(), path) for path in paths], file)
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader) as file:  # noqa: PTH123
        text = file.read()
    os.waitpid(child, 0)
    return [[tuple(one) for one in row] for row in json.loads(text)]


@as_root
@given(tree=TREES, paths=st.lists(PATHS.map("/".__add__), min_size=1, max_size=12))
def test_a_path_leads_where_it_leads_under_chroot(tree: list[tuple[list[str], str]], paths: list[str]) -> None:
    """Random trees of folders, files and links, and random paths: the same file or the same errno, in every way."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        root.mkdir()
        Path(folder, "a").write_text("outside")
        build(root, [(["tmp"], "folder"), *tree])
        expected = of_chroot(root, paths)
        for way in filter(is_here, WAYS):
            with pytest.MonkeyPatch.context() as patch:
                take(way, patch)
                disk = Ours(str(root))
                assert (way, [asked(disk, path) for path in paths]) == (way, expected)
                check_real_paths(disk, paths)
        assert [found.name for found in Path(folder).iterdir() if found != root] == ["a"]


def check_real_paths(disk: Ours, paths: Sequence[str]) -> None:
    """The host's name of a path is below the root and leads to the same file."""
    for path in paths:
        with suppress(OSError):
            found = disk.stat(disk.root + path)
            real = disk.real(disk.root + path)
            assert real.startswith(disk.root)
            assert facts(os.lstat(real)) == facts(found)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("links", "expected"), [(40, None), (41, errno.ELOOP)])
def test_so_many_links_are_followed_and_no_more(links: int, expected: int | None, tmp_path: Path) -> None:
    """40, in one path."""
    (tmp_path / "0").write_text("there")
    for number in range(links):
        (tmp_path / str(number + 1)).symlink_to(f"/{number}")
    disk = Rooted(str(tmp_path))
    assert answer(lambda: disk.read(f"{tmp_path}/{links}")) == (("no", expected) if expected else ("yes", b"there"))


@pytest.mark.usefixtures("way")
def test_errors_name_the_path_that_was_asked_for(tmp_path: Path) -> None:
    """As the user knows it; a NUL in it is an error as everywhere."""
    disk = Rooted(str(tmp_path / "root"))
    for ask in (disk.read, disk.stat, disk.names, disk.entries):
        with pytest.raises(FileNotFoundError) as raised:
            ask(f"{disk.root}/a/b")
        assert raised.value.filename == f"{disk.root}/a/b"
        with pytest.raises(ValueError, match="null"):
            ask(f"{disk.root}/a\0b")


@pytest.mark.usefixtures("way")
def test_folders_are_made_inside_only(tmp_path: Path) -> None:
    """Through links that stay in the root; one that would leave it leads to a place in it, or to an error."""
    root = tmp_path / "root"
    (root / "usr/lib").mkdir(parents=True)
    (root / "lib").symlink_to("usr/lib")
    (root / "etc").symlink_to("/outside")
    (root / "var").symlink_to("../../../" + tmp_path.name)
    (root / "file").touch()
    disk = Rooted(str(root))
    disk.make_folders(f"{root}/lib/modules/6.1")
    assert (root / "usr/lib/modules/6.1").is_dir()
    disk.make_folders(f"{root}/lib/modules/6.1")
    for path in ("etc/modprobe.d", "var/x"):
        with pytest.raises(OSError, match=r"No such file|File exists"):
            disk.make_folders(f"{root}/{path}")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        disk.make_folders(f"{root}/file/x")
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_what_is_not_below_the_root_is_the_hosts(tmp_path: Path) -> None:
    """Also where the name of another folder begins like the root's."""
    (tmp_path / "rootless").write_text("host")
    (tmp_path / "root").mkdir()
    disk = Rooted(str(tmp_path / "root"))
    assert disk.read(str(tmp_path / "rootless")) == b"host"
    assert disk.names(str(tmp_path)) != []
    with pytest.raises(OSError, match="No such file"):
        disk.read(f"{tmp_path}/root/../rootless")


@pytest.mark.skipif(not rooted._PATH, reason="this system has no O_PATH")
@pytest.mark.parametrize("few", [0, 1 << 30])
def test_nobody_can_come_between(few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a folder and a link out of the root change places all the time, nothing outside is ever read."""
    root = tmp_path / "root"
    (root / "inside").mkdir(parents=True)
    (root / "inside/secret").write_text("inside")
    (root / "way").symlink_to("inside")
    (tmp_path / "secret").write_text("outside")
    (root / "out").symlink_to(tmp_path)
    monkeypatch.setattr(rooted, "_FEW", few)
    ended = threading.Event()

    def swap() -> None:
        while not ended.is_set():
            (root / "way").rename(root / "kept")
            (root / "out").rename(root / "way")
            (root / "way").rename(root / "out")
            (root / "kept").rename(root / "way")

    thread = threading.Thread(target=swap)
    thread.start()
    disk = Rooted(str(root))
    try:
        read, end = set(), time.monotonic() + 60
        while ("yes", b"inside") not in read and time.monotonic() < end:  # at once, unless the machine is busy
            read |= {answer(lambda: disk.read(f"{root}/way/secret")) for _ in range(3000)}
    finally:
        ended.set()
        thread.join()
    assert ("yes", b"inside") in read
    assert ("yes", b"outside") not in read

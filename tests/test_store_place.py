"""The state file among files of other people: which are touched, and which name leads where."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.errors import StateError
from modtools.store import Store
from tests.running import KO, Run, runner

WRITERS = (
    ("insmod", str(KO / "hello_export.ko")),
    ("rmmod", "hello_export"),
    ("modprobe", str(KO / "hello_export.ko")),
    ("dmesg", "-C"),
    ("tick", "1"),
    ("write", "/proc/sys/kernel/tainted", "1"),
    ("umount", "/proc"),
    ("mount", "/proc"),
)
"""Every command that changes the machine, but boot."""


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod."""
    return runner(capfd)


def _everything(folder: Path) -> dict[str, object]:
    """What is in a folder: text, or where a link leads."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.is_file() and path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def test_files_of_similar_names_stay(tmp_path: Path, pymod: Run) -> None:
    """A lock, a folder of configuration, backups and temporary files beside the state are somebody else's."""
    here = tmp_path / "home"
    (here / "poetry.d").mkdir(parents=True)
    for name in ("poetry.lock", "poetry.d/my.conf", "poetry.d/1.2.json", "poetry.tmp", "poetry.json", "lock", "pymod"):
        (here / name).write_text(f"content of {name}")
        os.utime(here / name, (1, 1))
    (here / "victim").write_text("content of victim")
    (here / "poetry.d/link").symlink_to("../victim")
    before = _everything(here)
    for words in WRITERS:
        pymod("--state", str(here / "poetry"), *words)
    assert pymod("--state", str(here / "poetry"), "boot")[2] == 0
    now = _everything(here)
    assert {name: now.pop(name, None) for name in before} == before
    assert {name.partition("/")[0] for name in now} == {"poetry", "poetry.pymod"}


def _of_somebody(folder: Path) -> None:
    folder.mkdir()
    (folder / "12.json").write_text("mine")


def _with_a_marker_of_somebody(folder: Path) -> None:
    folder.mkdir()
    (folder / "pymod").write_text("mine")


def _linked(folder: Path) -> None:
    (folder.parent / "target").mkdir()
    folder.symlink_to("target")


def _marked_by_a_link(folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "victim").write_text("")
    (folder / "pymod").symlink_to("../victim")


def _file(folder: Path) -> None:
    folder.write_text("mine")


@pytest.mark.parametrize(
    "make",
    [_of_somebody, _with_a_marker_of_somebody, _linked, _marked_by_a_link, _file],
    ids=lambda make: make.__name__,
)
@pytest.mark.parametrize("words", [*WRITERS, ("boot",), ("boot", "--force")], ids=" ".join)
def test_a_folder_of_somebody_is_refused(
    tmp_path: Path, pymod: Run, make: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    """What is called like the folder of parts and was not made by pymod is named, and left, by every command."""
    here = tmp_path / "home"
    here.mkdir()
    make(here / "state.pymod")
    before = _everything(here)
    _, errors, status = pymod("--state", str(here / "state"), *words)
    assert status == 1
    assert f"{here / 'state.pymod'}, but what is there was not made by pymod; move that away" in errors
    assert _everything(here) == before


def test_a_lock_that_is_a_link_is_refused(tmp_path: Path, pymod: Run) -> None:
    """Its target is neither locked nor emptied."""
    assert pymod("boot")[2] == 0
    store = Store(Path(os.environ["PYMOD_STATE"]))
    (tmp_path / "victim").write_text("mine")
    store.parts.lock.unlink()
    store.parts.lock.symlink_to(tmp_path / "victim")
    _, errors, status = pymod("dmesg", "-C")
    assert (status, "cannot be locked: " in errors) == (1, True)
    assert (tmp_path / "victim").read_text() == "mine"


NOT_A_STATE = {
    "empty": "",
    "text": "# README\n",
    "list": "[]",
    "other JSON": '{"name": "pymod", "schema": 1}',
    "newer": '{"schema": 99, "kernel": {}, "modules": [], "log": {}}',
    "no schema": '{"schema": true, "kernel": {}, "modules": [], "log": {}}',
    "undecodable": "\udcff",
}


@pytest.mark.parametrize("content", NOT_A_STATE.values(), ids=NOT_A_STATE.keys())
@pytest.mark.parametrize("words", [*WRITERS, ("boot",)], ids=" ".join)
def test_a_file_that_is_no_state_is_left(tmp_path: Path, pymod: Run, content: str, words: tuple[str, ...]) -> None:
    """Every command names it, leaves it as it is, and makes nothing beside it."""
    path = tmp_path / "home/README.md"
    path.parent.mkdir()
    path.write_text(content, errors="surrogateescape")
    _, errors, status = pymod("--state", str(path), *words)
    assert (status, str(path) in errors, "left as it was" in errors) == (1, True, True)
    assert path.read_text(errors="surrogateescape") == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", NOT_A_STATE.values(), ids=NOT_A_STATE.keys())
def test_boot_can_be_forced(pymod: Run, content: str) -> None:
    """`boot --force` replaces any file, and the machine works then."""
    path = Path(os.environ["PYMOD_STATE"])
    path.parent.mkdir(parents=True)
    path.write_text(content, errors="surrogateescape")
    assert pymod("boot", "--force")[2] == 0
    assert pymod("insmod", str(KO / "hello_export.ko")) == ("", "", 0)


def test_boot_replaces_a_damaged_state(pymod: Run) -> None:
    """A state of this schema is pymod's own, whatever else is wrong with it: boot needs no --force to mend it."""
    assert pymod("boot")[2] == 0
    path = Path(os.environ["PYMOD_STATE"])
    state = json.loads(path.read_text())
    path.write_text(json.dumps(state | {"taint": "odd"}))
    assert pymod("lsmod")[2] == 1
    assert pymod("boot")[2] == 0
    assert pymod("lsmod")[2] == 0


@pytest.mark.parametrize("force", [(), ("--force",)], ids=" ".join)
@pytest.mark.parametrize("kind", ["fifo", "device", "folder"])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, pymod: Run, kind: str, force: tuple[str, ...]) -> None:
    """A FIFO, a device or a folder stays, with --force, too, and nobody waits for it."""
    path = tmp_path / "state"
    {"fifo": os.mkfifo, "device": lambda path: path.symlink_to("/dev/zero"), "folder": os.mkdir}[kind](path)
    for words in (("boot", *force), ("lsmod",), ("status",), *WRITERS):
        _, errors, status = pymod("--state", str(path), *words)
        assert (status, f"state file {path} cannot be re" in errors) == (1, True)
    assert not path.is_file()


def _direct(link: Path, real: Path) -> None:
    link.symlink_to(real)


def _chain(link: Path, real: Path) -> None:
    (link.parent / "middle").symlink_to(os.path.relpath(real, link.parent))
    link.symlink_to("middle")


def _by_a_folder(link: Path, real: Path) -> None:
    link.parent.rmdir()
    link.parent.symlink_to(real.parent)
    (real.parent / link.name).symlink_to(real.name)


@pytest.mark.parametrize("lead", [_direct, _chain, _by_a_folder], ids=lambda lead: lead.__name__)
@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("first", ["insmod", "boot"])
def test_a_link_stays_a_link(
    tmp_path: Path, pymod: Run, lead: Callable[[Path, Path], None], exists: bool, first: str
) -> None:
    """However the link leads to the state, which need not be there yet: state, parts and lock are at its end."""
    link, real = tmp_path / "links/state.json", tmp_path / "real/s.json"
    link.parent.mkdir()
    real.parent.mkdir()
    if exists:
        assert pymod("--state", str(real), "boot")[2] == 0
    lead(link, real)
    before = link.readlink()
    words = ("boot",) if first == "boot" else ("insmod", str(KO / "hello_export.ko"))
    assert pymod("--state", str(link), *words)[2] == 0
    assert pymod("--state", str(real), "insmod", str(KO / "chain_c.ko"))[2] == 0
    assert link.readlink() == before
    assert pymod("--state", str(link), "lsmod") == pymod("--state", str(real), "lsmod")
    assert "chain_c" in pymod("--state", str(link), "lsmod")[0]
    assert not [path for path in link.parent.iterdir() if path.name.startswith("state.json.")]
    assert Store(link).parts.lock == Store(real).parts.lock == tmp_path / "real/s.json.pymod/lock"


def test_links_in_a_circle_are_one_error(tmp_path: Path, pymod: Run) -> None:
    """They are named, and nothing is made beside them."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    before = _everything(tmp_path)
    for words in (("lsmod",), ("boot",), ("boot", "--force"), *WRITERS):
        _, errors, status = pymod("--state", str(tmp_path / "a"), *words)
        assert (status, f"state file {tmp_path / 'a'} cannot be re" in errors) == (1, True)
    assert _everything(tmp_path) == before


def test_a_hard_link_becomes_a_copy(tmp_path: Path) -> None:
    """As with every file that is replaced whole: the other name keeps the state of then, and is one of its own."""
    one, two = Store(tmp_path / "one"), Store(tmp_path / "two")
    with one.transaction() as kernel:
        kernel.taint = 1
    two.path.hardlink_to(one.path)
    with one.transaction() as kernel:
        kernel.taint = 2
    assert (one.read().taint, two.read().taint) == (2, 1)
    with pytest.raises(StateError), two.transaction():
        raise StateError

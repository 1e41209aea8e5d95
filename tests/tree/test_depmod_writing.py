"""How depmod's files get to their places: each whole or not at all, whatever comes between."""

from __future__ import annotations

import os
import pty
import re
import resource
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from modtools.notes import Note
from modtools.tree.index import ALIAS, DEP
from modtools.tree.index import Tree as IndexTree
from modtools.tree.lock import locked
from modtools.tree.publish import NotPublished, Publication
from tests import reference
from tests.depmod_trees import INDEX_FILES, KO, Tree, both, files_in, pymod

MAIN = "import sys; from modtools.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A small tree."""
    names = ("chain_a", "chain_b", "chain_c", "alias_mod", "hello_export", "hello_use_export")
    return Tree(tmp_path / "root").put("extra", *names).order()


def words(tree: Tree) -> list[str]:
    """The words for pymod to index a tree, whatever it remembers."""
    return ["pymod", "depmod", "--no-cache", "-b", str(tree.root), tree.release]


def is_whole(tree: Tree, count: int) -> bool:
    """Whether the index can be read, and tells of each of `count` modules."""
    index = IndexTree(str(tree.folder))
    return len(list(index.items(DEP))) == count and index.matching(ALIAS, "oracle_alias") == ["alias_mod"]


@pytest.mark.kmod
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o000, 0o777])
def test_permissions(mask: int, tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """Index files, and folders that are made for them, have the permissions that kmod gives them."""
    if mask & 0o700 and os.geteuid():
        pytest.skip("nobody but root reads what its owner may not read")
    before = os.umask(mask)
    try:
        both(kmod_tools, tree, tmp_path)
    finally:
        os.umask(before)
    found = [
        sorted(
            (str(path.relative_to(tmp_path / name)), stat.S_IMODE(path.stat().st_mode))
            for path in (tmp_path / name).rglob("*")
        )
        for name in ("ours", "theirs")
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("moments", range(4))
def test_killed_at_any_moment(moments: int, tree: Tree) -> None:
    """Killed at whatever moment, depmod leaves an index that works: the old one or the new one, never half a file."""
    assert pymod(words(tree)[1:], called="pymod").returncode == 0
    small = files_in(tree.folder)
    tree.put("extra", "dia_base", "dia_left", "dia_right", "dia_top").order()
    start = time.monotonic()
    assert pymod(words(tree)[1:], called="pymod").returncode == 0
    whole = time.monotonic() - start
    large = files_in(tree.folder)
    for step in range(6):
        for name, content in small.items():
            (tree.folder / name).write_bytes(content)
        process = subprocess.Popen([sys.executable, "-c", MAIN, *words(tree)])
        time.sleep(whole * (0.4 + 0.7 * (4 * step + moments) / 24))
        process.kill()
        process.wait()
        found = files_in(tree.folder)
        assert all(found[name] in (small[name], large[name]) for name in INDEX_FILES)
        assert is_whole(tree, 6) or is_whole(tree, 10)


def test_terminated(tree: Tree) -> None:
    """Asked to end while it writes, depmod takes its unfinished files away."""
    code = "import os, signal; os.fsync = lambda _: os.kill(os.getpid(), signal.SIGTERM); " + MAIN
    done = subprocess.run([sys.executable, "-c", code, *words(tree)], capture_output=True)
    assert done.returncode in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert files_in(tree.folder) == {}
    assert b"Traceback" not in done.stderr


def test_two_at_once(tree: Tree) -> None:
    """Runs that meet on one tree end, each without a word, in one whole index."""
    running = [subprocess.Popen([sys.executable, "-c", MAIN, *words(tree)], stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate()[1] for process in running] == [b""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert tuple(files_in(tree.folder)) == INDEX_FILES
    assert is_whole(tree, 6)


def test_the_later_run_sees_what_the_earlier_did_not(tree: Tree) -> None:
    """A run that began later, with one module more, is not overtaken by one that began before."""
    code = "import time, modtools.tree.graph as graph; make = graph.Graph.order; "
    code += "graph.Graph.order = lambda self: (time.sleep(1.5), make(self))[1]; " + MAIN
    slow = subprocess.Popen([sys.executable, "-c", code, *words(tree)])
    time.sleep(1)
    tree.put("extra", "dia_base").order()
    assert pymod(words(tree)[1:], called="pymod").returncode == 0
    assert slow.wait() == 0
    assert is_whole(tree, 7)


def test_waiting_has_an_end(tmp_path: Path) -> None:
    """A lock that is never let go is waited for only so long; then depmod says so and goes on."""
    notes: list[Note] = []
    with locked(str(tmp_path), notes), locked(str(tmp_path), notes, patience=0.2):
        pass
    assert [note.text for note in notes] == [
        f"another depmod has worked on {tmp_path} for 0.2 seconds; not waiting any longer"
    ]


def is_open_to_others(path: Path) -> bool:
    """Whether any user could get as far as this file."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


@pytest.mark.kmod
def test_a_folder_that_may_not_be_written_to(kmod_tools: Path) -> None:
    """Where no file can be made depmod says so for each, as kmod does, and leaves the old index as it is."""
    with tempfile.TemporaryDirectory() as place:
        tree = Tree(Path(place) / "root").put("extra", "chain_a", "chain_b", "chain_c").order()
        tree.folder.chmod(0o555)
        Path(place).chmod(0o755)
        user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = {"user": 65534, "group": 65534, "extra_groups": []}
            if not all(
                map(is_open_to_others, (tree.folder, kmod_tools, Path(sys.executable), reference.CHECKOUT / "x"))
            ):
                pytest.skip("what the test needs is closed to users without rights")
        command = ["-b", str(tree.root), tree.release]
        theirs = subprocess.run([str(kmod_tools / "depmod"), *command], capture_output=True, **user)
        ours = subprocess.run([sys.executable, "-c", MAIN, "depmod", *command], capture_output=True, **user)
        assert _without_numbers(ours.stderr) == _without_numbers(theirs.stderr)
        assert ours.returncode == theirs.returncode == 0
        assert files_in(tree.folder) == {}


def _without_numbers(errors: bytes) -> list[bytes]:
    """Messages without the numbers in the names of temporary files."""
    return [re.sub(rb"(modules[.a-z]+)\.\d+\.\d+\.\d+,", rb"\1,", line) for line in errors.splitlines()]


def test_a_full_disk(tree: Tree) -> None:
    """A file that cannot be written to its end leaves the whole old index, and is told of."""
    assert pymod(words(tree)[1:], called="pymod").returncode == 0
    before = files_in(tree.folder)
    tree.put("extra", "dia_base").order()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    # -B: or Python would leave compiled modules of 300 bytes, with which nobody can start.
    command = [sys.executable, "-B", "-c", MAIN, *words(tree)]
    done = subprocess.run(command, capture_output=True, preexec_fn=little_room)
    assert done.returncode == 1
    assert b"Could not create index 'modules.dep.bin'. Output is truncated: File too large" in done.stderr
    assert files_in(tree.folder) == before


@pytest.mark.kmod
def test_a_place_that_is_taken(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """A folder with the name of an index file is in the way for good."""
    statuses: list[tuple[int, bool, bool]] = []
    for program in ([str(kmod_tools / "depmod")], [sys.executable, "-c", MAIN, "depmod"]):
        target = tmp_path / f"target{len(statuses)}"
        (target / "lib/modules/1.2.3/modules.alias").mkdir(parents=True)
        done = subprocess.run([*program, "-b", str(tree.root), "-o", str(target), tree.release], capture_output=True)
        statuses.append((done.returncode, b"FATAL: renameat(" in done.stderr, b": Is a directory" in done.stderr))
    assert statuses == [(1, True, True)] * 2
    assert {path.name for path in (target / "lib/modules/1.2.3").iterdir()} <= set(INDEX_FILES)


@pytest.mark.kmod
def test_a_target_that_is_no_folder(tree: Tree, kmod_tools: Path, tmp_path: Path) -> None:
    """A target below a file cannot be made; that is said and nothing else happens."""
    (tmp_path / "file").write_text("")
    command = ["-b", str(tree.root), "-o", str(tmp_path / "file"), tree.release]
    theirs, ours = subprocess.run([str(kmod_tools / "depmod"), *command], capture_output=True), pymod(command)
    assert (ours.stderr, ours.returncode) == (theirs.stderr, theirs.returncode)
    assert ours.returncode == 1


def test_nothing_is_left_of_what_could_not_be_published(tmp_path: Path) -> None:
    """When one file cannot be put in its place those after it are taken away again."""
    (tmp_path / "modules.b").mkdir()
    with pytest.raises(NotPublished, match="renameat"):
        Publication(str(tmp_path), []).publish({f"modules.{name}": b"1" for name in "abc"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["modules.a", "modules.b"]


def test_the_default_tree() -> None:
    """The lesson: `cp`, `pymod depmod`, `cat modules.dep` in the virtual machine's own root, without any rights."""
    root = Path(os.environ["PYMOD_ROOT"])
    release = subprocess.run(
        [sys.executable, "-c", MAIN, "pymod", "uname"], capture_output=True, text=True
    ).stdout.strip()
    folder = root / "lib/modules" / release
    folder.mkdir(parents=True)
    for name in ("hello_export", "hello_use_export"):
        (folder / f"{name}.ko").write_bytes((KO / f"{name}.ko").read_bytes())
    assert pymod(["depmod"], called="pymod").returncode == 0
    assert "hello_use_export.ko: hello_export.ko" in (folder / "modules.dep").read_text().splitlines()
    (root / "etc/depmod.d").mkdir(parents=True)
    (root / "etc/depmod.d/a.conf").write_text("exclude hello_export.ko\n")
    assert pymod([]).returncode == 0
    assert (folder / "modules.dep").read_text() == "hello_use_export.ko:\n"


def on_terminal(command: list[str], seconds: float) -> bytes:
    """What a command shows on standard error when that is a terminal."""
    reader, writer = pty.openpty()
    process = subprocess.Popen(command, stderr=writer, stdout=subprocess.DEVNULL)
    os.close(writer)
    shown, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if select.select([reader], [], [], 0.1)[0]:
                shown += os.read(reader, 4096)
        except OSError:
            break
    process.wait()
    os.close(reader)
    return shown


def test_progress(tree: Tree) -> None:
    """A run of more than a second shows on a terminal how far it is, in kmod's place or not on a terminal nothing."""
    slow = "import time, modtools.tree.depmod as depmod; read = depmod.read_linkage; "
    slow += "depmod.read_linkage = lambda *words: (time.sleep(0.05), read(*words))[1]; " + MAIN
    for number in range(100):
        tree.write(f"extra/m{number}.ko", b"")
    command = [sys.executable, "-c", slow, *words(tree.order())]
    assert "Reading modules" in on_terminal(command, 30).decode()
    assert b"Reading modules" not in subprocess.run(command, stderr=subprocess.PIPE).stderr
    linked = [sys.executable, "-c", slow, "depmod", "-b", str(tree.root), tree.release]
    assert "Reading modules" not in on_terminal(linked, 30).decode()


_SHARED = """
import os, sys
from modtools.tree import processes
processes.cores = lambda: 4
def do(number):
    if number % 7 == 3 and os.getpid() != first:
        os._exit(3)
    return number * number
first = os.getpid()
assert processes.shared_out(100, do, 4, lambda _: None) == [number * number for number in range(100)]
def die():
    if os.getpid() != first:
        os.abort()
    return [1]
assert processes.copy(die).result() == [1]
def wrong():
    if os.getpid() != first:
        raise ValueError
    return [2]
assert processes.copy(wrong).result() == [2]
"""


def test_copies_that_die() -> None:
    """What a process did not live to answer is worked out by the one that asked."""
    done = subprocess.run([sys.executable, "-c", _SHARED], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")

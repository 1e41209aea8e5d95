"""depmod killed between any two of its renames: what modprobe then reads, and what the next run clears away."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from modtools import cli
from modtools.notes import Note
from modtools.tree import processes
from modtools.tree.lock import locked
from modtools.tree.staging import remove_abandoned, staging
from tests.beside_kmod import Answer, Both, side_by_side
from tests.depmod_trees import RELEASE, Tree, files_in
from tests.small_modules import module

NAMES = [f"m{number}" for number in range(9)]
FOLDERS = ("kernel/a", "kernel/b", "updates")
ALIASES = ("pci:v1d*", "pci:v1d2sv*", "fs-one", "fs-two", "usb:v[0-3]p*", "plain")
QUESTIONS = [
    *(["-D", name] for name in (*NAMES, "pci:v1d2sv3", "fs-one", "fs-two", "usb:v2p1", "plain")),
    *(["-R", text] for text in ("pci:v1d2sv3", "pci:v1d7", "fs-one", "fs-two", "usb:v2p1", "plain")),
    *(["-R", f"symbol:{name}_fn"] for name in NAMES),
]


class What(NamedTuple):
    """A module: its folder ("" for one that is compiled in), aliases, modules it needs, modules it would like."""

    folder: str
    aliases: list[str]
    needs: list[str]
    likes: list[str]


Spec = dict[str, What]


def some(names: list[str], dice: random.Random, most: int = 2) -> list[str]:
    """A few of the names, none where there are none."""
    return dice.sample(names, min(len(names), dice.randint(0, most)))


def any_module(number: int, dice: random.Random) -> What:
    """A module that may need those with lower numbers, and would like any."""
    folder = dice.choice(["", *FOLDERS])
    return What(folder, some([*ALIASES], dice), some(NAMES[:number], dice), some(["plain", *NAMES[:number]], dice, 1))


def specs(dice: random.Random) -> tuple[Spec, Spec]:
    """A tree, and what became of it: modules come, go, move, are compiled in or not any more, need or say others."""
    old = {name: any_module(number, dice) for number, name in enumerate(NAMES) if dice.random() < 0.8}
    new = {name: what for name, what in old.items() if dice.random() < 0.8}
    for number, name in enumerate(NAMES):
        if dice.random() < 0.4:
            new[name] = any_module(number, dice)
    return old, new


def make(tree: Tree, spec: Spec) -> None:
    """Put these modules, and no others, into a tree."""
    shutil.rmtree(tree.folder / "kernel", ignore_errors=True)
    shutil.rmtree(tree.folder / "updates", ignore_errors=True)
    built_in = {name: what for name, what in spec.items() if not what.folder}
    for name, what in spec.items():
        if what.folder:
            likes = [f"softdep=pre: {' '.join(what.likes)}"] if what.likes else []
            info = [*(f"alias={alias}" for alias in what.aliases), *likes]
            wants = [f"{needed}_fn" for needed in what.needs if needed in spec]
            tree.write(f"{what.folder}/{name}.ko", module(info, [f"{name}_fn"], wants))
    tree.order().write("modules.builtin", "".join(f"kernel/{name}.ko\n" for name in built_in))
    lines = (f"{name}.alias={alias}\0" for name, what in built_in.items() for alias in what.aliases)
    tree.write("modules.builtin.modinfo", "".join(lines))


def depmod(tree: Tree, kill_at: int = 0) -> bool:
    """Run depmod in a copy of this process, which dies in front of its nth rename. Whether it lived to the end."""
    child = os.fork()
    if not child:
        try:
            rename, left = os.replace, [kill_at]

            def replace(*paths: str) -> None:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                rename(*paths)

            os.replace = replace  # type: ignore[assignment]
            os._exit(cli.main(["pymod", "depmod", "--no-cache", "-b", str(tree.root), tree.release]))
        finally:
            os._exit(99)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status == 0


def put_back(tree: Tree, index: dict[str, bytes]) -> None:
    """Let the index be this one and nothing else."""
    for name in files_in(tree.folder):
        (tree.folder / name).unlink()
    for name, content in index.items():
        (tree.folder / name).write_bytes(content)


def killed_at_each_rename(tree: Tree, old: dict[str, bytes]) -> Iterator[int]:
    """The number of each rename, after depmod died in front of it."""
    at = 1
    while True:
        put_back(tree, old)
        if depmod(tree, at):
            return
        yield at
        at += 1


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """pymod's modprobe and kmod's."""
    return side_by_side(kmod_tools, capfdbinary)


def answers(tree: Tree, both: Both) -> list[Answer]:
    """What kmod's modprobe says to each question; pymod's says the same."""
    out = []
    for words in QUESTIONS:
        ours, theirs = both("modprobe", ["-d", str(tree.root), "-S", RELEASE, "-C", "/nonexistent", *words])
        assert ours == theirs, words
        out.append(theirs)
    return out


def modules(answer: Answer) -> list[str]:
    """The names of the modules in an answer, in its order."""
    return [line.rpartition(b"/")[2].decode().split(".")[0].split()[-1] for line in answer.output.splitlines()]


class Told:
    """All that two indexes say: old and new answers in the order of the questions."""

    def __init__(self, old: list[Answer], new: list[Answer]) -> None:
        self.old = old
        self.new = new
        self.lines = {line for answer in (*old, *new) for line in answer.output.splitlines()}

    def names(self, words: list[str]) -> set[str]:
        """The modules in both answers to a question."""
        at = QUESTIONS.index(words)
        return {*modules(self.old[at]), *modules(self.new[at])}

    def is_right(self, at: int, now: Answer) -> bool:
        """Whether an answer is the old one or the new one; of several modules each may be told of by another index.

        The soft dependency of one index may meet the alias of the other.
        """
        old, new = self.old[at], self.new[at]
        if now in (old, new):
            return True
        told, found = self.names(QUESTIONS[at]) | self.names(["-D", "plain"]), set(modules(now))
        needed = {name for each in told for name in self.names(["-D", each])}
        known = found <= told | needed and self.lines.issuperset(now.output.splitlines())
        return known and not now.status and not found.isdisjoint({modules(old)[-1], modules(new)[-1]})


@pytest.mark.kmod
@pytest.mark.parametrize("seed", range(6))
def test_every_prefix_of_the_renames_is_an_index(seed: int, tmp_path: Path, both: Both) -> None:
    """Killed at any rename, depmod leaves an index in which both modprobes find all that old and new index share."""
    tree = Tree(tmp_path / "root")
    before, after = specs(random.Random(seed))
    make(tree, before)
    assert depmod(tree)
    old_index, old = files_in(tree.folder), answers(tree, both)
    make(tree, after)
    assert depmod(tree)
    new_index, new = files_in(tree.folder), answers(tree, both)
    shared = [at for at in range(len(QUESTIONS)) if not old[at].status and not new[at].status]
    told = Told(old, new)
    kills = 0
    for kills in killed_at_each_rename(tree, old_index):
        now = answers(tree, both)
        wrong = [(QUESTIONS[at], now[at]) for at in shared if not told.is_right(at, now[at])]
        assert not wrong, f"after {kills - 1} renames: {wrong}"
        assert len([*tree.folder.glob(".pymod-depmod.*")]) == 1
    assert kills >= len(new_index)
    assert len(shared) > 3
    assert files_in(tree.folder) == new_index
    assert not [*tree.folder.glob(".pymod-depmod.*")]


def leave(folder: Path) -> Path:
    """What a run that was killed leaves in a folder."""
    child = os.fork()
    if not child:
        with staging(str(folder)) as place:
            Path(place, "modules.dep").write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (place_left,) = folder.glob(".pymod-depmod.*")
    assert (place_left / "modules.dep").exists()
    return place_left


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """The folder of a run that is dead goes with all that depmod wrote into it."""
    leave(tmp_path)
    remove_abandoned(str(tmp_path))
    assert [*tmp_path.iterdir()] == []


def link_the_words(place: Path) -> None:
    """Let the file of words be a link to one that has them."""
    (place / "pymod-depmod").rename(place / "words")
    (place / "pymod-depmod").symlink_to("words")


def link_the_folder(place: Path) -> None:
    """Let the folder be a link to the one that it was."""
    place.rename(place.parent / "real")
    (place.parent / ".pymod-depmod.1").symlink_to("real")


OTHERS: dict[str, Callable[[Path], object]] = {
    "other words in it": lambda place: (place / "pymod-depmod").write_text("mine"),
    "no words in it": lambda place: (place / "pymod-depmod").unlink(),
    "words by a link": link_the_words,
    "another name": lambda place: place.rename(place.parent / ".pymod-depmod.x"),
    "a link": link_the_folder,
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
def test_what_others_have_stays(change: Callable[[Path], object], tmp_path: Path) -> None:
    """A folder that is not pymod's by its name and by its words is not removed."""
    change(leave(tmp_path))
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    remove_abandoned(str(tmp_path))
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


def test_files_of_others_stay_in_it(tmp_path: Path) -> None:
    """A file that depmod did not write stays, and the folder with it."""
    place = leave(tmp_path)
    (place / "notes").write_text("mine")
    remove_abandoned(str(tmp_path))
    assert [path.name for path in place.iterdir()] == ["notes"]


def test_the_lock_goes_with_the_run(tmp_path: Path) -> None:
    """Killed while copies of it still read modules, a run leaves a lock that the next one has at once."""
    run = os.fork()
    if not run:
        with locked(str(tmp_path), []):
            processes.Copy(lambda: time.sleep(3))
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(run, 0)
    notes: list[Note] = []
    with locked(str(tmp_path), notes, patience=2):
        assert notes == []


def test_a_run_that_is_alive_keeps_its_files(tmp_path: Path) -> None:
    """Another run, even one that did not wait for the lock, takes nothing from a run that is alive."""
    with staging(str(tmp_path)) as place:
        Path(place, "modules.dep").write_text("half")
        child = os.fork()
        if not child:
            try:
                remove_abandoned(str(tmp_path))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert Path(place, "modules.dep").read_text() == "half"
    assert [*tmp_path.iterdir()] == []

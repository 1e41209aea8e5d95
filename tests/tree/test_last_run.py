"""What depmod remembers: it saves work, never gives another index, and is thrown away when in doubt."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from modtools.tree.last_run import identity, is_settled
from tests.depmod_trees import KO, Tree, files_in, pymod

MODULES = ("chain_a", "chain_b", "chain_c", "alias_mod", "hello_export", "hello_use_export")
SECOND = 1_000_000_000


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A small tree with all that a modules.* file can come from, long enough untouched to be remembered."""
    tree = Tree(tmp_path / "root").put("extra", *MODULES, "softdep_mod", "devname_mod").order()
    tree.write("modules.builtin", "kernel/fs/built.ko\n").write("modules.builtin.modinfo", "built.alias=fs-built\0")
    return settle(tree)


def settle(tree: Tree) -> Tree:
    """Wait until a change of the tree would show in its files' times."""
    newest = max(path.lstat().st_ctime_ns for path in (tree.folder, *tree.folder.rglob("*")))
    time.sleep(max(0.0, 0.1 - (time.time_ns() - newest) / SECOND))
    return tree


def run(tree: Tree, *options: str) -> tuple[dict[str, bytes], str]:
    """The index after a run, and what it complained of."""
    done = pymod(["depmod", *options, "-b", str(tree.root), tree.release], called="pymod")
    assert done.returncode == 0, done.stderr
    return files_in(tree.folder), done.stderr.decode()


def times(tree: Tree) -> dict[str, int]:
    """When each index file was put in its place."""
    return {name: (tree.folder / name).stat().st_ctime_ns for name in files_in(tree.folder)}


def fresh(tree: Tree, tmp_path: Path) -> dict[str, bytes]:
    """The index that a run without memory writes, elsewhere."""
    words = ["depmod", "--no-cache", "-b", str(tree.root), "-o", str(tmp_path / "fresh"), tree.release]
    assert pymod(words, called="pymod").returncode == 0
    return files_in(tmp_path / "fresh/lib/modules" / tree.release)


def test_nothing_changed(tree: Tree) -> None:
    """Where nothing changed no file is written again; --no-cache writes them all."""
    made, _ = run(tree)
    before = times(tree)
    assert run(tree) == (made, "")
    assert times(tree) == before
    assert run(tree, "--no-cache") == (made, "")
    assert all(now > before[name] for name, now in times(tree).items())


def test_complaints_are_remembered(tree: Tree) -> None:
    """What was said about a tree is said again when nothing changed."""
    tree.write("extra/broken.ko", b"This is no module.").put("extra", "devname_bad").remove("modules.order")
    settle(tree)
    made, said = run(tree)
    before = times(tree)
    assert "broken.ko" in said
    assert "lacks major and minor" in said
    assert "could not open modules.order" in said
    assert run(tree) == (made, said)
    assert times(tree) == before


CHANGES: dict[str, tuple[Callable[[Tree], object], set[str]]] = {
    "a module without aliases or symbols": (lambda tree: tree.put("extra", "params_all"), {"dep"}),
    "a module with aliases": (lambda tree: tree.put("last", "alias_mod2"), {"dep", "alias"}),
    "a module with symbols": (lambda tree: tree.put("extra", "dia_base"), {"dep", "symbols"}),
    "a module gone": (lambda tree: tree.remove("extra/softdep_mod.ko"), {"dep", "softdep"}),
    "another module of a name": (
        lambda tree: shutil.copy(KO / "noinit.ko", tree.folder / "extra/softdep_mod.ko"),
        {"dep", "softdep"},
    ),
    "another order": (
        lambda tree: tree.order("extra/devname_mod.ko", "extra/alias_mod.ko"),
        {"dep", "alias", "symbols"},
    ),
    "built-in modules": (lambda tree: tree.write("modules.builtin", "kernel/x.ko\n"), {"builtin"}),
    "their aliases": (lambda tree: tree.write("modules.builtin.modinfo", "x.alias=y\0"), {"builtin.alias"}),
    "an index file": (lambda tree: (tree.folder / "modules.alias.bin").write_bytes(b"x"), {"alias"}),
    "an index file gone": (lambda tree: tree.remove("modules.softdep"), {"softdep"}),
}


@pytest.mark.parametrize(("change", "kinds"), CHANGES.values(), ids=CHANGES.keys())
def test_changes(change: Callable[[Tree], object], kinds: set[str], tree: Tree, tmp_path: Path) -> None:
    """After any change the index is that of a run without memory, and files whose inputs are the same stay."""
    run(tree)
    change(settle(tree))
    before = times(tree)
    made, _ = run(tree)
    assert made == fresh(tree, tmp_path)
    written = times(tree)
    kept = {name for name in made if before.get(name) == written[name]}
    changed = {name.removeprefix("modules.").removesuffix(".bin") for name in made.keys() - kept}
    assert kinds <= changed | {"dep"}
    assert changed <= kinds | {"dep"}


def test_a_change_that_keeps_size_and_time_is_seen(tree: Tree, tmp_path: Path) -> None:
    """A module that was overwritten in place, and given its old time again, is read again."""
    run(tree)
    path = settle(tree).folder / "extra/alias_mod.ko"
    status = path.stat()
    with path.open("r+b") as file:
        content = file.read().replace(b"alias=oracle-alias", b"alias=another-one_")
        file.seek(0)
        file.write(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    made, _ = run(tree)
    assert b"alias another-one_ alias_mod" in made["modules.alias"]
    assert made == fresh(tree, tmp_path)


def test_a_module_of_this_very_moment_is_not_remembered(tree: Tree) -> None:
    """What changed so shortly before a run that a second change might not show is read again."""
    path = tree.folder / "extra/alias_mod.ko"
    path.touch()
    found = identity(str(path))
    assert found
    assert not is_settled(found, time.time_ns() - SECOND)
    assert is_settled(found, time.time_ns() + SECOND)
    whole = (*found[:3], found[3] // SECOND * SECOND, found[4] // SECOND * SECOND)
    assert not is_settled(whole, whole[4] + SECOND)
    assert is_settled(whole, whole[4] + 3 * SECOND)


def test_options_are_part_of_it(tree: Tree) -> None:
    """A run with other options does not take the answer of one before for its own."""
    run(tree)
    symvers = tree.root / "symvers"
    for text in ("0x1\t_printk\tvmlinux\tx\t\n", "0x1\tmodule_layout\tvmlinux\tx\t\n"):
        symvers.write_text(text)
        _, said = run(settle(tree), "-e", "-E", str(symvers))
        assert ("unknown symbol _printk" in said) == ("_printk" not in text)
    assert run(tree)[1] == ""
    configuration = tree.root / "depmod.conf"
    configuration.write_text("exclude extra\n")
    assert run(tree, "-C", str(configuration))[0]["modules.dep"] == b""
    assert b"chain_a" in run(tree)[0]["modules.dep"]


def test_quick_follows_the_index(tree: Tree) -> None:
    """After a run depmod -A has nothing to do, also when a module was only touched; and it has when one is newer."""
    run(tree)
    for path in ("extra/chain_a.ko", "extra/alias_mod.ko"):
        future = time.time() + 5
        os.utime(tree.folder / path, (future, future))
        run(tree)
        os.utime(tree.folder / "modules.dep", (future, future))
        tree.write("modules.alias", "kept")
        assert run(tree, "-A")[0]["modules.alias"] == b"kept"
        os.utime(tree.folder / "modules.dep", (future - 3, future - 3))
        assert run(tree, "-A")[0]["modules.alias"] != b"kept"


def cache_files(tmp_path: Path) -> list[Path]:
    """The files that runs left for later ones."""
    return sorted((tmp_path / "cache/pymod/depmod").iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
        lambda data: data.replace(b"pymod ", b"pymod 9", 1),
        lambda data: bytes(len(data)),
    ],
)
def test_a_damaged_memory_is_none(damage: Callable[[bytes], bytes], tree: Tree, tmp_path: Path) -> None:
    """Memory that was cut, changed or written by another version does not count, and is replaced."""
    made, _ = run(tree)
    good = [path.read_bytes() for path in cache_files(tmp_path)]
    for path, data in zip(cache_files(tmp_path), good, strict=True):
        path.write_bytes(damage(data))
    before = times(tree)
    assert run(tree) == (made, "")
    assert all(now > before[name] for name, now in times(tree).items())
    assert [len(path.read_bytes()) for path in cache_files(tmp_path)] == [len(data) for data in good]


def test_memory_that_others_could_write_is_none(tree: Tree, tmp_path: Path) -> None:
    """A file that the group may write to is not read: whoever wrote it could have this user's Python read anything."""
    run(tree)
    for path in cache_files(tmp_path):
        path.chmod(0o660)
    before = times(tree)
    run(tree)
    assert times(tree) != before


def test_without_a_place_for_memory(tree: Tree, tmp_path: Path) -> None:
    """Where nothing can be remembered depmod works all the same."""
    (tmp_path / "cache").write_text("no folder")
    made, said = run(tree)
    assert (len(made), said) == (11, "")


def test_json_tells_what_would_be_written(tree: Tree) -> None:
    """--json writes nothing; it tells each file with the reason, and each module with what it needs and why."""
    words = ["depmod", "--json", "-b", str(tree.root), tree.release]
    first = json.loads(pymod(words, called="pymod").stdout)
    assert {row["reason"] for row in first["files"]} == {"new"}
    assert files_in(tree.folder) == {}
    made, _ = run(tree)
    tree.put("extra", "alias_mod2")
    second = json.loads(pymod(words, called="pymod").stdout)
    reasons = {row["name"]: row["reason"] for row in second["files"]}
    assert (reasons["modules.alias"], reasons["modules.symbols"]) == ("changed", "unchanged")
    assert files_in(tree.folder) == made
    modules = {row["name"]: row for row in second["modules"]}
    assert modules["chain_a"]["dependencies"] == ["chain_b", "chain_c"]
    assert modules["chain_a"]["because"] == {"chain_b": "chain_b_fn"}

"""depmod on whole trees of Debian, as multiples of what the reference kmod takes; all take turns on the same tree.

The raw tree is that of the tests (4000 modules), the one of zst the same packed, as other distributions do; the one of
xz is Debian 13's (4200 modules). A tree that is not on this machine is passed over. Each figure is of medians: the time
on the clock, and beside it that of processors. What a run without a cache writes goes aside, so that the next one finds
the tree as it was.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.figure import Figure, Spent, spent
from modtools.formats.compression import zstd_library
from tests.reference import RELEASE, RELEASE_13, debian13_tree, debian_tree, kmod_tools

_PYMOD = (str(Path(sys.executable).with_name("pymod")), "depmod")
_WITHOUT_LZMA_MT = "import sys; sys.modules['lzma_mt'] = None; from modtools.cli import run; run()"
_RUNS = 9
_MOST_MEMORY = 3


class Tree(NamedTuple):
    """A tree below a root, whose modules are to be packed; and at most how many times as long as kmod pymod takes.

    `anew` is from nothing, `unchanged` for nothing, `one` for one module. `processors` is for the time of these.
    """

    name: str
    modules: Path
    anew: float
    unchanged: float | None = None
    one: float | None = None
    processors: float | None = None
    packed: bool = False


class Command(NamedTuple):
    """What is measured under a name, and what comes before it, unmeasured."""

    name: str
    words: Sequence[str]
    limit: float | None = None
    processors: float | None = None
    prepare: Callable[[], object] = lambda: None


def figures() -> Iterator[Figure]:
    """What each tree takes, and the memory of the largest process."""
    if not (kmod_tools() / "depmod").exists():
        return
    print(
        f"depmod with Python {sys.version.split()[0]}, {Path(sys.executable).resolve()}; xz by {_library()}", flush=True
    )
    raw, xz = debian_tree() / "lib/modules" / RELEASE, debian13_tree() / "usr/lib/modules" / RELEASE_13
    for tree in (
        Tree("raw", raw, 1.0, 0.2, 0.35, 1.5),
        Tree("zst", raw, 1.0, packed=True),
        Tree("xz", xz, 0.6, 0.015, 0.04),
    ):
        if tree.modules.is_dir():
            with tempfile.TemporaryDirectory(dir=tree.modules.parents[2]) as folder:
                yield from _of_tree(tree, Path(folder))


def _of_tree(tree: Tree, root: Path) -> Iterator[Figure]:
    """The figures of a copy of one tree."""
    folder = root / "lib/modules" / tree.modules.name
    shutil.copytree(tree.modules, folder, symlinks=True)  # no links, whose inodes others could change
    if tree.packed:
        _pack(folder)
    words, aside = ["-b", str(root), tree.modules.name], ["-o", str(root / "aside")]
    theirs = Command("kmod", [str(kmod_tools() / "depmod"), *aside, *words])
    anew = [*_PYMOD, "--no-cache", *aside, *words]
    commands = [*_anew(tree, anew), *_again(tree, folder, [*_PYMOD, *words])]
    environment = {"XDG_CACHE_HOME": str(root / "cache"), "PYMOD_STATE": str(root / "state.json")}
    reference, *costs = _in_turn([theirs, *commands], environment)
    for command, cost in zip(commands, costs, strict=True):
        name = f"depmod, {tree.name} tree, {command.name}, against kmod"
        yield Figure(name, cost.seconds / reference.seconds, "×", command.limit)
        yield Figure(f"{name}: processors", cost.processor / reference.processor, "×", command.processors)
    yield Figure(f"depmod, {tree.name} tree, kmod itself", reference.seconds, "s")
    memory = costs[0].memory / reference.memory
    yield Figure(f"depmod, {tree.name} tree, memory of the largest process, against kmod", memory, "×", _MOST_MEMORY)


def _anew(tree: Tree, words: Sequence[str]) -> Iterator[Command]:
    """What is measured without a cache."""
    if tree.name != "xz":
        yield Command("no cache", words, tree.anew, tree.processors)
        return
    # Unpacking is nearly all here, and the liblzma of Python may be years older than kmod's.
    old = [sys.executable, "-c", _WITHOUT_LZMA_MT, *words[1:]]
    library = next(kmod_tools().parent.glob("root/usr/lib/*/liblzma.so.5"))
    yield Command("no cache, with the liblzma that Python has", old)
    if find_spec("lzma_mt"):
        yield Command("no cache, with lzma-mt", words)
    yield Command("no cache, with kmod's liblzma", ["env", f"LD_PRELOAD={library}", *old], tree.anew)


def _again(tree: Tree, folder: Path, words: Sequence[str]) -> Iterator[Command]:
    """What is measured of runs that remember the one before."""
    if tree.unchanged is None:
        return
    module = next(path for path in sorted(folder.rglob("*.ko*")) if path.is_file())

    def change() -> None:
        module.write_bytes(module.read_bytes())
        _settle()

    yield Command("nothing changed", words, tree.unchanged, None, _settle)
    yield Command("one module changed", words, tree.one, None, change)


def _in_turn(commands: Sequence[Command], environment: Mapping[str, str]) -> list[Spent]:
    """What each command takes, by the medians of several runs. One run of each, unmeasured, comes first."""
    costs: list[list[Spent]] = [[] for _ in commands]
    for _ in range(_RUNS + 1):
        for command, cost in zip(commands, costs, strict=True):
            command.prepare()
            cost.append(spent(command.words, environment))
    return [Spent(*map(median, zip(*cost[1:], strict=True))) for cost in costs]


def _settle() -> None:
    """Wait, as what changed this very moment is not remembered."""
    time.sleep(0.1)


def _pack(folder: Path) -> None:
    """Pack the modules of a copied tree, as the kernel's own build does for zst."""
    compress = zstd_library().compress
    for path in folder.rglob("*.ko"):
        path.with_name(f"{path.name}.zst").write_bytes(compress(path.read_bytes()))
        path.unlink()


def _library() -> str:
    """The file of the liblzma that Python has, with its version; "" where that cannot be seen."""
    words = [sys.executable, "-c", "import lzma; print(open('/proc/self/maps').read())"]
    maps = subprocess.run(words, capture_output=True, text=True).stdout
    found = re.search(r"\S*liblzma\S*", maps)
    return found[0] if found else "its own"

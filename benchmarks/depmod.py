"""depmod on whole trees of Debian, as multiples of what the reference kmod takes; both in turn on the same tree.

The raw tree is that of the tests (4000 modules), the compressed one Debian 13's for amd64 (4200 modules, xz). A tree
that is not on this machine is passed over.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.figure import Figure, ratio, spent
from tests.reference import RELEASE, debian_tree, kmod_tools, module_trees

_PYMOD = str(Path(sys.executable).with_name("pymod"))
_RUNS = 7


class Promise(NamedTuple):
    """A tree, and at most how many times as long as kmod pymod takes: from nothing, for nothing, for one module."""

    name: str
    root: Path
    release: str
    anew: float
    unchanged: float
    one: float


def figures() -> Iterator[Figure]:
    """What each tree takes, and the memory of the largest process."""
    if not (kmod_tools() / "depmod").exists():
        return
    xz = module_trees() / "trixie-amd64"
    release = next((path.name for path in (xz / "lib/modules").iterdir()), "") if xz.is_dir() else ""
    promises = (
        Promise("raw", debian_tree(), RELEASE, 1.8, 0.35, 0.7),
        Promise("xz", xz, release, 0.65, 0.03, 0.08),
    )
    for promise in promises:
        if promise.release and promise.root.is_dir():
            with tempfile.TemporaryDirectory(dir=promise.root.parent) as folder:
                yield from _of_tree(promise, Path(folder))


def _of_tree(promise: Promise, folder: Path) -> Iterator[Figure]:
    """The figures of a copy of one tree."""
    tree = folder / "lib/modules" / promise.release
    shutil.copytree(promise.root / "lib/modules" / promise.release, tree, copy_function=os.link, symlinks=True)
    module = _private_copy(next(path for path in sorted(tree.rglob("*.ko*")) if path.is_file()))
    environment = {"XDG_CACHE_HOME": str(folder / "cache"), "PYMOD_STATE": str(folder / "state.json")}
    words = ["-b", str(folder), promise.release]
    ours, theirs = [_PYMOD, "depmod", *words], [str(kmod_tools() / "depmod"), *words]

    def measured(what: str, limit: float, command: list[str], prepare: Callable[[], object] = lambda: None) -> Figure:
        name = f"depmod, {promise.name} tree, {what}, against kmod"
        return Figure(name, ratio(command, theirs, environment, prepare, _RUNS, median), "×", limit)

    def change() -> None:
        module.write_bytes(module.read_bytes())
        time.sleep(0.1)  # what changed this very moment is not remembered

    anew = [*ours[:2], "--no-cache", *words]
    yield measured("no cache", promise.anew, anew)
    library = next(kmod_tools().parent.glob("root/usr/lib/*/liblzma.so.5"), None)
    if library and module.suffix == ".xz":
        # Unpacking is nearly all here, and the liblzma of Python may be years older than kmod's.
        yield measured("no cache, with kmod's liblzma", promise.anew, ["env", f"LD_PRELOAD={library}", *anew])
    time.sleep(0.1)
    yield measured("nothing changed", promise.unchanged, ours)
    yield measured("one module changed", promise.one, ours, change)
    memory = spent(anew, environment).memory / spent(theirs, {}).memory
    yield Figure(f"depmod, {promise.name} tree, memory of the largest process, against kmod", memory, "×", 3)


def _private_copy(path: Path) -> Path:
    """Make a file of a copied tree one of its own, that can be written to."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    return path

"""Instructions that commands take: they are the same on a busy machine, and grow with each import on the way.

Counted by callgrind, in millions, with the hashes of texts fixed; a command of one process, called by a link of `pymod
links`. Each is told also as a multiple of `python -c "import click"`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.process import CLICK, PYMOD
from tests import reference
from tests.beside_kmod import copied_debian_tree
from tests.callgrind import instructions
from tests.crowd import crowd

_OF_A_TREE: Mapping[str, tuple[Sequence[str], float | None]] = {
    "modprobe -D ext4": (("modprobe", "-D", "ext4"), 0.5),
    "modinfo -F depends ext4": (("modinfo", "-F", "depends", "ext4"), 0.5),
    "modinfo ext4": (("modinfo", "ext4"), None),
}


def figures() -> Iterator[Figure]:
    """What is asked most often, by persons and by programs that make images."""
    if not shutil.which("valgrind"):
        print("instructions: valgrind is not on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        state = root / "machine/state.json"
        environment = {"PYMOD_STATE": str(state), "PYMOD_ROOT": folder, "PYTHONHASHSEED": "0"}
        commands = _OF_A_TREE if _has_tree(root, environment) else {}
        subprocess.run([*PYMOD, "links", root / "bin"], stdout=subprocess.DEVNULL, check=True)
        click = instructions(CLICK, environment, root)
        yield Figure("instructions of import click", click, "M")

        def told(name: str, words: Sequence[str], limit: float | None = None) -> Iterator[Figure]:
            count = instructions(words, environment, root)
            yield Figure(f"instructions of {name}", count, "M")
            yield Figure(f"instructions of {name}, against import click", count / click, "×", limit)

        for name, (words, limit) in commands.items():
            yield from told(f"{name}, nothing booted", _linked(root, *words), limit)
        subprocess.run([*PYMOD, "boot"], env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True)
        yield from told("lsmod", _linked(root, "lsmod"), 0.6)
        yield from told("pymod lsmod, by the script of pip", [*PYMOD, "lsmod"], 0.6)
        for name, (words, limit) in commands.items():
            yield from told(name, _linked(root, *words), limit)
        crowd(state)
        yield from told("lsmod with 4000 modules", _linked(root, "lsmod"), 2)


def _linked(root: Path, name: str, *words: str) -> Sequence[str]:
    return [str(root / "bin" / name), *words]


def _has_tree(root: Path, environment: Mapping[str, str]) -> bool:
    """Copy Debian's tree, where it is at hand, and index it; return whether it is."""
    if missing := reference.missing("debian"):
        print(f"instructions: {missing}")
        return False
    copied_debian_tree(reference.debian_tree(), root)
    subprocess.run([*PYMOD, "depmod", "--no-cache"], env={**os.environ, **environment}, check=True)
    return True

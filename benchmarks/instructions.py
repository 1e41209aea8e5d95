"""Instructions that commands take: they are the same on a busy machine, and grow with each import on the way.

Counted by callgrind, in millions, with the hashes of texts fixed; a command of one process. Each is told also as a
multiple of `python -c "import click"`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.process import CLICK, PYMOD, crowd
from tests import reference
from tests.beside_kmod import copied_debian_tree

_TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)
_OF_A_TREE: Mapping[str, Sequence[str]] = {
    "modprobe -D ext4": ("modprobe", "-D", "ext4"),
    "modinfo -F depends ext4": ("modinfo", "-F", "depends", "ext4"),
    "modinfo ext4": ("modinfo", "ext4"),
}


def figures() -> Iterator[Figure]:
    """What is asked most often, by persons and by programs that make images."""
    if not shutil.which("valgrind"):
        print("instructions: valgrind is not on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        environment = {"PYMOD_STATE": str(root / "machine/state.json"), "PYMOD_ROOT": folder, "PYTHONHASHSEED": "0"}
        commands = _OF_A_TREE if _has_tree(root, environment) else {}
        subprocess.run([*PYMOD, "boot"], env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True)
        click = instructions(CLICK, environment, root)
        yield Figure("instructions of import click", click, "M")

        def told(name: str, *words: str) -> Iterator[Figure]:
            count = instructions([*PYMOD, *words], environment, root)
            yield Figure(f"instructions of {name}", count, "M")
            yield Figure(f"instructions of {name}, against import click", count / click, "×")

        yield from told("lsmod", "lsmod")
        for name, words in commands.items():
            yield from told(name, *words)
        crowd(root / "machine/state.json")
        yield from told("lsmod with 4000 modules", "lsmod")


def _has_tree(root: Path, environment: Mapping[str, str]) -> bool:
    """Copy Debian's tree, where it is at hand, and index it; return whether it is."""
    if missing := reference.missing("debian"):
        print(f"instructions: {missing}")
        return False
    copied_debian_tree(reference.debian_tree(), root)
    subprocess.run([*PYMOD, "depmod", "--no-cache"], env={**os.environ, **environment}, check=True)
    return True


def instructions(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> float:
    """Return how many millions of instructions a command takes that has run before. Raises CalledProcessError."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    surroundings, out = own | dict(environment), folder / "callgrind"
    subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=True)
    counted = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", sys.executable, *_script(command)]
    subprocess.run(counted, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return int(_TOTALS.findall(out.read_text())[-1]) / 1_000_000


def _script(command: Sequence[str]) -> Sequence[str]:
    """Return the words for Python of a command, which is Python itself or a script for it."""
    return command[1:] if command[0] == sys.executable else command

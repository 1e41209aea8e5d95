"""Every module of Debian's kernel loaded by one modprobe, and removed again. Modules' own code is not run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.figure import Figure, Spent, spent
from tests import reference
from tests.beside_kmod import copied_debian_tree

_PYMOD = str(Path(sys.executable).with_name("pymod"))


def figures() -> Iterator[Figure]:
    """Time and memory of `modprobe -a` and of `modprobe -r -a`, where Debian's kernel is at hand."""
    if missing := reference.missing("debian"):
        print(f"loading: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        tree = copied_debian_tree(reference.debian_tree(), root)
        environment = {"PYMOD_ROOT": folder, "PYMOD_STATE": str(root / "state/state.json"), "PYMOD_RUN": "0"}
        subprocess.run([_PYMOD, "depmod", "--no-cache"], env={**os.environ, **environment}, check=True)
        names = sorted(path.stem for path in tree.rglob("*.ko"))
        yield from _told(f"modprobe -a of {len(names)} modules", spent([_PYMOD, "modprobe", "-a", *names], environment))
        inside = loaded(environment)
        rounds = list(_removed(environment, inside))
        went = len(inside) - len(loaded(environment))
        both = Spent(sum(each.seconds for each in rounds), max(each.memory for each in rounds))
        yield from _told(f"modprobe -r -a of {went} of them", both)


def _told(what: str, cost: Spent) -> Iterator[Figure]:
    yield Figure(what, cost.seconds, "s")
    yield Figure(f"{what}, memory", cost.memory / 1000, "MB")


def loaded(environment: Mapping[str, str]) -> list[str]:
    """The modules that lsmod shows, the newest first."""
    command = [_PYMOD, "lsmod"]
    output = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True)
    return [line.split()[0] for line in output.stdout.splitlines()[1:]]


def _removed(environment: Mapping[str, str], inside: list[str]) -> Iterator[Spent]:
    """Remove until nothing more can go: users before what they use, and permanent modules stay."""
    before = 0
    while len(inside) != before:
        before = len(inside)
        yield spent([_PYMOD, "modprobe", "-q", "-r", "-a", *inside], environment, statuses=(0, 1))
        inside = loaded(environment)

"""Whole processes: what a person, or a program that calls them a thousand times, waits for.

All are multiples of `python -c "import click"` (and unicorn, where a module's code is run).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, ratio
from tests import reference
from tests.beside_kmod import copied_debian_tree
from tests.crowd import MANY, crowd

CLICK = [sys.executable, "-c", "import click"]
PYMOD = [str(Path(sys.executable).with_name("pymod"))]
_EXAMPLE = Path(__file__).parents[1] / "examples/hello_export.ko"


def figures() -> Iterator[Figure]:
    """insmod, lsmod of what it loaded, lsmod of a crowded kernel."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "machine/state.json"
        environment = {"PYMOD_STATE": str(state), "PYMOD_ROOT": str(state.with_name("root"))}
        for imported, limit in (("click", 4), ("click, unicorn", 2.5)):
            insmod = ratio(
                [*PYMOD, "insmod", str(_EXAMPLE)],
                [sys.executable, "-c", f"import {imported}"],
                environment,
                lambda: shutil.rmtree(state.parent, ignore_errors=True),
            )
            yield Figure(f"insmod hello_export.ko, against import {imported}", insmod, "×", limit)
        yield Figure("lsmod, against import click", ratio([*PYMOD, "lsmod"], CLICK, environment), "×", 1.6)

        crowd(state)
        name = f"lsmod with {MANY} modules loaded, against import click"
        yield Figure(name, ratio([*PYMOD, "lsmod"], CLICK, environment), "×", 4)
    if missing := reference.missing("debian"):
        print(f"process: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield from _questions(Path(folder))


def _questions(root: Path) -> Iterator[Figure]:
    """What programs ask about a distribution's tree: from its indexes alone, and from a module's file."""
    copied_debian_tree(reference.debian_tree(), root)
    environment = {"PYMOD_STATE": str(root / "state.json"), "PYMOD_ROOT": str(root)}
    subprocess.run([*PYMOD, "depmod", "--no-cache"], env={**os.environ, **environment}, check=True)
    depends = ratio([*PYMOD, "modprobe", "-D", "ext4"], CLICK, environment)
    yield Figure("modprobe -D ext4 on Debian's tree, against import click", depends, "×", 2.5)
    fields = ratio([*PYMOD, "modinfo", "ext4"], CLICK, environment)
    yield Figure("modinfo ext4 on Debian's tree, against import click", fields, "×")

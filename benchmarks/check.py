"""`pymod check`: every module of Debian's kernel on that kernel, against loading them by one modprobe; and one module.

No module's code is run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, ratio, spent
from tests import reference
from tests.beside_kmod import copied_debian_tree

_PYMOD = str(Path(sys.executable).with_name("pymod"))
_CLICK = [sys.executable, "-c", "import click"]
_ONE = "kernel/drivers/net/dummy.ko"


def figures() -> Iterator[Figure]:
    """Time on the clock and of processors for the tree, its ratio to modprobe, and one module's to `import click`."""
    if missing := reference.missing("debian"):
        print(f"check: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        tree = copied_debian_tree(reference.debian_tree(), root)
        environment = {"PYMOD_ROOT": folder, "PYMOD_STATE": str(root / "state/state.json"), "PYMOD_RUN": "0"}
        subprocess.run([_PYMOD, "depmod", "--no-cache"], env={**os.environ, **environment}, check=True)
        check = [_PYMOD, "check", "--kernel", "debian-12", "--tree", str(tree), "--format", "json"]
        names = sorted(path.stem for path in tree.rglob("*.ko"))
        all_ = spent([*check, str(tree / "kernel")], environment)
        loading = spent([_PYMOD, "modprobe", "-a", *names], environment)
        yield Figure(f"check of {len(names)} modules", all_.seconds, "s", 10)
        yield Figure(f"check of {len(names)} modules, all processors", all_.processor, "s", 17)
        yield Figure(f"check of {len(names)} modules, against modprobe -a", all_.seconds / loading.seconds, "×", 1.5)
        yield Figure(f"check of {len(names)} modules, memory of one process", all_.memory / 1000, "MB")
        one = ratio([*check, str(tree / _ONE)], _CLICK, environment)
        yield Figure("check of dummy.ko, against import click", one, "×", 3)

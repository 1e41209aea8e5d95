"""closure, why and graph start without what they do not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import CHECKOUT
from tests.relations import SmallTree

HEAVY = {"rich", "elftools", "unicorn", "filelock", "platformdirs", "difflib", "modtools.module", "modtools.emulate"}


@pytest.mark.parametrize("tool", ["closure", "why", "graph"])
def test_nothing_heavy_is_imported(tool: str, tmp_path: Path) -> None:
    """Neither the decoder of whole ELF files, nor an emulator, nor what draws on a terminal."""
    tree = SmallTree(tmp_path / "root", {"base": {"info": ["firmware=a.bin"]}, "top": {"needs": ["base"]}})
    words = ["pymod", "--root", str(tree.root), tool, "top"]
    script = f"import sys; from modtools import cli; print(cli.main({words}), *sys.modules, file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    status, *imported = done.stderr.splitlines()[-1].split()
    assert (status, "top" in done.stdout) == ("0", True)
    assert not HEAVY & set(imported)

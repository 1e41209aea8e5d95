"""What is called by the hundred starts soon: it imports little, and takes few instructions.

A `mkinitramfs` makes 800 calls, each of which is over when its imports are.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.callgrind import instructions
from tests.crowd import crowd
from tests.reference import CHECKOUT
from tests.running import Run, load, small_machine

QUICK = (("lsmod",), ("modprobe", "-D", "hello_use_export"), ("modinfo", "-F", "depends", "hello_use_export"))
ALLOWED = frozenset(
    "__future__ gc os os.path posixpath genericpath stat _stat _collections_abc _collections errno fcntl mmap struct "
    "_struct _json".split()
)
"""What they may import besides what Python has when it starts, and pymod's own modules, of which none is of the kernel:
not one of re, typing, enum, pathlib, dataclasses, functools, contextlib, collections.
"""
OWN_HEAVY = ("modtools.kernel", "modtools.store", "modtools.emulate", "modtools.profiles", "modtools.shared.libkmod")

BUDGET = {
    "lsmod": 47.7,
    "modprobe -D hello_use_export": 61.8,
    "modinfo -F depends hello_use_export": 60.6,
}
"""Millions of instructions that each may take, within 3 %: who needs more says so here, and so does who needs less."""
BUDGET_CROWD = 320.0
"""Those of lsmod with 4000 modules loaded."""
WITHIN = 0.03
COUNTED_WITH = ("3.11.7", "GCC 12.2.0")
"""The Python that they were counted with; another one takes others."""

THIS = (platform.python_version(), platform.python_compiler())


@pytest.fixture
def machine(capfd: pytest.CaptureFixture[str]) -> Run:
    """A machine whose tree has two modules, one of them loaded."""
    pymod = small_machine(capfd)
    load(pymod, "hello_export")
    return pymod


def bare(code: str, *words: str) -> set[str]:
    """Return what a Python has imported that runs some code, isolated as the scripts of `pymod links` start it."""
    code = f"import sys; sys.path.append({str(CHECKOUT)!a}); {code}; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-IS", "-c", code, *words], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("stored", [True, False], ids=["booted", "nothing booted"])
@pytest.mark.parametrize("words", QUICK, ids=" ".join)
def test_it_imports_only_what_it_needs(words: tuple[str, ...], stored: bool, machine: Run) -> None:
    """Where nothing was ever booted, too: then it is the built-in kernel of which it knows as much as it needs."""
    if not stored:
        Path(os.environ["PYMOD_STATE"]).unlink()
    assert machine(*words)[2] == 0
    imported = bare("from modtools import cli; cli.main(['pymod', *sys.argv[1:]])", *words) - bare("pass")
    assert {name for name in imported if name.split(".")[0] != "modtools"} <= ALLOWED
    assert not {name for name in imported if name.startswith(OWN_HEAVY)}


@pytest.mark.valgrind
@pytest.mark.skipif(THIS != COUNTED_WITH, reason=f"instructions were counted with Python {COUNTED_WITH}")
def test_it_takes_as_many_instructions_as_it_may(machine: Run, tmp_path: Path) -> None:
    """By links of `pymod links`, and lsmod for a whole tree's modules, too."""
    assert machine("links", str(tmp_path / "bin"))[2] == 0

    def counted(name: str, *words: str) -> float:
        return instructions([str(tmp_path / "bin" / name), *words], {}, tmp_path)

    taken = {" ".join(words): counted(*words) for words in QUICK}
    budget = dict(BUDGET)
    crowd(Path(os.environ["PYMOD_STATE"]))
    taken["crowd"], budget["crowd"] = counted("lsmod"), BUDGET_CROWD
    assert taken == pytest.approx(budget, rel=WITHIN)

"""The main commands need nothing that only some systems have (docs/systems.md tells what that shows)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import CHECKOUT, RELEASE
from tests.running import Run, runner

SESSION = (
    "boot",
    "insmod {hello_use_export}",
    "insmod {hello_export}",
    "insmod {hello_use_export} whom=reader howmany=1",
    "lsmod",
    "modinfo {hello_export}",
    "cat /proc/modules",
    "rmmod hello_export",
    "rmmod hello_use_export hello_export",
    "dmesg",
    "depmod",
    "modprobe -v hello_use_export",
    "lsmod",
    "modprobe -r hello_use_export",
    "modinfo hello_export",
    "modprobe nothing",
    "insmod /nowhere/nothing.ko",
    "tick",
    "symvers {hello_export}",
    "status",
    "boot --like {hello_export}",
)
"""With two modules of the lesson; before depmod they are put into the tree."""


def elsewhere(*words: str) -> tuple[str, str, int]:
    """Run pymod as on such a system."""
    command = [sys.executable, "-m", "tests.elsewhere", *words]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    return done.stdout, done.stderr, done.returncode


def answers(run: Run, folder: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str, int]]:
    """What each command of the session prints, complains about, and ends with."""
    places = {name: str(examples / f"{name}.ko") for name in ("hello_export", "hello_use_export")}
    for name, place in (("PYMOD_STATE", "state.json"), ("PYMOD_ROOT", "root"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(name, str(folder / place))
    monkeypatch.setenv("PYMOD_HINTS", "1")
    monkeypatch.chdir(CHECKOUT)
    told = []
    for line in SESSION:
        if line == "depmod":
            for path in places.values():
                shutil.copy(path, folder / "root/lib/modules" / RELEASE)
        *texts, status = run(*(word.format(**places) for word in line.split()))
        output, errors = (str(text).replace(str(folder), "FOLDER") for text in texts)
        told.append((line, output, errors, int(status)))
    return told


def test_without_what_others_lack_all_answers_are_the_same(
    tmp_path: Path, examples: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No fork, fcntl, pread, uname, links, signals' masks, openat2(2): each command says what it says here."""
    folders = [tmp_path / "here", tmp_path / "elsewhere"]
    for folder in folders:
        folder.mkdir()
    here = answers(runner(capfd), folders[0], examples, monkeypatch)
    assert answers(elsewhere, folders[1], examples, monkeypatch) == here
    assert {status for *_, status in here} == {0, 1}
    assert not any("mistake" in errors for _, _, errors, _ in here)
    index = [(folder / "root/lib/modules" / RELEASE / "modules.dep.bin").read_bytes() for folder in folders]
    assert index[0] == index[1]


def test_it_is_really_taken_away() -> None:
    """Whoever asks for what is missing fails."""
    code = """
from tests import elsewhere
elsewhere.take_away()
import os, signal, sys
assert not any(hasattr(os, name) for name in ("fork", "pread", "uname", "geteuid", "O_NOFOLLOW", "sched_getaffinity"))
assert not hasattr(signal, "pthread_sigmask")
for name in elsewhere.MODULES:
    try:
        __import__(name)
    except ImportError:
        continue
    sys.exit(name)
try:
    os.symlink("a", "b")
except OSError:
    sys.exit(0)
sys.exit("symlink")
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True).returncode == 0


def test_what_needs_links_says_so(tmp_path: Path) -> None:
    """Where links may not be made, one line names the link and the reason."""
    command = [sys.executable, "-m", "tests.elsewhere", "links", str(tmp_path)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"links: ERROR: {tmp_path}/insmod.")
    assert done.stderr.endswith(": A required privilege is not held by the client\n")

"""A second terminal in the same shell, and a machine whose time is the host's."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.shell.test_faults import until
from tests.shell.typed import SECONDS, environment, typed, words
from tests.transcripts import HERE

pytestmark = [pytest.mark.fuse]
pytest.importorskip("unicorn")

KO = HERE / "ko/waiting.ko"


def begun(folder: Path, script: str, *options: str) -> subprocess.Popen[str]:
    """A shell that has come to the end of the beginning of its script."""
    line = words(f"{script}", *options)
    shell = subprocess.Popen(line, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True)
    until((folder / "begun").exists)
    return shell


def test_a_second_terminal_joins(tmp_path: Path) -> None:
    """It is in the same machine, wakes who waits there, and goes on when the first one has ended."""
    first = begun(tmp_path, f"insmod {KO}; touch begun; exec head -c 3 /dev/waiting")
    script = (
        "sleep 0.5; printf abc >/dev/waiting; pwd; sleep 1.5; printf d >/dev/waiting; head -c 1 /dev/waiting; lsmod"
    )
    joined = subprocess.Popen(
        words(script, "--join"),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert first.communicate(timeout=SECONDS)[0] == "abc"
    assert joined.poll() is None
    out, errors = joined.communicate(timeout=SECONDS)
    listed = "Module                  Size  Used by\nwaiting                16384  0\n"
    assert (out, errors, joined.returncode) == (f"{tmp_path}\nd{listed}", "", 0)
    lonely = typed(tmp_path, "true", "--join")
    assert lonely.stderr == "shell: ERROR: no shell is open on this machine: open one with 'pymod shell'\n"
    assert lonely.returncode == 1
    assert typed(tmp_path, "rmmod waiting").returncode == 0


def test_time_passes_as_on_the_host(tmp_path: Path) -> None:
    """With --realtime, whoever waits or not: timers come, and are seen while the log is followed."""
    script = f"""
        insmod {KO}; timeout 3 dmesg -w -t >followed &
        sleep 1; printf '1 700' >/proc/waiting; head -c 1 /dev/waiting; wait; grep 'head reads' followed
        printf '8' >/proc/waiting; dmesg | tail -n 1
    """
    started = time.monotonic()
    out = typed(tmp_path, script, "--realtime").stdout
    took = time.monotonic() - started
    assert out.startswith("thead reads 1 of 1\n[")
    assert 2 < float(out.rpartition("[")[2].split("]")[0]) < took


def test_time_stands_still_while_nobody_waits(tmp_path: Path) -> None:
    """Without it; it passes as on the host while a program waits in a driver."""
    script = f"""
        insmod {KO}; printf '1 500' >/proc/waiting; timeout 1 tail -f /dev/null; dmesg | tail -n 1
        head -c 1 /dev/waiting
        dmesg | tail -n 2
    """
    out = typed(tmp_path, script).stdout
    times = [float(part.split("]")[0]) for part in out.split("[")[1:]]
    assert times[0] < 0.1
    assert 0.4 < times[1] < 1

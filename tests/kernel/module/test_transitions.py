"""Modules whose init or exit sleeps, seen by others meanwhile. What one looker sees, the recorded sessions show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from modtools.kernel.module.transitions import LONGEST, finish_elapsed
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.link.areas import Area, Kind
from modtools.store import Store
from tests.reference import CHECKOUT
from tests.running import runner

pytest.importorskip("unicorn")
KO = CHECKOUT / "tests/transcripts/ko"
_PYMOD = [sys.executable, "-c", "import sys; from modtools.cli import main; sys.exit(main(sys.argv))"]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the machine is kept."""
    return tmp_path / "state.json"


def command(state: Path, *words: str) -> list[str]:
    """`pymod WORDS` on that machine."""
    return [*_PYMOD, "--state", str(state), "--root", str(state.parent), *words]


def output(state: Path, *words: str) -> str:
    """What a command prints; it must go well."""
    return subprocess.run(command(state, *words), check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout


@pytest.fixture
def look(state: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints, run in this process: fast enough to see what lasts for seconds, on a busy machine, too."""
    run = runner(capfd)
    return lambda *words: run("--state", str(state), "--root", str(state.parent), *words)[0]


@contextmanager
def started(state: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on, from when it is in the kernel."""
    with subprocess.Popen(command(state, *words), cwd=CHECKOUT) as process:
        end = time.monotonic() + 60
        while time.monotonic() < end and not (state.exists() and '"until"' in state.read_text()):
            time.sleep(0.01)
        yield process


def test_a_user_waits_for_the_init_of_what_it_uses(state: Path, look: Callable[..., str]) -> None:
    """A module is not linked against one that still loads, but after it."""
    with started(state, "insmod", str(KO / "slow_export.ko")) as first:
        assert "slow_export            16384  1" in look("lsmod")
        output(state, "insmod", str(KO / "slow_user.ko"))
        assert first.wait() == 0
    assert output(state, "lsmod").splitlines()[1:] == [
        "slow_user              16384  0",
        "slow_export            16384  1 slow_user",
    ]
    log = output(state, "dmesg", "-t").splitlines()
    assert log.index("slow_export: returning 0") < log.index("slow_user: slow_fn(1) = 2")


def test_who_is_killed_while_it_waits_leaves_the_module_loaded(state: Path, look: Callable[..., str]) -> None:
    """The module's own code is through: nobody needs the process that waits."""
    with started(state, "insmod", str(KO / "slow_init.ko"), "ms=5000") as process:
        os.kill(process.pid, signal.SIGKILL)
    assert look("cat", "/sys/module/slow_init/initstate") == "coming\n"
    end = time.monotonic() + 60
    while output(state, "cat", "/sys/module/slow_init/initstate") == "coming\n" and time.monotonic() < end:
        time.sleep(0.1)
    assert output(state, "cat", "/sys/module/slow_init/initstate") == "live\n"
    assert output(state, "cat", "/sys/module/slow_init/initsize") == "0\n"
    output(state, "rmmod", "slow_init")
    assert output(state, "lsmod").count("\n") == 1


def test_removing_two_takes_its_time(state: Path, look: Callable[..., str]) -> None:
    """The second of two modules goes after the first one's exit has slept, and in the end both are gone."""
    for name in ("slow_exit.ko", "hello_export.ko"):
        output(state, "insmod", str(KO / name))
    with started(state, "rmmod", "slow_exit", "hello_export") as process:
        assert "slow_exit              16384  -1" in look("lsmod")
        assert "hello_export           16384  0" in look("lsmod")
        assert process.wait() == 0
    assert output(state, "lsmod").count("\n") == 1


@pytest.mark.parametrize(("until", "is_over"), [(99.0, True), (100.0, True), (100.5, False), (101 + LONGEST, True)])
def test_when_it_is_over(until: float, is_over: bool, state: Path) -> None:
    """At its time; at once, if that is so late that the clock must have been put back."""
    kernel = Store(state).default()
    areas = (Area(Kind.CORE, 0, 4096), Area(Kind.INIT, 0, 4096))
    kernel.modules["slow"] = LoadedModule("slow", ModuleState.COMING, areas, refcount=1, until=until)
    finish_elapsed(kernel, 100.0)
    module = kernel.modules["slow"]
    assert (module.state is ModuleState.LIVE) == is_over
    assert (module.refcount, module.size) == ((0, 4096) if is_over else (1, 8192))


def test_what_does_not_sleep_is_live_at_once(state: Path) -> None:
    """Nobody waits for a module whose init takes no time, however late in the kernel's life it is loaded."""
    output(state, "tick", "10")
    output(state, "insmod", str(KO / "hello_export.ko"))
    with Store(state).transaction() as kernel:
        loaded = kernel.modules["hello_export"]
        assert (loaded.state, loaded.refcount, loaded.until) == (ModuleState.LIVE, 0, 0.0)

"""Time passes when code waits or `pymod tick` says so, and timers, work and threads run as it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.kernel.module.load import insert
from modtools.kernel.module.unload import delete
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.reference import CHECKOUT

pytest.importorskip("unicorn")

KO = CHECKOUT / "examples/tutorial"
SECOND = 1_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Where one machine is kept."""
    return Store(tmp_path / "state.json")


def load(store: Store, name: str) -> None:
    """Insert a module of the tutorial, in a transaction of its own."""
    with store.transaction() as kernel:
        insert(kernel, (KO / f"{name}.ko").read_bytes(), path=str(KO / f"{name}.ko"))


def tick(store: Store, seconds: float) -> None:
    """Let time pass, in a transaction of its own."""
    with store.transaction() as kernel:
        assert kernel.runner is not None
        assert kernel.runner.tick(round(seconds * SECOND)).end is End.RETURNED


def remove(store: Store, name: str) -> None:
    """Remove a module."""
    with store.transaction() as kernel:
        delete(kernel, name)


def log(store: Store) -> list[tuple[int, str]]:
    """The log without what every first module brings, with the milliseconds of the virtual clock."""
    return [(r.time // 1000, r.text) for r in store.read().log.readable() if "taint" not in r.text]


def test_a_timer_expires_when_time_passes(store: Store) -> None:
    """Each tick comes in the wheel's step after its second, of 32 ms, by a command of its own; there are three."""
    load(store, "timer")
    tick(store, 0.5)
    assert log(store) == [(0, "timer: started")]
    tick(store, 1)
    tick(store, 10)
    assert log(store)[1:] == [
        (1024, "timer: tick, 2 left"),
        (2048, "timer: tick, 1 left"),
        (3072, "timer: tick, 0 left"),
    ]
    assert store.read().time == 11_500_000


def test_a_timer_that_is_pending_is_deleted(store: Store) -> None:
    """del_timer_sync() says so, and nothing runs in memory that is gone."""
    load(store, "timer")
    remove(store, "timer")
    tick(store, 5)
    assert log(store)[-1] == (0, "timer: was still running")


def test_a_precise_timer_keeps_its_period(store: Store) -> None:
    """Ten beats of 100 microseconds take one millisecond."""
    load(store, "hr_timer")
    tick(store, 1)
    assert log(store) == [(1, "hr_timer: 10 beats in 1000 us")]


def test_work_is_done_when_init_is_over(store: Store) -> None:
    """Work begins when the processor is free; a worker that sleeps lets the next begin; delayed work comes later."""
    load(store, "work_queue")
    assert [text for _, text in log(store)] == [f"work_queue: {what}" for what in ("queued", "sleeping", "at once")]
    tick(store, 3)
    assert log(store)[3:] == [(1024, "work_queue: slept"), (2016, "work_queue: later")]


def test_a_queue_is_emptied_before_it_goes(store: Store) -> None:
    """destroy_workqueue() waits for the worker that sleeps, so time passes; delayed work is cancelled."""
    load(store, "work_queue")
    remove(store, "work_queue")
    assert log(store)[3:] == [(1024, "work_queue: slept"), (1024, "work_queue: gone")]


def test_threads_wait_for_each_other(store: Store) -> None:
    """The flywheel, started first, waits for the crank."""
    load(store, "completions")
    remove(store, "completions")
    expected = ["Turn the crank", "Flywheel spins up", "completions: both are done"]
    assert [text for _, text in log(store)] == expected


def test_a_thread_lives_from_command_to_command(store: Store) -> None:
    """It sleeps between commands, wakes the one that waits for it, and is stopped by rmmod, which gets its value."""
    load(store, "thread")
    tick(store, 2.5)
    remove(store, "thread")
    said = [text for _, text in log(store)]
    assert said == [
        "speaker/1: 1",
        "speaker/1: 2",
        "speaker/1: 3",
        "listener: heard 3",
        "thread: the speaker returned 7",
    ]
    assert not store.read().modules


def test_runs_repeat_exactly(tmp_path: Path) -> None:
    """The same commands give the same log, to the nanosecond."""
    stores = [Store(tmp_path / name / "state.json") for name in "ab"]
    for store in stores:
        load(store, "thread")
        tick(store, 1.7)
    assert stores[0].read().log == stores[1].read().log


def test_a_timer_of_a_module_that_is_gone_oopses(tmp_path: Path) -> None:
    """A module that leaves its timer behind takes the kernel with it, as on Linux."""
    kernel: Kernel = Store(tmp_path / "state.json").default()
    runner = kernel.runner = EmulatedRunner(kernel, isolated=False)
    insert(kernel, (KO / "timer.ko").read_bytes(), path=str(KO / "timer.ko"))
    runner.forget(kernel.modules["timer"])
    runner.tick(2 * SECOND)
    assert any("BUG: unable to handle page fault" in r.text for r in kernel.log.readable())

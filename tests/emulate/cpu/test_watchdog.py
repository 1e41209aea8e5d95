"""Code that does not end is ended by counted work, and the answer is the same on every machine, however busy."""

from __future__ import annotations

import ast
import ctypes
import tracemalloc
from pathlib import Path

import pytest

pytest.importorskip("unicorn")

import unicorn
from unicorn import arm64_const, x86_const

from modtools.emulate.cpu import blocks, watchdog
from modtools.emulate.runner import EmulatedRunner
from modtools.errors import KernelError, Killed
from modtools.kernel.files.paths import lookup
from modtools.kernel.log import raw_lines
from modtools.kernel.module.load import insert
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.reference import CHECKOUT

KO = CHECKOUT / "tests/data/endless.ko"
LOCKUP = "<0>watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:88]"
BUSY = CHECKOUT / "tests/transcripts/ko/busy.ko"
SPINNING = ["spin", "printk", "udelay", "rbtree", "rbnext", "listsort", "thread"]
COUNTING = ["call", "mix", "notifier"]
WORK = watchdog.PATIENCE, watchdog.TOTAL


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the work, so that a test takes a moment."""
    _limit(monkeypatch, 25)


def _limit(monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    patience, total = WORK
    monkeypatch.setattr(watchdog, "PATIENCE", patience // part)
    monkeypatch.setattr(watchdog, "TOTAL", total // part)


def boot(folder: Path, *, isolated: bool = False) -> Kernel:
    """A kernel just booted."""
    kernel = Store(folder / "state.json").default()
    kernel.runner = EmulatedRunner(kernel, isolated=isolated)
    return kernel


def log(kernel: Kernel) -> list[str]:
    """All lines, each with its time."""
    return [f"{r.time} {line}" for r in kernel.log.records for line in raw_lines([r])]


def stuck(folder: Path, what: str, *, isolated: bool = False) -> Kernel:
    """Insert the module and have it do something without end; the kernel afterwards."""
    kernel = boot(folder, isolated=isolated)
    with pytest.raises(Killed):
        insert(kernel, KO.read_bytes(), f"what={what}", path=str(KO))
    assert kernel.modules["endless"].init.how == End.STUCK
    return kernel


@pytest.mark.parametrize("what", SPINNING)
def test_an_endless_loop_is_a_lockup_wherever_it_spins(tmp_path: Path, what: str) -> None:
    """In the module, in a kernel function, or between them: it is stuck, and the log of the call is kept."""
    lines = [line.split(" ", 1)[1] for line in log(stuck(tmp_path, what))]
    assert any("soft lockup - CPU#0 stuck" in line for line in lines)
    assert f"<6>endless: {what} begins" in lines
    assert LOCKUP in lines or what == "thread"


@pytest.mark.parametrize("what", COUNTING)
def test_what_never_comes_to_the_same_state_again_is_not_called_endless(tmp_path: Path, what: str) -> None:
    """A loop that counts its calls, one with a long loop in it, a chain of notifiers that bites its tail: they may end,
    as far as anybody can see who has not the time to wait. The log says what they were given.
    """
    kernel = boot(tmp_path)
    insert(kernel, KO.read_bytes(), f"what={what}", path=str(KO))
    assert kernel.modules["endless"].init.how == End.FAILED
    assert f"more than {watchdog.TOTAL} units of work" in log(kernel)[-1]
    assert not any("lockup" in line for line in log(kernel))


def test_a_wait_for_work_that_goes_on_for_ever_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pieces of work that queue themselves again leave the processor to others: time passes meanwhile."""
    _limit(monkeypatch, 1)
    assert any("blocked for more than 120 seconds" in line for line in log(stuck(tmp_path, "workflush")))


@pytest.mark.parametrize(
    ("what", "last"),
    [
        ("many_calls times=10000", "10000 calls, sum 1283040"),
        ("many_lines times=9000", "line 8999"),
        ("half_a_minute", "over"),
    ],
)
def test_what_ends_comes_to_its_end(tmp_path: Path, what: str, last: str) -> None:
    """However much it does, and though the watchdog complains of it."""
    kernel = boot(tmp_path)
    insert(kernel, BUSY.read_bytes(), f"what={what}", path=str(BUSY))
    assert kernel.modules["busy"].init.how == End.RETURNED
    assert log(kernel)[-1].endswith(f"<6>busy: {last}")


@pytest.mark.parametrize("what", ["for_ever", "restarts_at_once"])
def test_where_the_watchdog_runs_or_cannot_come_there_is_no_complaint(tmp_path: Path, what: str) -> None:
    """A call for memory that may wait lets the watchdog run; a precise timer that starts itself for a time that is over
    leaves the processor to nobody, with interrupts disabled. Both hang without a word.
    """
    kernel = boot(tmp_path)
    with pytest.raises(Killed):
        insert(kernel, BUSY.read_bytes(), f"what={what}", path=str(BUSY))
    assert not any("lockup" in line for line in log(kernel))


@pytest.mark.parametrize("what", ["spin", "printk", "rbtree"])
def test_a_lockup_is_the_same_each_time(tmp_path: Path, what: str) -> None:
    """Every line, every time stamp, every register: here and in a process of its own, however fast the machine is."""
    here, again, apart = (stuck(tmp_path, what, isolated=isolated) for isolated in (False, False, True))
    assert log(here) == log(again) == log(apart)


def test_a_flood_of_messages_keeps_the_newest(tmp_path: Path) -> None:
    """As much as the log holds, also where a process of its own has logged far more than that."""
    logs = []
    for isolated in (False, True):
        kernel = boot(tmp_path, isolated=isolated)
        insert(kernel, BUSY.read_bytes(), "what=many_lines times=20000", path=str(BUSY))
        logs.append((kernel.log.first, log(kernel)))
    assert logs[0] == logs[1]
    assert logs[0][0] > 0


def test_a_list_that_bites_its_tail_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`list_sort()` of such a list ends before it has collected much."""
    _limit(monkeypatch, 5)
    tracemalloc.start()
    try:
        stuck(tmp_path, "listsort")
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("what", ["work", "jiffies", "timer"])
def test_what_leaves_the_processor_to_others_is_no_lockup(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that queues itself again, a loop that waits for the clock, a timer that starts itself: init returns."""
    _limit(monkeypatch, 5)
    kernel = boot(tmp_path)
    insert(kernel, KO.read_bytes(), f"what={what}", path=str(KO))
    assert kernel.modules["endless"].init.how == End.RETURNED
    assert not any("lockup" in line for line in log(kernel))


def test_a_loop_that_sleeps_is_no_lockup_but_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux would let it sleep for ever; here it has had more than a call is given, which the log says."""
    monkeypatch.setattr(watchdog, "PATIENCE", 10_000)
    monkeypatch.setattr(watchdog, "TOTAL", 100_000)
    kernel = boot(tmp_path)
    insert(kernel, KO.read_bytes(), "what=msleep", path=str(KO))
    assert kernel.modules["endless"].init.how == End.FAILED
    assert f"more than {watchdog.TOTAL} units of work" in log(kernel)[-1]


def test_a_file_without_end_is_read_in_parts(tmp_path: Path) -> None:
    """A seq_file whose `next` never says that it was the last: who reads a part of it gets that part."""
    kernel = boot(tmp_path)
    insert(kernel, KO.read_bytes(), "what=seq", path=str(KO))
    assert lookup(kernel, "/proc/endless").read_once(20) == b"line\n" * 4
    with pytest.raises(KernelError):
        lookup(kernel, "/proc/endless").read()


def test_only_the_limits_of_last_resort_ask_the_clock_of_the_host() -> None:
    """Nothing that decides how a run goes imports `time` or `threading`: `isolation` does, for what never happens."""
    asking = set()
    for path in (CHECKOUT / "modtools/emulate").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import) and {name.name for name in node.names} & {"time", "threading"}:
                asking.add(path.name)
    assert asking == {"isolation.py"}


def _counted(monkeypatch: pytest.MonkeyPatch, *, python: bool) -> list[tuple[int, int, int]]:
    """Where a loop of ten rounds stops with each number of blocks: what is left, RIP, RAX."""
    if python:
        monkeypatch.setattr(blocks, "_in_machine_code", lambda: None)
    found = []
    for allowed in range(15):
        engine = unicorn.Uc(unicorn.UC_ARCH_X86, unicorn.UC_MODE_64)
        engine.mem_map(0x1000, 0x1000)
        engine.mem_write(0x1000, bytes.fromhex("b90a000000 48ffc0 ffc9 75f9 f4"))
        counter = blocks.BlockCounter(engine)
        counter.left.value = allowed
        engine.emu_start(0x1000, 0)
        registers = [engine.reg_read(name) for name in (x86_const.UC_X86_REG_RIP, x86_const.UC_X86_REG_RAX)]
        found.append((counter.left.value, registers[0], registers[1]))
    return found


def test_blocks_are_counted_alike_in_machine_code_and_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor stops before the block that is one too many."""
    native = _counted(monkeypatch, python=False)
    assert native == _counted(monkeypatch, python=True)
    assert native[3] == (-1, 0x1005, 3)
    assert native[-1] == (3, 0x100D, 10)


def test_the_counter_for_arm_does_what_it_says() -> None:
    """Run on an emulated processor of that kind: it counts down, and goes to uc_emu_stop below 0."""
    code = blocks.machine_code("aarch64", 0x5000)
    assert code is not None
    engine = unicorn.Uc(unicorn.UC_ARCH_ARM64, unicorn.UC_MODE_ARM)
    engine.mem_map(0x1000, 0x8000)
    engine.mem_write(0x1000, code)
    for before, end in ((7, 0x6000), (1, 0x6000), (0, 0x5000), (-3, 0x5000)):
        engine.mem_write(0x2000, before.to_bytes(8, "little", signed=True))
        for register, value in (("X0", 0x1234), ("X3", 0x2000), ("LR", 0x6000)):
            engine.reg_write(getattr(arm64_const, f"UC_ARM64_REG_{register}"), value)
        engine.emu_start(0x1000, end)
        assert engine.reg_read(arm64_const.UC_ARM64_REG_PC) == end
        assert engine.reg_read(arm64_const.UC_ARM64_REG_X0) == 0x1234
        assert ctypes.c_int64.from_buffer(engine.mem_read(0x2000, 8)).value == before - 1

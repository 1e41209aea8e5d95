"""System calls of programs that sleep in a driver while others go on (tests/shell/sessions/waiting.t on Linux)."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import callers, signals
from modtools.kernel.files.module_files import CodeFile
from modtools.kernel.files.paths import lookup
from modtools.kernel.module.load import insert
from modtools.kernel.runner import Caller, End, OpenEntry, Outcome
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EAGAIN, EBADF, EINTR
from modtools.store import Store
from tests.transcripts import HERE

pytest.importorskip("unicorn")

KO = HERE / "ko/waiting.ko"
ERESTARTSYS = 512
HOLDER = 77
NONBLOCK, RDWR = 0o4000, 2
READER, SECOND, WRITER = (Caller(1000 + n, 1000 + n, name) for n, name in enumerate(("reader", "second", "writer")))
BY_TIMER, HOLD, DIE, WHO = (ord("w") << 8 | n for n in (1, 5, 7, 8))
IN, OUT = 0x41, 0x104


class Machine:
    """A kernel with the driver in it, of which several programs have the device open."""

    def __init__(self, kernel: Kernel, runner: EmulatedRunner) -> None:
        self.kernel, self.runner = kernel, runner
        self._ended: dict[int, tuple[int, bytes]] = {}
        node = lookup(kernel, "/dev/waiting")
        assert isinstance(node, CodeFile)
        self.key = node.entry.key

    def open(self, caller: Caller, flags: int = RDWR) -> int:
        entry = OpenEntry("/dev/waiting", HOLDER)
        return self._result(self.runner.begin_open(caller, self.key, flags, entry))

    def begin(self, caller: Caller, file: int, what: str, *words: object) -> int:
        """The number of a call that was begun."""
        outcome = self.runner.begin_call(caller, file, what, *words)
        assert outcome.end is End.RETURNED
        return outcome.value

    def call(self, caller: Caller, file: int, what: str, *words: object) -> int:
        """What a call returns that does not wait."""
        return self._result(self.runner.begin_call(caller, file, what, *words))

    def _result(self, begun: Outcome) -> int:
        self._ended |= self.results()
        return self._ended.pop(begun.value)[0]

    def results(self) -> dict[int, tuple[int, bytes]]:
        """Result and bytes of the calls that have ended since this was asked."""
        ended = {number: (outcome.value, data) for number, outcome, data in self.runner.ended_calls(HOLDER)}
        ended, self._ended = self._ended | ended, {}
        return ended


@pytest.fixture(params=[False, True], ids=["here", "in a process of its own"])
def machine(tmp_path: Path, request: pytest.FixtureRequest) -> Machine:
    """A machine whose code runs in this process, or in another for each call."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.runner = runner = EmulatedRunner(kernel, isolated=request.param)
    insert(kernel, KO.read_bytes(), path=str(KO))
    return Machine(kernel, runner)


def test_two_readers_share_what_a_writer_brings(machine: Machine) -> None:
    """Each sleeps until then, as a task of its own with a buffer of its own."""
    file, mine = machine.open(READER), machine.open(WRITER)
    first, second = machine.begin(READER, file, "read", 5), machine.begin(SECOND, file, "read", 5)
    assert machine.results() == {}
    write = machine.begin(WRITER, mine, "write", b"1234567")
    assert machine.results() == {first: (5, b"12345"), second: (2, b"67"), write: (7, b"")}


def test_a_writer_waits_for_room(machine: Machine) -> None:
    """And does not where it may not wait."""
    file, other = machine.open(WRITER), machine.open(SECOND, RDWR | NONBLOCK)
    assert machine.call(WRITER, file, "write", b"12345678") == 8
    waiting = machine.begin(WRITER, file, "write", b"9")
    assert machine.call(SECOND, other, "write", b"0") == -EAGAIN
    assert machine.call(SECOND, other, "flags", 0) == 0
    last = machine.begin(SECOND, other, "write", b"0")
    assert machine.results() == {}
    read = machine.begin(READER, machine.open(READER), "read", 4)
    assert machine.results() == {waiting: (1, b""), last: (1, b""), read: (4, b"1234")}


@pytest.mark.parametrize(("sent", "kills"), [(signal.SIGUSR1, "not "), (signal.SIGKILL, "")])
def test_a_signal_ends_a_wait(machine: Machine, sent: signal.Signals, kills: str) -> None:
    """The driver sees it, and says that the call is to be made again."""
    file = machine.open(READER)
    read = machine.begin(READER, file, "read", 5)
    machine.runner.signal_call(read, 1 << sent - 1)
    assert machine.results() == {read: (-ERESTARTSYS, b"")}
    assert machine.kernel.log.records[-1].text == f"reader is interrupted, {kills}by a signal that kills"
    assert machine.begin(READER, file, "read", 5) not in machine.results()


def test_some_waits_end_by_a_signal_that_kills_only(machine: Machine) -> None:
    """mutex_lock_killable() goes on waiting; who holds it sleeps whatever comes."""
    file = machine.open(READER)
    holds = machine.begin(READER, file, "ioctl", HOLD, 1000)
    waits = machine.begin(SECOND, machine.open(SECOND), "ioctl", HOLD, 10)
    machine.runner.signal_call(waits, 1 << signal.SIGUSR1 - 1)
    machine.runner.signal_call(holds, 1 << signal.SIGKILL - 1)
    assert machine.results() == {}
    machine.runner.signal_call(waits, 1 << signal.SIGKILL - 1)
    assert machine.results() == {waits: (-EINTR, b"")}
    machine.runner.tick(1_100_000_000)
    assert machine.results() == {holds: (0, b"")}


def test_time_wakes_a_reader(machine: Machine) -> None:
    """A timer that somebody has set, at its time."""
    file = machine.open(READER)
    assert machine.call(READER, file, "ioctl", BY_TIMER, 100) == 0
    read = machine.begin(READER, file, "read", 5)
    due = machine.runner.next_event()
    assert due is not None
    machine.runner.tick(due - 1_000_000)
    assert machine.results() == {}
    machine.runner.tick(2_000_000)
    assert machine.results() == {read: (1, b"t")}


def test_the_task_is_the_program(machine: Machine) -> None:
    """With its numbers, name and rights; another user's is no root's."""
    program = Caller(4321, 4300, "some program", 1000, 100)
    assert machine.call(program, machine.open(program), "ioctl", WHO, 0) == 4321
    assert machine.kernel.log.records[-1].text == "some program is a thread, user 1000 of group 100, and may not all"
    root = Caller(5, 5, "x")
    machine.call(root, machine.open(root), "ioctl", WHO, 0)
    assert machine.kernel.log.records[-1].text == "x is a program, user 0 of group 0, and may all"


def test_an_oops_ends_one_program(machine: Machine) -> None:
    """Others go on waiting, and are woken."""
    file = machine.open(READER)
    read = machine.begin(READER, file, "read", 5)
    machine.runner.begin_call(SECOND, file, "ioctl", DIE, 0)
    [(_, outcome, _)] = machine.runner.ended_calls(HOLDER)
    assert (outcome.end, outcome.detail) == (End.KILLED, "Oops")
    assert machine.call(WRITER, machine.open(WRITER), "write", b"on") == 2
    assert machine.results() == {read: (2, b"on")}


def test_nothing_is_left_of_programs_that_are_gone(machine: Machine) -> None:
    """Neither tasks nor buffers nor entries in wait queues."""

    def rows() -> list[int]:
        return [len(machine.runner.guest.table(name)) for name in ("open", "calls", "callers", "tasks")]

    before = rows()
    file = machine.open(READER)
    read = machine.begin(READER, file, "read", 5)
    machine.call(READER, file, "poll", IN, True)
    machine.runner.signal_call(read, 1 << signal.SIGKILL - 1)
    assert machine.call(READER, file, "release") == 0
    assert machine.results() == {read: (-ERESTARTSYS, b"")}
    machine.runner.forget_programs(lambda number: number == READER.pid)
    assert rows()[2] == before[2] + 1
    machine.runner.forget_programs(lambda _: False)
    assert rows() == before
    assert machine.runner.begin_call(READER, file, "read", 5).value == -EBADF
    window = machine.runner.guest.memory.windows[-1]
    assert not any(window.permissions)


def test_who_polls_is_told_when_the_driver_wakes(machine: Machine) -> None:
    """By an entry in each of its wait queues, until it polls again."""
    file, guest = machine.open(READER), machine.runner.guest
    assert machine.call(READER, file, "poll", IN | OUT, True) == OUT
    entries = machine.runner.guest.table("open")[file]["watch"]
    assert [view(guest, "wait_queue_entry", entry).func for entry in entries] == [guest.address_of("pollwake")] * 2
    assert find("__pollwait") is not None
    assert find("pollwake") is not None
    assert machine.runner.woken({file}) == set()
    machine.call(WRITER, machine.open(WRITER), "write", b"x")
    assert machine.runner.woken({file}) == {file}
    assert machine.call(READER, file, "poll", IN, True) == IN
    assert machine.runner.woken({file}) == set()


def test_what_cannot_be_put_aside_is_interrupted(tmp_path: Path) -> None:
    """A wait in a function that one of the kernel's own has called: nobody could wake the program."""
    kernel = Store(tmp_path / "state.json").default()
    kernel.runner = runner = EmulatedRunner(kernel, isolated=False)
    guest = runner.guest
    task = callers.task_of(guest, READER, 1)
    guest.table("tasks")[task] |= {"call": 1, "done": 0}
    guest.scheduler.current, guest.depth = task, 2
    assert not guest.wait_until(lambda: False, state=signals.INTERRUPTIBLE)
    assert signals.pending(guest)

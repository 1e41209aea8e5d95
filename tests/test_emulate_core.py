"""What stands around a module's code: faults, waiting, the current task, files' structures."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.emulate import signals
from modtools.emulate.functions import locks, time
from modtools.emulate.functions import wait as wait_functions
from modtools.emulate.guest import Guest
from modtools.emulate.performing import perform
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.stops import Died
from modtools.kernel.log import raw_lines
from modtools.kernel.runner import INTERRUPTED, End, Outcome
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE
from modtools.linuxerrno import EINTR, ERESTARTSYS
from modtools.store import Store

pytest.importorskip("unicorn")


@pytest.fixture
def guest(tmp_path: Path) -> Guest:
    """A kernel just booted."""
    kernel = Store(tmp_path / "state.json").default()
    return EmulatedRunner(kernel, isolated=False).guest


def log(guest: Guest) -> list[str]:
    """All messages."""
    return list(raw_lines(guest.kernel.log.readable()))


def code(guest: Guest, machine_code: str) -> int:
    """The address of some machine code."""
    place = guest.heap.pages(1)
    guest.memory.write(place, bytes.fromhex(machine_code))
    guest.memory.protect(place, PAGE, READ | WRITE | EXECUTE)
    guest.memory_changed()
    return place


@pytest.mark.parametrize(
    ("machine_code", "address"),
    [
        ("31c08b7018c3", 0x18),  # mov 0x18(%rax),%esi
        ("31c0c680e000000001c3", 0xE0),  # movb $1,0xe0(%rax)
        ("b8fe0f00008b00c3", 0xFFE),  # mov (%rax),%eax, across two pages
    ],
)
def test_an_oops_names_the_exact_address(guest: Guest, machine_code: str, address: int) -> None:
    """Not that of the page: a reader finds the field of the structure by it."""
    with pytest.raises(Died) as caught:
        guest.call(code(guest, machine_code))
    assert caught.value.trouble.address == address
    assert f"<4>CR2: {address:016x}" in log(guest)


def test_who_waits_for_ever_is_ended_by_a_signal(guest: Guest) -> None:
    """An interruptible sleeper gets -ERESTARTSYS, leaves its queue, and nobody complains of a blocked task."""
    queue, entry = guest.heap.kmalloc(24), guest.heap.kmalloc(40)

    def wait(guest: Guest) -> int:
        wait_functions.init_waitqueue_head(guest, queue, 0, 0)
        wait_functions.init_wait_entry(guest, entry, 0)
        assert wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE) == 0
        time.schedule(guest)
        return int(wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE))

    assert perform(guest, wait) == Outcome(End.RETURNED, -ERESTARTSYS, INTERRUPTED)
    assert guest.memory.u64(queue + 8) == queue + 8
    assert not log(guest)
    assert perform(guest, lambda guest: int(signals.pending(guest))).value == 0


def test_who_cannot_be_ended_is_complained_about(guest: Guest) -> None:
    """A lock that is taken and never given back blocks an uninterruptible sleeper; others get -EINTR."""
    lock = guest.heap.kmalloc(32)
    locks.mutex_lock(guest, lock)
    assert perform(guest, lambda guest: locks.mutex_lock_interruptible(guest, lock)).value == -EINTR
    assert not log(guest)
    stack = guest.stack
    assert perform(guest, lambda guest: locks.mutex_lock(guest, lock) or 0).end is End.STUCK
    assert "blocked for more than 120 seconds" in log(guest)[0]
    assert guest.stack != stack

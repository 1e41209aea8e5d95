"""Tests of modtools/emulate/linux/kernel/locking/qspinlock.py and qrwlock.py: who waits for a lock that is held."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking import qrwlock, qspinlock
from modtools.emulate.stops import Exhausted
from tests.emulated import log

WAITING: list[Callable[[Guest, int], None]] = [
    lambda guest, lock: qspinlock.queued_spin_lock_slowpath(guest, lock, 0),
    qrwlock.queued_read_lock_slowpath,
    qrwlock.queued_write_lock_slowpath,
]


@pytest.mark.parametrize("wait", WAITING)
@pytest.mark.parametrize("interrupts", [True, False])
def test_a_lock_is_taken_when_it_is_free_and_for_ever_waited_for_when_not(
    guest: Guest, wait: Callable[[Guest, int], None], interrupts: bool
) -> None:
    """Linux' watchdog complains, unless interrupts are disabled: then nobody can."""
    lock = guest.heap.kmalloc(8)
    guest.frame = guest.abi.blank()
    guest.abi.let_in(guest.frame, interrupts)
    wait(guest, lock)
    assert guest.memory.u32(lock)
    guest.memory.put(lock, qrwlock.WRITTEN, 4)
    with pytest.raises(Exhausted):
        wait(guest, lock)
    assert any("soft lockup - CPU#0 stuck for 26s!" in line for line in log(guest)) == interrupts

"""Tests of modtools/emulate/linux/kernel/sched/wait.py."""

from __future__ import annotations

import pytest

from modtools.emulate.calls import perform
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched import core as sched_core
from modtools.emulate.linux.kernel.sched import wait as wait_functions
from modtools.emulate.tasks import signals
from modtools.kernel.runner import INTERRUPTED, End, Outcome
from modtools.linuxerrno import ERESTARTSYS
from tests.emulated import log

pytest.importorskip("unicorn")


def test_who_waits_for_ever_is_ended_by_a_signal(guest: Guest) -> None:
    """An interruptible sleeper gets -ERESTARTSYS, leaves its queue, and nobody complains of a blocked task."""
    queue, entry = guest.heap.kmalloc(24), guest.heap.kmalloc(40)

    def wait(guest: Guest) -> int:
        wait_functions.init_waitqueue_head(guest, queue, 0, 0)
        wait_functions.init_wait_entry(guest, entry, 0)
        assert wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE) == 0
        sched_core.schedule(guest)
        return int(wait_functions.prepare_to_wait_event(guest, queue, entry, signals.INTERRUPTIBLE))

    assert perform(guest, wait) == Outcome(End.RETURNED, -ERESTARTSYS, INTERRUPTED)
    assert guest.memory.u64(queue + 8) == queue + 8
    assert not log(guest)
    assert perform(guest, lambda guest: int(signals.pending(guest))).value == 0

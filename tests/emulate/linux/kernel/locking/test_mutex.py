"""Tests of modtools/emulate/linux/kernel/locking/mutex.py."""

from __future__ import annotations

import pytest

from modtools.emulate.calls import perform
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking import mutex
from modtools.kernel.runner import End
from modtools.linuxerrno import EINTR
from tests.emulated import log

pytest.importorskip("unicorn")


def test_who_cannot_be_ended_is_complained_about(guest: Guest) -> None:
    """A lock that is taken and never given back blocks an uninterruptible sleeper; others get -EINTR."""
    lock = guest.heap.kmalloc(32)
    mutex.mutex_lock(guest, lock)
    assert perform(guest, lambda guest: mutex.mutex_lock_interruptible(guest, lock)).value == -EINTR
    assert not log(guest)
    stack = guest.stack
    assert perform(guest, lambda guest: mutex.mutex_lock(guest, lock) or 0).end is End.STUCK
    assert "blocked for more than 120 seconds" in log(guest)[0]
    assert guest.stack != stack

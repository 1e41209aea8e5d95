"""Tests of modtools/emulate/linux/kernel/locking/semaphore.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking import semaphore
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import ETIME

pytest.importorskip("unicorn")


def test_a_semaphore_is_waited_for_no_longer_than_wanted(guest: Guest) -> None:
    """25 ticks are a tenth of a second; one that is free is taken at once."""
    row = new(guest, "semaphore")
    before = guest.now
    assert semaphore.down_timeout(guest, row.address(), 25) == -ETIME
    assert 90_000_000 <= guest.now - before <= 110_000_000
    row.count = 1
    assert (semaphore.down_timeout(guest, row.address(), 25), row.count) == (0, 0)

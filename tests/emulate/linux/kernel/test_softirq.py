"""Tests of modtools/emulate/linux/kernel/softirq.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import softirq
from modtools.emulate.symbols.structs import new
from tests.emulated import code, words

pytest.importorskip("unicorn")


def test_a_disabled_tasklet_waits(guest: Guest) -> None:
    """It stays scheduled while it is disabled, and runs once when it no longer is."""
    counter = words(guest, 0)
    increment = code(guest, f"48b8{counter.to_bytes(8, 'little').hex()} ff00 c3")  # mov rax,counter; inc dword [rax]
    row = new(guest, "tasklet_struct")
    softirq.tasklet_init(guest, row.address(), increment, 0)
    row.count, row.state = 1, 1
    softirq.tasklet_schedule(guest, row.address())
    guest.scheduler.run_until_idle()
    assert (guest.memory.u32(counter), row.state) == (0, 1)
    row.count = 0
    guest.scheduler.run_until_idle()
    assert (guest.memory.u32(counter), row.state) == (1, 0)

"""Tests of modtools/emulate/linux/lib/percpu_counter.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import percpu_counter
from modtools.emulate.symbols.structs import new

pytest.importorskip("unicorn")


def test_a_counter_of_many_processors_is_late(guest: Guest) -> None:
    """Its sum hears of a processor's part when that reaches the batch; asking for all of it counts both."""
    row = new(guest, "percpu_counter")
    address = row.address()
    percpu_counter.percpu_counter_init(guest, address, 10, 0, 0)
    percpu_counter.percpu_counter_add_batch(guest, address, 5, 32)
    assert (row.count, percpu_counter.percpu_counter_sum(guest, address)) == (10, 15)
    assert [percpu_counter.percpu_counter_compare(guest, address, other, 32) for other in (14, 15, 16)] == [1, 0, -1]
    percpu_counter.percpu_counter_add_batch(guest, address, 27, 32)
    assert row.count == 42
    percpu_counter.percpu_counter_set(guest, address, 7)
    assert (row.count, percpu_counter.percpu_counter_sum(guest, address)) == (7, 7)

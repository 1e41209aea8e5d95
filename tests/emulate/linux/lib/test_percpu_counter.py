"""Tests of modtools/emulate/linux/lib/percpu_counter.py."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import percpu_counter
from modtools.emulate.symbols.registry import Variable, find
from modtools.emulate.symbols.structs import new, size_of, view
from tests.emulated import boot_profile, call

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


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-40, 40), st.sampled_from(["add", "add", "sync", "set"]))))
def test_several_counters_are_as_many_numbers(steps: list[tuple[int, int, str]]) -> None:
    """Whatever is added, set and moved in whatever order; the sum of one is off by less than the batch."""
    guest = _booted()
    size = size_of(guest, "percpu_counter")
    first = guest.heap.kmalloc(3 * size)
    assert call(guest, "__percpu_counter_init_many", first, -7, 0, 3, 0) == 0
    expected = [-7, -7, -7]
    for which, amount, step in steps:
        address = first + which * size
        if step == "add":
            call(guest, "percpu_counter_add_batch", address, amount, 32)
            expected[which] += amount
        elif step == "set":
            call(guest, "percpu_counter_set", address, amount)
            expected[which] = amount
        else:
            call(guest, "percpu_counter_sync", address)
            assert view(guest, "percpu_counter", address).count == expected[which]
        rows = [view(guest, "percpu_counter", first + at * size) for at in range(3)]
        assert [call(guest, "__percpu_counter_sum", row.address()) for row in rows] == expected
        assert all(abs(row.count - value) < 32 for row, value in zip(rows, expected, strict=True))
    call(guest, "percpu_counter_destroy_many", first, 3)


@cache
def _booted() -> Guest:
    """A kernel for many examples."""
    return boot_profile("debian-13")


def test_counters_that_were_made_together_are_freed_together(guest13: Guest) -> None:
    """Their parts are one piece of memory, each counter is in a list of its own, and freeing twice does nothing."""
    size = size_of(guest13, "percpu_counter")
    first = guest13.heap.kmalloc(4 * size)
    rows = [view(guest13, "percpu_counter", first + at * size) for at in range(4)]
    call(guest13, "__percpu_counter_init_many", first, 1, 0, 3, 0)
    assert all(guest13.memory.u64(row.list.address()) == row.list.address() for row in rows[:3])
    parts = rows[0].counters
    assert [row.counters - parts for row in rows[:3]] == [0, 4, 8]
    rows[3].counters = 0x1234
    call(guest13, "percpu_counter_destroy_many", first, 3)
    assert [row.counters for row in rows] == [0, 0, 0, 0x1234]
    call(guest13, "percpu_counter_destroy_many", first, 3)
    call(guest13, "__percpu_counter_init_many", first, 1, 0, 3, 0)
    assert rows[0].counters == parts, "the memory was given back"


def test_the_batch_of_all_counters(guest: Guest) -> None:
    """Twice as many as there are processors, 32 at least (`compute_batch_value()`)."""
    entry = find("percpu_counter_batch")
    assert isinstance(entry, Variable)
    place = guest.heap.kmalloc(8)
    entry.fill(guest, place)
    assert guest.memory.s32(place) == 32
    guest.hardware = guest.hardware._replace(cpus=20)
    entry.fill(guest, place)
    assert guest.memory.s32(place) == 40

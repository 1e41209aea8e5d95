"""Tests of modtools/emulate/linux/mm/mempool.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm import mempool
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from tests.emulated import code

pytest.importorskip("unicorn")


KERNEL, ATOMIC = 0xCC0, 0xA20


def test_the_reserve_of_a_pool_is_the_last_resort(guest: Guest) -> None:
    """A pool asks its function first; when that has nothing, the reserve goes out, and comes back first."""
    place = guest.heap.kmalloc(8)
    guest.memory.put(place, 0x1000, 8)
    alloc = code(guest, f"48b8{place.to_bytes(8, 'little').hex()} 488b00 c3")  # mov rax,place; mov rax,[rax]; ret
    pool = mempool.mempool_create(guest, 2, alloc, code(guest, "c3"), 0)
    row = view(guest, "mempool_s", pool)
    guest.memory.put(place, 0x2000, 8)
    assert (mempool.mempool_alloc(guest, pool, KERNEL), row.curr_nr) == (0x2000, 2)
    guest.memory.put(place, 0, 8)
    taken = [mempool.mempool_alloc(guest, pool, ATOMIC) for _ in range(3)]
    assert (taken, row.curr_nr) == ([0x1000, 0x1000, 0], 0)
    with pytest.raises(Needs, match="waiting for an element"):
        mempool.mempool_alloc(guest, pool, KERNEL)
    mempool.mempool_free(guest, 0x1000, pool)
    assert row.curr_nr == 1
    assert mempool.mempool_create(guest, 1, alloc, code(guest, "c3"), 0) == 0

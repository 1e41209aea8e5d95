"""Tests of modtools/emulate/linux/mm/slab_common.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm import slab_common, slub

pytest.importorskip("unicorn")


KERNEL, ATOMIC = 0xCC0, 0xA20


def test_objects_of_a_cache_are_aligned_to_cache_lines_if_wanted(guest: Guest) -> None:
    """With SLAB_HWCACHE_ALIGN a large object begins a line, and small ones share one; many come at once. One of them is
    of a cache that the kernel has, whose objects are larger.
    """
    table = guest.heap.kmalloc(64)
    for size, align, whole in ((900, 64, 900), (20, 32, 32), (4, 8, 4)):
        cache = slab_common.kmem_cache_create(guest, guest.new_text(b"c"), size, 0, 0x2000, 0)
        assert slub.kmem_cache_alloc_bulk(guest, cache, KERNEL, 8, table) == 8
        places = [guest.memory.u64(table + 8 * at) for at in range(8)]
        assert all(place % align == 0 for place in places)
        assert (len(set(places)), slab_common.kmem_cache_size(guest, cache)) == (8, whole)
        slub.kmem_cache_free_bulk(guest, cache, 8, table)

"""Tests of modtools/emulate/linux/lib/radix_tree.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import radix_tree
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EEXIST


def test_a_radix_tree(guest: Guest) -> None:
    """Entries are walked in order by their slots, by tag if that is wanted, and taken out."""
    root, step, results = new(guest, "xarray").address(), guest.heap.kmalloc(32), guest.heap.kmalloc(32)
    for index in (100, 3, 5000):
        assert radix_tree.radix_tree_insert(guest, root, index, 0x1000 + index) == 0
    assert radix_tree.radix_tree_insert(guest, root, 3, 1) == -EEXIST

    def walk(flags: int) -> list[tuple[int, int]]:
        guest.memory.write(step, bytes(32))
        found = []
        while slot := radix_tree.radix_tree_next_chunk(guest, root, step, flags):
            found.append((guest.memory.u64(step), guest.memory.u64(slot)))
        return found

    assert walk(0) == [(3, 0x1003), (100, 0x1064), (5000, 0x2388)]
    radix_tree.radix_tree_tag_set(guest, root, 100, 1)
    assert walk(0x11) == [(100, 0x1064)]
    assert radix_tree.radix_tree_tagged(guest, root, 1)
    radix_tree.radix_tree_replace_slot(guest, root, radix_tree.radix_tree_lookup_slot(guest, root, 3), 0x42)
    assert radix_tree.radix_tree_lookup(guest, root, 3) == 0x42
    assert radix_tree.radix_tree_gang_lookup(guest, root, results, 4, 2) == 2
    assert [guest.memory.u64(results + at) for at in (0, 8)] == [0x1064, 0x2388]
    assert radix_tree.radix_tree_delete(guest, root, 100) == 0x1064
    assert not radix_tree.radix_tree_tagged(guest, root, 1)
    assert walk(0x20) == []

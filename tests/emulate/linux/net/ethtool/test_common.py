"""Tests of modtools/emulate/linux/net/ethtool/common.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.ethtool import common
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import new


def test_link_modes_become_bits(guest13: Guest) -> None:
    """Each number of the array is a bit, and the array is dropped."""
    row, modes = new(guest13, "ethtool_forced_speed_map"), guest13.heap.kmalloc(8)
    guest13.memory.put(modes, 5, 4)
    guest13.memory.put(modes + 4, 66, 4)
    row.cap_arr, row.arr_size = modes, 2
    common.ethtool_forced_speed_maps_init(guest13, row.address(), 1)
    assert guest13.memory.read(row.address("caps"), 16) == (1 << 5 | 1 << 66).to_bytes(16, "little")
    assert (row.cap_arr, row.arr_size) == (0, 0)


def test_the_lock_of_families_is_free(guest: Guest) -> None:
    """Nobody else holds it, so that taking it needs nothing."""
    for entry in (find("genl_lock"), find("genl_unlock")):
        assert entry
    assert guest.address_of("genl_lock")

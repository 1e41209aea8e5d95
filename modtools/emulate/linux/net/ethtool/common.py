"""net/ethtool/common.c: Operations of ethtool for PHYs, and its link modes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view

function("void ethtool_set_ethtool_phy_ops(const struct ethtool_phy_ops *ops)")(lambda _guest, _address: 0)


@function("void ethtool_forced_speed_maps_init(struct ethtool_forced_speed_map *maps, u32 size)")
def ethtool_forced_speed_maps_init(guest: Guest, maps: int, count: int) -> None:
    """Set the bit of each link mode that a map's array has the number of, and drop the array."""
    for number in range(count):
        row = view(guest, "ethtool_forced_speed_map", maps + number * size_of(guest, "ethtool_forced_speed_map"))
        for at in range(guest.bounded(row.arr_size)):
            mode = guest.memory.u32(row.cap_arr + 4 * at)
            place = row.address("caps") + mode // 8
            guest.memory.put(place, guest.memory.u8(place) | 1 << mode % 8, 1)
        row.cap_arr = row.arr_size = 0

"""net/l3mdev/l3mdev.c: Devices that stand for a routing table, as those of VRF."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY, EINVAL

_TYPES = (1,)
"""L3MDEV_TYPE_VRF: the only type that there is."""


@function("int l3mdev_table_lookup_register(enum l3mdev_type l3type, lookup_by_table_id_t fn)")
def l3mdev_table_lookup_register(guest: Guest, kind: int, lookup: int) -> int:
    """Note what finds the device of a routing table; return 0, -EINVAL for an unknown type, -EBUSY if there is one."""
    table = guest.table("l3mdev")
    if kind not in _TYPES:
        return -EINVAL
    if kind in table:
        return -EBUSY
    table[kind] = lookup
    return 0


@function("void l3mdev_table_lookup_unregister(enum l3mdev_type l3type, lookup_by_table_id_t fn)")
def l3mdev_table_lookup_unregister(guest: Guest, kind: int, lookup: int) -> None:
    """Forget what finds the device of a routing table, if it is this."""
    table = guest.table("l3mdev")
    if table.get(kind) == lookup:
        del table[kind]

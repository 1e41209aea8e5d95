"""net/netlink/genetlink.c: Registering families of generic netlink."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EEXIST, ENOENT

_IDS = {"VFS_DQUOT": 17, "pmcraid": 18}
"""Families that have an id of their own, which is also the number of their multicast group."""
_GROUPS = {"NET_DM": 1}
"""Families whose multicast group has a number of its own."""


@function("int genl_register_family(struct genl_family *family)")
def genl_register_family(guest: Guest, address: int) -> int:
    """Register a family of generic netlink and give it an id, from 20 on, and the numbers of its multicast groups;
    return 0 or -EEXIST.
    """
    family, table = view(guest, "genl_family", address), guest.table("genl")
    name = guest.text(family.address("name"), 16)
    if any(row[0] == name for row in table.values()):
        return -EEXIST
    taken = {row[1] for row in table.values()}
    free = next(number for number in range(20, 1024) if number not in taken)
    family.id = _IDS.get(name, free)
    last = max((row[2] for row in table.values()), default=16)
    family.mcgrp_offset = {**_IDS, **_GROUPS}.get(name, last) if family.n_mcgrps else last
    table[address] = [name, family.id, last + family.n_mcgrps]
    return 0


@function("int genl_unregister_family(const struct genl_family *family)")
def genl_unregister_family(guest: Guest, address: int) -> int:
    """Unregister a family of generic netlink; return 0 or -ENOENT."""
    return 0 if guest.table("genl").pop(address, None) else -ENOENT


function("void genl_lock(void)", "void genl_unlock(void)")(lambda _guest: None)

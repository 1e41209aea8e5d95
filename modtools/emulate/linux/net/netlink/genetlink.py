"""net/netlink/genetlink.c: Registering families of generic netlink, and their messages."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.linux.net.netlink import af_netlink
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EEXIST, ENOENT

_IDS = {"VFS_DQUOT": 17, "pmcraid": 18}
"""Families that have an id of their own, which is also the number of their multicast group."""
_HEADER, _MESSAGE = 4, 16
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


@function(
    "void *genlmsg_put(struct sk_buff *skb, u32 portid, u32 seq, const struct genl_family *family, int flags, u8 cmd)"
)
def genlmsg_put(guest: Guest, message: int, port: int, number: int, address: int, flags: int, command: int) -> int:
    """Add the two headers of a message of a family; return where its own one begins, or NULL if there is no room."""
    family, row = view(guest, "genl_family", address), skbuff.skb(guest, message)
    length = _HEADER + family.hdrsize
    if row.data_len or row.end - row.tail < _MESSAGE + length + -length % 4:
        return 0
    place = int(af_netlink.nlmsg_put(guest, message, port, number, family.id, length, flags)) + _MESSAGE
    guest.memory.write(place, bytes((command, family.version & 0xFF, 0, 0)))
    return place + _HEADER


@function(
    "int genlmsg_multicast_allns(const struct genl_family *family, struct sk_buff *skb, u32 portid, unsigned int group)"
)
def genlmsg_multicast_allns(guest: Guest, address: int, message: int, _port: int, group: int) -> int:
    """Free a message to all namespaces, of which there is one; return -ESRCH, as nobody listens."""
    if group >= view(guest, "genl_family", address).n_mcgrps:
        raise Needs("the warning about a multicast group that a family does not have")
    return int(af_netlink.broadcast(guest, message))

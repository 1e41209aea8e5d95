"""Families of sockets, their protocols, hooks of netfilter, generic netlink.

From Linux 6.1: `net/socket.c`, `net/core/sock.c`, `net/netfilter/core.c`, `net/netlink/genetlink.c`.
"""

from __future__ import annotations

from modtools.emulate.functions.slab import create as create_cache
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.structs import View, view
from modtools.kernel.log import CRIT, INFO
from modtools.linuxerrno import EEXIST, EINVAL, ENOBUFS

FAMILIES = (
    "UNSPEC UNIX/LOCAL INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY "
    "NETLINK/ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN "
    "PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP"
).split()
"""`pf_family_names[]`, each without its PF_."""
_BUILT_IN = (1, 2, 10, 16, 17)


@function("int sock_register(const struct net_proto_family *ops)")
def sock_register(guest: Guest, ops: int) -> int:
    """`net/socket.c`: Register a family of sockets and log it; return 0, -EEXIST for one that is taken, or -ENOBUFS
    for a number that is too large.
    """
    family = guest.memory.s32(ops)
    if family >= len(FAMILIES):
        guest.printk(CRIT, f"protocol {family} >= NPROTO({len(FAMILIES)})")
        return -ENOBUFS
    table = guest.table("families")
    if family in table or family in _BUILT_IN:
        return -EEXIST
    table[family] = ops
    guest.printk(INFO, f"NET: Registered PF_{FAMILIES[family]} protocol family")
    return 0


@function("void sock_unregister(int family)")
def sock_unregister(guest: Guest, family: int) -> None:
    """`net/socket.c`: Unregister a family of sockets and log it."""
    guest.table("families").pop(family, None)
    guest.printk(INFO, f"NET: Unregistered PF_{FAMILIES[family]} protocol family")


_CACHES = (
    ("rsk_prot", "request_sock_ops", "", "request_sock_"),
    ("twsk_prot", "timewait_sock_ops", "twsk_", "tw_sock_"),
)
"""What a protocol has besides its sockets: field, structure, how that one's fields and its cache's name begin."""


def _make_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str, word: str) -> None:
    """Make the cache of what a protocol has besides its sockets (`req_prot_init()`, `tw_prot_init()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        name = guest.new_text(word.encode() + guest.memory.text(proto.address("name")))
        setattr(operations, f"{prefix}slab_name", name)
        cache = create_cache(guest, name, getattr(operations, f"{prefix}obj_size"), 8, 0)
        setattr(operations, f"{prefix}slab", cache)


def _free_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str) -> None:
    """Free the cache of what a protocol has besides its sockets (`req_prot_cleanup()`, `tw_prot_cleanup()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        for name in (f"{prefix}slab", f"{prefix}slab_name"):
            guest.heap.free(getattr(operations, name))
            setattr(operations, name, 0)


@function("int proto_register(struct proto *prot, int alloc_slab)")
def proto_register(guest: Guest, address: int, slab: int) -> int:
    """`net/core/sock.c`: Register a protocol, with caches for its sockets if it wants them; return 0 or -EINVAL."""
    proto = view(guest, "proto", address)
    if proto.memory_allocated and not proto.sysctl_mem:
        return -EINVAL
    if slab:
        proto.slab = create_cache(guest, proto.address("name"), proto.obj_size, 8, 0)
        for operations, kind, prefix, word in _CACHES:
            _make_cache(guest, proto, operations, kind, prefix, word)
    guest.table("protos")[address] = 1
    return 0


@function("void proto_unregister(struct proto *prot)")
def proto_unregister(guest: Guest, address: int) -> None:
    """`net/core/sock.c`: Unregister a protocol and free its caches."""
    proto = view(guest, "proto", address)
    guest.table("protos").pop(address, None)
    if proto.slab:
        guest.heap.free(proto.slab)
        proto.slab = 0
        for operations, kind, prefix, _ in _CACHES:
            _free_cache(guest, proto, operations, kind, prefix)


@function(
    "int nf_register_net_hooks(struct net *net, const struct nf_hook_ops *reg, unsigned int n)",
)
def nf_register_net_hooks(guest: Guest, _net: int, hooks: int, count: int) -> int:
    """`net/netfilter/core.c`: Note a table of hooks; return 0. No packet passes through them."""
    guest.table("nf_hooks")[hooks] = count
    return 0


@function("void nf_unregister_net_hooks(struct net *net, const struct nf_hook_ops *reg, unsigned int hookcount)")
def nf_unregister_net_hooks(guest: Guest, _net: int, hooks: int, _count: int) -> None:
    """`net/netfilter/core.c`: Forget a table of hooks."""
    guest.table("nf_hooks").pop(hooks, None)


@function("int nf_register_net_hook(struct net *net, const struct nf_hook_ops *ops)")
def nf_register_net_hook(guest: Guest, _net: int, hook: int) -> int:
    """`net/netfilter/core.c`: Note a hook; return 0. No packet passes through it."""
    guest.table("nf_hooks")[hook] = 1
    return 0


@function("void nf_unregister_net_hook(struct net *net, const struct nf_hook_ops *ops)")
def nf_unregister_net_hook(guest: Guest, _net: int, hook: int) -> None:
    """`net/netfilter/core.c`: Forget a hook, through which no packet passed."""
    guest.table("nf_hooks").pop(hook, None)


@function("int genl_register_family(struct genl_family *family)")
def genl_register_family(guest: Guest, address: int) -> int:
    """`net/netlink/genetlink.c`: Register a family of generic netlink and give it an id, from 20 on, and the numbers
    of its multicast groups; return 0 or -EEXIST.
    """
    family, table = view(guest, "genl_family", address), guest.table("genl")
    name = guest.text(family.address("name"), 16)
    if any(row[0] == name for row in table.values()):
        return -EEXIST
    taken = {row[1] for row in table.values()}
    family.id = next(number for number in range(20, 1024) if number not in taken)
    family.mcgrp_offset = max((row[2] for row in table.values()), default=16)
    table[address] = [name, family.id, family.mcgrp_offset + family.n_mcgrps]
    return 0


@function("int genl_unregister_family(const struct genl_family *family)")
def genl_unregister_family(guest: Guest, address: int) -> int:
    """`net/netlink/genetlink.c`: Unregister a family of generic netlink; return 0 or -ENOENT."""
    return 0 if guest.table("genl").pop(address, None) else -2


@variable("nf_ct_hook", 8)
def nf_ct_hook(_guest: Guest, _address: int) -> None:
    """`net/netfilter/core.c`: Leave it NULL, until nf_conntrack sets it."""


@variable("nf_nat_hook", 8)
def nf_nat_hook(_guest: Guest, _address: int) -> None:
    """`net/netfilter/core.c`: Leave it NULL, until nf_nat sets it."""


@variable("nfnl_ct_hook", 8)
def nfnl_ct_hook(_guest: Guest, _address: int) -> None:
    """`net/netfilter/core.c`: Leave it NULL, until nf_conntrack_netlink sets it."""

"""net/socket.c: Families of sockets, and hooks for their ioctls."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.linux.net.ipv4.af_inet import PROTOCOLS, missing
from modtools.emulate.objects import registrations
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import CRIT, INFO
from modtools.linuxerrno import EAFNOSUPPORT, EEXIST, EINVAL, ENOBUFS

function("void brioctl_set(void *hook)")(registrations.setting("brioctl"))
function("void vlan_ioctl_set(void *hook)")(registrations.setting("vlan_ioctl"))

_FAMILIES = (
    "UNSPEC UNIX/LOCAL INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY "
    "NETLINK/ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN "
    "PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP"
).split()
"""`pf_family_names[]`, each without its PF_."""
_BUILT_IN = (1, 2, 10, 16, 17, 44)
_TYPES = range(11)
_INET, _SOCK_PACKET = 2, 10


@function("int sock_register(const struct net_proto_family *ops)")
def sock_register(guest: Guest, ops: int) -> int:
    """Register a family of sockets and log it; return 0, -EEXIST for one that is taken, which is logged all the same,
    or -ENOBUFS for a number that is too large.
    """
    family: int = view(guest, "net_proto_family", ops).family
    if family >= len(_FAMILIES):
        guest.printk(CRIT, f"protocol {family} >= NPROTO({len(_FAMILIES)})")
        return -ENOBUFS
    table = guest.table("families")
    taken = family in table or family in _BUILT_IN
    if not taken:
        table[family] = ops
    guest.printk(INFO, f"NET: Registered PF_{_FAMILIES[family]} protocol family")
    return -EEXIST if taken else 0


@function("void sock_unregister(int family)")
def sock_unregister(guest: Guest, family: int) -> None:
    """Unregister a family of sockets and log it."""
    guest.table("families").pop(family, None)
    guest.printk(INFO, f"NET: Unregistered PF_{_FAMILIES[family]} protocol family")


@function("int sock_create_kern(struct net *net, int family, int type, int protocol, struct socket **res)")
def sock_create_kern(guest: Guest, _net: int, family: int, type: int, protocol: int, _result: int) -> int:
    """Return why there is no socket of a family, after its module or that of its protocol was asked for.

    That there is one stops the run.
    """
    if family not in range(len(_FAMILIES)):
        return -EAFNOSUPPORT
    if type not in _TYPES:
        return -EINVAL
    there = guest.table("families")
    if family not in (*there, *_BUILT_IN):
        kmod.ask(guest, b"net-pf-%d" % family)
    obsolete = (family, type) == (_INET, _SOCK_PACKET)  # a name for a socket of PF_PACKET
    if family in PROTOCOLS and not obsolete and (error := missing(guest, family, type, protocol)):
        return error
    if family in (*there, *_BUILT_IN):
        raise Needs(f"a socket of PF_{_FAMILIES[family]}")
    return -EAFNOSUPPORT

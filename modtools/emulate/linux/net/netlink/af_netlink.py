"""net/netlink/af_netlink.c: The kernel's netlink sockets, and notifiers of sockets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new


@function(
    "struct sock *__netlink_kernel_create(struct net *net, int unit, struct module *module,"
    " struct netlink_kernel_cfg *cfg)"
)
def netlink_kernel_create(guest: Guest, net: int, unit: int, _module: int, _configuration: int) -> int:
    """Return a kernel's socket for a netlink number; 0 if the number is taken. Messages are not modelled."""
    table = guest.table("netlink")
    if unit in table:
        return 0
    sock = new(guest, "sock")
    table[unit] = sock.address()
    getattr(sock, "__sk_common").skc_net = net
    return sock.address()


@function("void netlink_kernel_release(struct sock *sk)")
def netlink_kernel_release(guest: Guest, sock: int) -> None:
    """Free a kernel's netlink socket, and its number."""
    table = guest.table("netlink")
    for unit in [unit for unit, address in table.items() if address == sock]:
        del table[unit]
    if sock:
        guest.heap.free(sock)


function("int netlink_register_notifier(struct notifier_block *nb)")(notifier.registering("netlink"))
function("int netlink_unregister_notifier(struct notifier_block *nb)")(notifier.unregistering("netlink"))

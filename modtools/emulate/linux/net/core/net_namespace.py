"""net/core/net_namespace.c: Network namespaces, of which there is one."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead, locks, netdevices
from modtools.emulate.symbols.registry import function, variable


@function("void net_ns_barrier(void)")
def net_ns_barrier(_guest: Guest) -> None:
    """Return at once: no network namespace is being removed."""


@variable("init_net", "net")
def init_net(guest: Guest, address: int) -> None:
    """Fill in the only network namespace."""
    netdevices.fill_init_net(guest, address)


@variable("net_namespace_list", 16)
def net_namespace_list(guest: Guest, address: int) -> None:
    """Make a list of network namespaces that holds only `init_net`."""
    listhead.init(guest, address)
    listhead.add(guest, netdevices.init_net(guest).list.address(), address)


@variable("pernet_ops_rwsem", 40)
def pernet_ops_rwsem(guest: Guest, address: int) -> None:
    """Initialise the semaphore of the lists of namespaces as free."""
    locks.init_rwsem(guest, address)


@variable("net_rwsem", 40)
def net_rwsem(guest: Guest, address: int) -> None:
    """Initialise the semaphore of the lists of namespaces as free."""
    pernet_ops_rwsem(guest, address)


@function(
    "int register_pernet_subsys(struct pernet_operations *ops)",
    "int register_pernet_device(struct pernet_operations *ops)",
)
def register_pernet(guest: Guest, ops: int) -> int:
    """Register operations and call init() for the only namespace; return 0 or its error."""
    return netdevices.register_pernet(guest, ops)


@function(
    "void unregister_pernet_subsys(struct pernet_operations *ops)",
    "void unregister_pernet_device(struct pernet_operations *ops)",
)
def unregister_pernet(guest: Guest, ops: int) -> None:
    """Call exit() for the only namespace and unregister the operations."""
    netdevices.unregister_pernet(guest, ops)

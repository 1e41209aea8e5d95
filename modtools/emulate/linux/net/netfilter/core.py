"""net/netfilter/core.c: Hooks of netfilter."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("nf_ct_zone_dflt", 4)
def nf_ct_zone_dflt(guest: Guest, address: int) -> None:
    """Hold the default zone: number 0, both directions."""
    view(guest, "nf_conntrack_zone", address).dir = 3


@function(
    "int nf_register_net_hooks(struct net *net, const struct nf_hook_ops *reg, unsigned int n)",
)
def nf_register_net_hooks(guest: Guest, _net: int, hooks: int, count: int) -> int:
    """Note a table of hooks; return 0. No packet passes through them."""
    guest.table("nf_hooks")[hooks] = count
    return 0


@function("void nf_unregister_net_hooks(struct net *net, const struct nf_hook_ops *reg, unsigned int hookcount)")
def nf_unregister_net_hooks(guest: Guest, _net: int, hooks: int, _count: int) -> None:
    """Forget a table of hooks, through which no packet passed."""
    guest.table("nf_hooks").pop(hooks, None)


@function("int nf_register_net_hook(struct net *net, const struct nf_hook_ops *ops)")
def nf_register_net_hook(guest: Guest, _net: int, hook: int) -> int:
    """Note a hook; return 0. No packet passes through it."""
    guest.table("nf_hooks")[hook] = 1
    return 0


@function("void nf_unregister_net_hook(struct net *net, const struct nf_hook_ops *ops)")
def nf_unregister_net_hook(guest: Guest, _net: int, hook: int) -> None:
    """Forget a hook, through which no packet passed."""
    guest.table("nf_hooks").pop(hook, None)


@variable("nf_ct_hook", 8)
def nf_ct_hook(_guest: Guest, _address: int) -> None:
    """Leave the hook NULL, until the module nf_conntrack sets it."""


@variable("nf_nat_hook", 8)
def nf_nat_hook(_guest: Guest, _address: int) -> None:
    """Leave the hook NULL, until the module nf_nat sets it."""


@variable("nfnl_ct_hook", 8)
def nfnl_ct_hook(_guest: Guest, _address: int) -> None:
    """Leave the hook NULL, until the module nf_conntrack_netlink sets it."""


@variable("nf_defrag_v4_hook", 8)
@variable("nf_defrag_v6_hook", 8)
def nf_defrag_hooks(_guest: Guest, _address: int) -> None:
    """Leave the hooks NULL, until the modules that put fragments together set them."""


@variable("nf_ctnetlink_has_listener", 1)
def nf_ctnetlink_has_listener(_guest: Guest, _address: int) -> None:
    """Hold false: nobody listens for events of connections."""

"""block/blk-cgroup.c: Policies for groups of processes that share disks. There is one group, the root."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL, ENOMEM

_KERNEL = 0xCC0
"""`GFP_KERNEL`, which who allocates is given."""
_FIRST = 3


@function("int blkcg_policy_register(struct blkcg_policy *pol)")
def blkcg_policy_register(guest: Guest, address: int) -> int:
    """Give a policy a number and, for the root group, its data; return 0, -EINVAL or -ENOMEM. Its files are not shown.

    The number is the first that the kernel's own three policies leave.
    """
    policy, table = view(guest, "blkcg_policy", address), guest.table("blkcg")
    if bool(policy.cpd_alloc_fn) != bool(policy.cpd_free_fn) or bool(policy.pd_alloc_fn) != bool(policy.pd_free_fn):
        return -EINVAL
    if table:
        raise Needs("another policy of blkcg_policy_register()")
    policy.plid = _FIRST
    data = guest.call(policy.cpd_alloc_fn, _KERNEL) if policy.cpd_alloc_fn else 0
    if policy.cpd_alloc_fn and not data:
        return -ENOMEM
    if data:
        view(guest, "blkcg_policy_data", data).plid = _FIRST
    table[address] = data
    return 0


@function("void blkcg_policy_unregister(struct blkcg_policy *pol)")
def blkcg_policy_unregister(guest: Guest, address: int) -> None:
    """Forget a policy, and let it free its data."""
    data = guest.table("blkcg").pop(address, 0)
    if data:
        guest.call(view(guest, "blkcg_policy", address).cpd_free_fn, data)

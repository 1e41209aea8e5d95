"""net/sched/act_api.c: Registering actions of traffic control."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.xarray import entries
from modtools.emulate.objects import registrations
from modtools.emulate.objects.netdevices import register_pernet, unregister_pernet
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, view
from modtools.linuxerrno import EINVAL, ENOENT


@function("int tcf_register_action(struct tc_action_ops *act, struct pernet_operations *ops)")
def tcf_register_action(guest: Guest, action: int, operations: int) -> int:
    """Register an action and its operations for network namespaces; return 0, or -EINVAL if it lacks a function."""
    if not all(guest.memory.u64(action + at) for at in _action_functions(guest)):
        return -EINVAL
    result = register_pernet(guest, operations)
    if result:
        return result
    return int(registrations.registering("actions")(guest, action))


@function("void tcf_idrinfo_destroy(const struct tc_action_ops *ops, struct tcf_idrinfo *idrinfo)")
def tcf_idrinfo_destroy(guest: Guest, _operations: int, address: int) -> None:
    """Do nothing for a namespace without actions; one with actions, which only programs make, stops the run."""
    if entries(guest, view(guest, "tcf_idrinfo", address).action_idr.address()):
        raise Needs("tcf_idrinfo_destroy with actions")


def _action_functions(guest: Guest) -> tuple[int, ...]:
    return offset_of(guest, "tc_action_ops", "act"), offset_of(guest, "tc_action_ops", "init")


@function("int tcf_unregister_action(struct tc_action_ops *act, struct pernet_operations *ops)")
def tcf_unregister_action(guest: Guest, action: int, operations: int) -> int:
    """Unregister an action and its operations for network namespaces; return 0 or -ENOENT."""
    if registrations.unregistering("actions", absent=ENOENT)(guest, action):
        return -ENOENT
    unregister_pernet(guest, operations)
    return 0

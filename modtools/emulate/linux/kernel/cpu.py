"""kernel/cpu.c: Hotplug states: functions that are called for each processor that comes or goes.

All processors are there from the beginning. The table `cpuhp`: state -> [startup, teardown, whether it is for
instances, the instances].
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, offset_of
from modtools.linuxerrno import EBUSY, EINVAL, ENOSPC

NR_CPUS = 8192


def _dynamic(guest: Guest) -> dict[int, int]:
    """Return the two states that stand for any free one behind them, each with its end."""
    return {
        constant(guest, "CPUHP_BP_PREPARE_DYN"): constant(guest, "CPUHP_BP_PREPARE_DYN_END"),
        constant(guest, "CPUHP_AP_ONLINE_DYN"): constant(guest, "CPUHP_AP_ONLINE_DYN_END"),
    }


def _states(guest: Guest) -> dict[int, list[Any]]:
    return guest.table("cpuhp")


def _reserve(guest: Guest, state: int) -> int:
    """Return a free state for one of the two dynamic ones, or a given one; -EBUSY or -ENOSPC. What the kernel itself
    uses of those is not known.
    """
    dynamic = _dynamic(guest)
    if state not in dynamic:
        return -EBUSY if state in _states(guest) else state
    return next((number for number in range(state, dynamic[state]) if number not in _states(guest)), -ENOSPC)


def _call(guest: Guest, call: int, *arguments: int) -> int:
    return guest.call_signed(call, *arguments) if call else 0


def _each(guest: Guest, call: int, *arguments: int) -> int:
    """Call a function for each processor, up to an error."""
    for cpu in range(guest.hardware.cpus):
        result = _call(guest, call, cpu, *arguments)
        if result:
            if cpu:
                raise Needs("taking a hotplug state back from some of the processors")
            return result
    return 0


@function(
    "int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke, void *startup,"
    " void *teardown, bool multi_instance)"
)
def cpuhp_setup_state(
    guest: Guest, wanted: int, name: int, invoke: int, startup: int, teardown: int, instances: int
) -> int:
    """Set the functions of a hotplug state and call startup for each processor, if asked; return 0, the number of a
    dynamic state, or an error.
    """
    if not name:
        return -EINVAL
    state = _reserve(guest, wanted)
    if state < 0:
        return state
    _states(guest)[state] = [startup, teardown, instances, []]
    result = _each(guest, startup) if invoke and not instances else 0
    if result:
        del _states(guest)[state]
        return result
    return state if wanted in _dynamic(guest) else 0


@function("void __cpuhp_remove_state(enum cpuhp_state state, bool invoke)")
def cpuhp_remove_state(guest: Guest, state: int, invoke: int) -> None:
    """Call teardown of a hotplug state for each processor, if asked, and forget the state."""
    _, teardown, instances, nodes = _states(guest).get(state, [0, 0, 0, []])
    if nodes:
        raise Needs("the warning of a hotplug state with instances left")
    if invoke and not instances:
        _each(guest, teardown)
    _states(guest).pop(state, None)


@function("int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)")
def cpuhp_state_add_instance(guest: Guest, state: int, node: int, invoke: int) -> int:
    """Call startup for each processor with a node, if asked, and add it to the state; return 0 or an error. The node is
    not linked into a list, which nobody else could walk.
    """
    startup, _, instances, nodes = _states(guest).get(state, [0, 0, 0, []])
    if not instances:
        return -EINVAL
    result = _each(guest, startup, node) if invoke else 0
    if not result:
        nodes.append(node)
    return result


@function("int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)")
def cpuhp_state_remove_instance(guest: Guest, state: int, node: int, invoke: int) -> int:
    """Call teardown for each processor with a node, if asked, and remove it from the state as hlist_del() does; return
    0 or -EINVAL.
    """
    _, teardown, instances, nodes = _states(guest).get(state, [0, 0, 0, []])
    if not instances:
        return -EINVAL
    if invoke:
        _each(guest, teardown, node)
    if node in nodes:
        nodes.remove(node)
        guest.memory.put(node + offset_of(guest, "hlist_node", "next"), 0xDEAD000000000100, 8)
        guest.memory.put(node + offset_of(guest, "hlist_node", "pprev"), 0xDEAD000000000122, 8)
    return 0


@variable("__num_online_cpus", 4)
def num_online_cpus(guest: Guest, address: int) -> None:
    """Store the number of processors that run."""
    guest.memory.put(address, guest.hardware.cpus, 4)


def _mask(guest: Guest, address: int) -> None:
    guest.memory.put(address, (1 << guest.hardware.cpus) - 1, 8)


variable("__cpu_online_mask", NR_CPUS // 8)(_mask)
variable("__cpu_possible_mask", NR_CPUS // 8)(_mask)
variable("__cpu_present_mask", NR_CPUS // 8)(_mask)
variable("__cpu_active_mask", NR_CPUS // 8)(_mask)


function("void cpus_read_lock(void)", "void cpus_read_unlock(void)")(lambda _guest: None)

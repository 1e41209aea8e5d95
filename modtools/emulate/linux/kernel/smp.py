"""kernel/smp.c: How many processors there can be, and calls on another one."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable
from modtools.linuxerrno import ENXIO


@variable("nr_cpu_ids", 4)
def nr_cpu_ids(guest: Guest, address: int) -> None:
    """Store the number of processors that there can be."""
    guest.memory.put(address, guest.hardware.cpus, 4)


@function(
    "int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)",
    "int smp_call_function_single(int cpu, smp_call_func_t func, void *info, bool wait)",
)
def smp_call_function_single(guest: Guest, cpu: int, call: int, argument: int, _wait: int) -> int:
    """Call a function on the only processor; return 0, or -ENXIO for another one."""
    if cpu:
        return -ENXIO
    guest.call(call, argument)
    return 0

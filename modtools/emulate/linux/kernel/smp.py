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
    guest.call(call, argument, interrupts=False)
    return 0


@function(
    "void on_each_cpu_cond_mask(void *cond_func, smp_call_func_t func, void *info, bool wait,"
    " const struct cpumask *mask)"
)
def on_each_cpu_cond_mask(guest: Guest, condition: int, call: int, argument: int, _wait: int, mask: int) -> None:
    """Call a function on the only processor, with interrupts disabled, if it is in the mask and the condition holds."""
    if guest.memory.u8(mask) & 1 and (not condition or guest.call(condition, 0, argument) & 0xFF):
        guest.call(call, argument, interrupts=False)

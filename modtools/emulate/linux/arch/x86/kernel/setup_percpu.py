"""arch/x86/kernel/setup_percpu.c: Where the data of each processor begins."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.cpu import NR_CPUS
from modtools.emulate.symbols.registry import variable


@variable("this_cpu_off", 8)
def this_cpu_off(guest: Guest, address: int) -> None:
    """Store what is added to a per-cpu pointer on this processor."""
    guest.memory.put(address, guest.per_cpu.offset, 8)


@variable("cpu_number", 4)
def cpu_number(_guest: Guest, _address: int) -> None:
    """Leave `cpu_number` 0: code runs on the first processor."""


@variable("__per_cpu_offset", 8 * NR_CPUS)
def per_cpu_offset(guest: Guest, address: int) -> None:
    """Store what is added to a per-cpu pointer on the first processor; the others stay 0."""
    guest.memory.put(address, guest.per_cpu.offset, 8)

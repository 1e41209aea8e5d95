"""kernel/ksysfs.c: The folder /sys/kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


@variable("kernel_kobj", 8)
def kernel_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/kernel."""
    kobjects.store_root(guest, address, "kernel_kobj")

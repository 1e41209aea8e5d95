"""kernel/ksysfs.c: The folder /sys/kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


def point_to_root(guest: Guest, address: int, name: str) -> None:
    """Fill a variable with the address of one of the first folders of /sys."""
    guest.memory.put(address, kobjects.root(guest, name), 8)


@variable("kernel_kobj", 8)
def kernel_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/kernel."""
    point_to_root(guest, address, "kernel_kobj")

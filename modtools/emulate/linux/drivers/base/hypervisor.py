"""drivers/base/hypervisor.c: The folder /sys/hypervisor."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


@variable("hypervisor_kobj", 8)
def hypervisor_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/hypervisor."""
    kobjects.store_root(guest, address, "hypervisor_kobj")

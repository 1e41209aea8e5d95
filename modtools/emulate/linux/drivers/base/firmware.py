"""drivers/base/firmware.c: The folder /sys/firmware."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


@variable("firmware_kobj", 8)
def firmware_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/firmware."""
    kobjects.store_root(guest, address, "firmware_kobj")

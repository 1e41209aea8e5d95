"""mm/mm_init.c: The folder /sys/kernel/mm."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


@variable("mm_kobj", 8)
def mm_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/kernel/mm."""
    kobjects.store_root(guest, address, "mm_kobj")

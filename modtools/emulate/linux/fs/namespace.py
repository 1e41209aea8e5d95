"""fs/namespace.c: The folder /sys/fs."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import variable


@variable("fs_kobj", 8)
def fs_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/fs."""
    kobjects.store_root(guest, address, "fs_kobj")

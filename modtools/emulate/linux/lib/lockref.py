"""lib/lockref.c: Reference counts with a lock beside."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void lockref_get(struct lockref *lockref)")
def lockref_get(guest: Guest, address: int) -> None:
    """Count one reference more."""
    view(guest, "lockref", address).count += 1

"""kernel/freezer.c: Whether a thread is to be frozen for a suspend."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool set_freezable(void)")
def set_freezable(_guest: Guest) -> bool:
    """Return False: nothing is ever frozen."""
    return False

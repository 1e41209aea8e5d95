"""mm/vmscan.c: Shrinkers, which are never called: there is memory enough."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)")
def register_shrinker(guest: Guest, address: int, _fmt: int, _values: Values) -> int:
    """Note a shrinker; return 0. It is never called, because there is memory enough."""
    guest.table("shrinkers")[address] = 1
    return 0


@function("void unregister_shrinker(struct shrinker *shrinker)")
def unregister_shrinker(guest: Guest, address: int) -> None:
    """Forget a shrinker, which was never called."""
    guest.table("shrinkers").pop(address, None)

"""lib/once.c: What is done only once."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool __do_once_start(bool *done, unsigned long *flags)")
def do_once_start(guest: Guest, done: int, flags: int) -> bool:
    """Return whether the code has not run yet, and store interrupt flags to be handed to `__do_once_done()`."""
    guest.memory.put(flags, 0x246, 8)
    return not guest.memory.u8(done)


@function("void __do_once_done(bool *done, struct static_key_true *once_key, unsigned long *flags, struct module *mod)")
def do_once_done(guest: Guest, done: int, _key: int, _flags: int, _module: int) -> None:
    """Note that the code has run. The jump label, which would skip the test, is left as it is."""
    guest.memory.put(done, 1, 1)

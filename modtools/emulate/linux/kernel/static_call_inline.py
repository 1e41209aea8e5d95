"""kernel/static_call_inline.c: Calls whose target is changed by changing the code.

Linux changes each place of a call; here all go by the call's trampoline, as on machines where only that is changed.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, native

native("__static_call_return0")


@function("void __static_call_update(struct static_call_key *key, void *tramp, void *func)")
def static_call_update(guest: Guest, key: int, trampoline: int, target: int) -> None:
    """Let a call of a module's own, by its key and its trampoline, go to another function, or for NULL nowhere."""
    if guest.module_at(trampoline) is None:
        raise Needs(f"a static call of the kernel's own, {guest.describe(trampoline)}")
    guest.memory.put(key, target, 8)
    guest.memory.write(trampoline, guest.abi.trampoline(trampoline, target))
    guest.memory_changed()

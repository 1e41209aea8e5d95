"""kernel/jump_label.c: Static keys: branches that are switched by changing the code."""

from __future__ import annotations

from modtools.emulate.cpu.jump_labels import switch
from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("bool static_key_slow_inc(struct static_key *key)")
def static_key_slow_inc(guest: Guest, key: int) -> bool:
    """Count a user of a static key; the first switches it on. Return true."""
    count = guest.memory.s32(key)
    if count > 0:
        guest.memory.put(key, count + 1, 4)
    else:
        switch(guest, key, True)
    return True


@function(
    "void static_key_slow_dec(struct static_key *key)", "void static_key_slow_dec_cpuslocked(struct static_key *key)"
)
def static_key_slow_dec(guest: Guest, key: int) -> None:
    """Count a user of a static key less; the last switches it off. The warning of a key that is off is not modelled."""
    count = guest.memory.s32(key)
    if count <= 0:
        raise Needs("the warning about a static key that is off")
    if count > 1:
        guest.memory.put(key, count - 1, 4)
    else:
        switch(guest, key, False)


@function("void static_key_enable(struct static_key *key)", "void static_key_enable_cpuslocked(struct static_key *key)")
def static_key_enable(guest: Guest, key: int) -> None:
    """Switch a static key on, if it is off."""
    if guest.memory.s32(key) <= 0:
        switch(guest, key, True)


@function(
    "void static_key_disable(struct static_key *key)", "void static_key_disable_cpuslocked(struct static_key *key)"
)
def static_key_disable(guest: Guest, key: int) -> None:
    """Switch a static key off, if it is on."""
    if guest.memory.s32(key) > 0:
        switch(guest, key, False)


@function("int static_key_count(struct static_key *key)")
def static_key_count(guest: Guest, key: int) -> int:
    """Return how many times a key is switched on."""
    count = guest.memory.s32(key)
    return count if count >= 0 else 1

"""Reference counters that have become wrong: `lib/refcount.c: refcount_warn_saturate()` of Linux 6.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

SATURATED = 0xC0000000
OVERFLOW, FROM_ZERO, UNDERFLOW = 1, 2, 3
"""REFCOUNT_ADD_OVF, REFCOUNT_ADD_UAF and REFCOUNT_SUB_UAF of `enum refcount_saturation_type`: a counter went beyond
its largest value, came from zero, or went below it.
"""
_KINDS = (
    "saturated; leaking memory.",
    "saturated; leaking memory.",
    "addition on 0; use-after-free.",
    "underflow; use-after-free.",
    "decrement hit 0; leaking memory.",
    "unknown saturation event!?.",
)
"""What the warnings say, in the order of that enum and of the source."""


def saturate(guest: Guest, counter: int, kind: int) -> None:
    """Set a counter that has become wrong to a value that it never leaves, and warn the first time of each kind."""
    guest.memory.put(counter, SATURATED, 4)
    number = min(kind, len(_KINDS) - 1)
    report_kernel_warning(guest, f"refcount_t {number}", f"refcount_t: {_KINDS[number]}", once=True)


def take(guest: Guest, counter: int) -> None:
    """Add one to a counter (`refcount_inc()`)."""
    before = guest.memory.u32(counter)
    guest.memory.put(counter, before + 1 & 0xFFFFFFFF, 4)
    if before == 0 or (before | before + 1) & 1 << 31:
        saturate(guest, counter, OVERFLOW if before else FROM_ZERO)


def drop(guest: Guest, counter: int) -> bool:
    """Take one from a counter; return whether it was the last one (`refcount_dec_and_test()`)."""
    before = guest.memory.u32(counter)
    if before == 0 or before & 1 << 31:
        saturate(guest, counter, UNDERFLOW)
        return False
    guest.memory.put(counter, before - 1, 4)
    return before == 1

"""The kernel's integers on a 64-bit processor: how they wrap, and which pointers are errors.

From Linux 6.1: `include/linux/err.h: IS_ERR_VALUE(), MAX_ERRNO`.
"""

from __future__ import annotations

MASK64 = (1 << 64) - 1
"""All bits of an `unsigned long`: `value & MASK64` is what the processor keeps of a value."""

MAX_ERRNO = 4095
"""The largest error number that a pointer can carry."""

ERROR_POINTERS = (1 << 64) - MAX_ERRNO
"""The first pointer that is an error: `pointer >= ERROR_POINTERS` is `IS_ERR(pointer)`."""


def signed(value: int, bits: int = 64) -> int:
    """Return the low bits of a value as a number with a sign, as C has it in an integer of so many bits."""
    return (value & (1 << bits) - 1 ^ 1 << bits - 1) - (1 << bits - 1)

"""lib/math/reciprocal_div.c: Division by multiplying."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("u64 reciprocal_value(u32 d)")
def reciprocal_value(_guest: Guest, divisor: int) -> int:
    """Return the factor in 32 bits, and in a byte each how far to shift before and after the sum: `struct
    reciprocal_value`, which fits into one register. A divisor of 0, an exception in Linux, stops the run.
    """
    if not divisor:
        raise Needs("the exception of a division by 0")
    length = (divisor - 1).bit_length()
    factor = (((1 << length) - divisor) << 32) // divisor + 1
    return factor & 0xFFFFFFFF | min(length, 1) << 32 | max(length - 1, 0) << 40

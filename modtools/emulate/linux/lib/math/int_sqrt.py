"""lib/math/int_sqrt.c: Square roots of integers."""

from __future__ import annotations

import math

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("unsigned long int_sqrt(unsigned long x)")
def int_sqrt(_guest: Guest, value: int) -> int:
    """Return the square root of a number, rounded down."""
    return math.isqrt(value)

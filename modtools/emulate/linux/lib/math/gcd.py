"""lib/math/gcd.c: The greatest common divisor."""

from __future__ import annotations

import math

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("unsigned long gcd(unsigned long a, unsigned long b)")
def gcd(_guest: Guest, one: int, two: int) -> int:
    """Return the greatest common divisor of two numbers."""
    return math.gcd(one, two)

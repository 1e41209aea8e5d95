"""Tests of modtools/emulate/linux/lib/math/reciprocal_div.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.math import reciprocal_div
from modtools.emulate.stops import Needs


@pytest.mark.parametrize("divisor", [1, 2, 3, 7, 10, 641, 1 << 16, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_multiplying_divides(guest: Guest, divisor: int) -> None:
    """As `reciprocal_divide()` of Linux does it, in 32 bits."""
    value = reciprocal_div.reciprocal_value(guest, divisor)
    factor, before, after = value & 0xFFFFFFFF, value >> 32 & 0xFF, value >> 40
    for number in (0, 1, divisor - 1, divisor, 12345678, 0xFFFFFFFF):
        high = number * factor >> 32
        assert high + (number - high >> before) >> after == number // divisor


def test_nothing_divides_by_zero(guest: Guest) -> None:
    """Linux has an exception there."""
    with pytest.raises(Needs, match="division by 0"):
        reciprocal_div.reciprocal_value(guest, 0)

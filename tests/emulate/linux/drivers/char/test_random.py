"""Tests of modtools/emulate/linux/drivers/char/random.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.char import random

pytest.importorskip("unicorn")


@pytest.mark.parametrize("ceiling", [1, 2, 7, 1 << 31, (1 << 32) - 1])
def test_a_random_number_is_below_its_limit(guest: Guest, ceiling: int) -> None:
    """And each of a few can come; for the limit 0, any number of 32 bits."""
    numbers = {random.get_random_u32_below(guest, ceiling) for _ in range(200)}
    assert max(numbers) < ceiling
    assert len(numbers) >= min(ceiling, 7)
    assert random.get_random_u32_below(guest, 0) >> 32 == 0

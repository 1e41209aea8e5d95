"""Tests of modtools/emulate/linux/kernel/time/timeconv.py."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.linux.kernel.time import timeconv

pytest.importorskip("unicorn")


@given(st.integers(-(10**11), 10**11), st.integers(-86400, 86400))
def test_the_calendar_is_that_of_python(seconds: int, offset: int) -> None:
    """Each day is where `datetime` has it, and back again."""
    days = (seconds + offset) // 86400
    assert timeconv.days_of(*timeconv.civil(days)) == days
    if -719162 <= days <= 2932896:
        then = datetime.date(1970, 1, 1) + datetime.timedelta(days)
        assert timeconv.civil(days) == (then.year, then.month, then.day)

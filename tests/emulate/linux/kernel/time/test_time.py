"""Tests of modtools/emulate/linux/kernel/time/time.py."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.x86_64.names import NAMES, RDX
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time import time, timeconv

pytest.importorskip("unicorn")


def test_time_is_broken_down(guest: Guest) -> None:
    """A second before 2000 by a clock an hour ahead; the weekday and the day of the year are right."""
    from modtools.emulate.symbols.structs import new

    row = new(guest, "tm")
    timeconv.time64_to_tm(guest, 946684799 - 3600, 3600, row.address())
    assert (row.tm_year, row.tm_mon, row.tm_mday, row.tm_hour, row.tm_min, row.tm_sec) == (99, 11, 31, 23, 59, 59)
    assert (row.tm_wday, row.tm_yday) == (5, 364)
    assert time.mktime64(guest, 1999, 12, 31, 23, 59, 59) == 946684799
    guest.frame = [0] * len(NAMES)
    assert (time.ns_to_timespec64(guest, -1), guest.frame[RDX]) == (-1, 999_999_999)
    assert time.jiffies_to_clock(guest, 250) == 100

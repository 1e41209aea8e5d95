"""Tests of modtools/emulate/linux/lib/ratelimit.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.structs import new
from tests.emulated import call, log

pytest.importorskip("unicorn")


@pytest.mark.parametrize(("flags", "lines", "missed"), [(0, ["<4>mine: 3 callbacks suppressed"], 0), (1, [], 3)])
def test_so_many_in_an_interval(guest: Guest, flags: int, lines: list[str], missed: int) -> None:
    """What was held back is told by the first message after it, or is for the owner of the state to tell."""
    row, name = new(guest, "ratelimit_state"), guest.new_text(b"mine")
    row.interval, row.burst, row.flags = 10, 2, flags
    assert [call(guest, "___ratelimit", row.address(), name) for _ in range(5)] == [True, True, False, False, False]
    assert (row.printed, row.missed, row.begin) == (2, 3, guest.jiffies)
    row.begin -= 10
    assert not call(guest, "___ratelimit", row.address(), name)
    row.missed -= 1
    row.begin -= 1
    before = len(log(guest))
    assert call(guest, "___ratelimit", row.address(), name)
    assert log(guest)[before:] == lines
    assert (row.printed, row.missed, row.begin) == (1, missed, guest.jiffies)
    row.begin -= 11
    assert call(guest, "___ratelimit", row.address(), name)
    assert log(guest)[before:] == lines


@pytest.mark.parametrize(("interval", "burst", "allowed"), [(0, 0, True), (0, 3, True), (5, 0, False), (5, 1, True)])
def test_no_limit_and_no_message(guest: Guest, interval: int, burst: int, allowed: bool) -> None:
    """Without an interval all are allowed, and none is counted; without a burst none is."""
    row = new(guest, "ratelimit_state")
    row.interval, row.burst = interval, burst
    assert call(guest, "___ratelimit", row.address(), guest.new_text(b"mine")) is allowed
    assert (row.printed, row.missed) == ((0, 0) if not interval else (int(allowed), int(not allowed)))

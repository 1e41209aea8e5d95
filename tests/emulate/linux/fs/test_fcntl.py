"""Tests of modtools/emulate/linux/fs/fcntl.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import fcntl
from modtools.emulate.stops import Needs

pytest.importorskip("unicorn")


def test_nobody_is_told_by_a_signal(guest: Guest) -> None:
    """Leaving a list that is empty changes nothing; entering it is not done."""
    place = guest.heap.kmalloc(8)
    assert fcntl.fasync_helper(guest, -1, 0, 0, place) == 0
    fcntl.kill_fasync(guest, place, 29, 1)
    with pytest.raises(Needs, match="signal"):
        fcntl.fasync_helper(guest, 3, 0, 1, place)

"""Tests of modtools/emulate/linux/lib/list_debug.py."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.oops import CUT_HERE
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import list_debug
from modtools.emulate.stops import Died, Needs
from tests.emulated import log

pytest.importorskip("unicorn")


def test_a_damaged_list_is_a_bug(guest: Guest) -> None:
    """An entry that was taken out once is poisoned; the kernel says so and stops (CONFIG_BUG_ON_DATA_CORRUPTION)."""
    entry = guest.heap.kmalloc(16)
    guest.memory.put(entry, 0xDEAD000000000100, 8)
    guest.memory.put(entry + 8, 0xDEAD000000000122, 8)
    guest.frame = [0] * 18
    with pytest.raises(Died):
        list_debug.list_del_entry_valid(guest, entry)
    text = f"<3>list_del corruption, {entry:016x}->next is LIST_POISON1 (dead000000000100)"
    assert log(guest)[:3] == [text, f"<4>{CUT_HERE}", "<2>kernel BUG at lib/list_debug.c:53!"]
    with pytest.raises(Needs):
        list_debug.list_add_valid(guest, entry, guest.heap.kmalloc(16), 0)

"""Tests of modtools/emulate/linux/lib/llist.py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from modtools import profiles
from modtools.emulate.linux.lib import llist
from modtools.emulate.memory import address_space
from modtools.link.memory import PAGE, READ, WRITE, Memory

BASE = address_space.PAGE_OFFSET


def plain() -> Any:
    """As much of a kernel as functions need that only use memory."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    effort = SimpleNamespace(spend=lambda _units: None)
    structures = profiles.load().structures
    return SimpleNamespace(memory=memory, bounded=lambda size: size, effort=effort, structures=structures)


def test_lists_without_locks() -> None:
    """The newest comes first, and the order can be turned."""
    guest = plain()
    one, two, three = (BASE + 64 * number for number in (1, 2, 3))
    assert [llist.llist_add_batch(guest, node, node, BASE) for node in (one, two, three)] == [True, False, False]
    assert llist.llist_del_first(guest, BASE) == three
    assert llist.llist_reverse_order(guest, two) == one
    assert (guest.memory.u64(one), guest.memory.u64(two)) == (two, 0)

"""Tests of modtools/emulate/linux/lib/llist.py."""

from __future__ import annotations

from modtools.emulate.linux.lib import llist
from tests.emulated import BASE, plain


def test_lists_without_locks() -> None:
    """The newest comes first, and the order can be turned."""
    guest = plain()
    one, two, three = (BASE + 64 * number for number in (1, 2, 3))
    assert [llist.llist_add_batch(guest, node, node, BASE) for node in (one, two, three)] == [True, False, False]
    assert llist.llist_del_first(guest, BASE) == three
    assert llist.llist_reverse_order(guest, two) == one
    assert (guest.memory.u64(one), guest.memory.u64(two)) == (two, 0)

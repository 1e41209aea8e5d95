"""Lists in memory whose head is one pointer: `struct hlist_head` of `struct hlist_node`.

From Linux 6.12: `include/linux/list.h`. `pprev` is the address of the pointer that leads to the node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def add_head(guest: Guest, node: int, head: int) -> None:
    """Insert a node in front of all others (`hlist_add_head()`)."""
    row, first = view(guest, "hlist_node", node), view(guest, "hlist_head", head)
    row.next, row.pprev = first.first, first.address("first")
    if row.next:
        view(guest, "hlist_node", row.next).pprev = row.address("next")
    first.first = node


def delete(guest: Guest, node: int) -> None:
    """Take a node out of its list, if it is in one, and leave it in none (`hlist_del_init()`)."""
    row = view(guest, "hlist_node", node)
    if not row.pprev:
        return
    guest.memory.put(row.pprev, row.next, 8)
    if row.next:
        view(guest, "hlist_node", row.next).pprev = row.pprev
    row.next = row.pprev = 0


def entries(guest: Guest, head: int) -> Iterator[int]:
    """Yield the nodes of a list; the one behind is looked up first, because a node may leave
    (`hlist_for_each_safe()`).
    """
    at = view(guest, "hlist_head", head).first
    while at:
        following = view(guest, "hlist_node", at).next
        yield at
        at = following

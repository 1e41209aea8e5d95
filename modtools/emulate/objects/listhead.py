"""Doubly linked lists in memory: `struct list_head`; the head is one, too.

From Linux 6.1: `include/linux/list.h`. What modules do with lists is their own code; this is for the kernel's side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def init(guest: Guest, head: int) -> None:
    """Make a list empty (`INIT_LIST_HEAD()`)."""
    row = view(guest, "list_head", head)
    row.next = row.prev = head


def add(guest: Guest, entry: int, head: int) -> None:
    """Insert an entry behind the head of a list (`list_add()`)."""
    add_tail(guest, entry, view(guest, "list_head", head).next)


def add_tail(guest: Guest, entry: int, head: int) -> None:
    """Insert an entry in front of the head of a list, which is its end, or in front of another entry
    (`list_add_tail()`).
    """
    row, following = view(guest, "list_head", entry), view(guest, "list_head", head)
    row.next, row.prev = head, following.prev
    view(guest, "list_head", row.prev).next = following.prev = entry


def take_out(guest: Guest, entry: int) -> None:
    """Take an entry out of its list; the entry itself stays as it is (`__list_del_entry()`)."""
    row = view(guest, "list_head", entry)
    following, last = row.next, row.prev
    view(guest, "list_head", last).next = following
    view(guest, "list_head", following).prev = last


def delete(guest: Guest, entry: int) -> None:
    """Take an entry out of its list and make it a list of its own (`list_del_init()`)."""
    take_out(guest, entry)
    init(guest, entry)


def empty(guest: Guest, head: int) -> bool:
    """Return whether a list is empty, or an entry in no list (`list_empty()`)."""
    return bool(view(guest, "list_head", head).next == head)


def entries(guest: Guest, head: int) -> Iterator[int]:
    """Yield the entries of a list; the one behind is looked up first, because an entry may leave
    (`list_for_each_safe()`).
    """
    at = view(guest, "list_head", head).next
    while at != head:
        following = view(guest, "list_head", at).next
        yield at
        at = following

"""Doubly linked lists in memory: `struct list_head`, next at 0 and prev at 8; the head is one, too.

From Linux 6.1: `include/linux/list.h`. What modules do with lists is their own code; this is for the kernel's side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def init(guest: Guest, head: int) -> None:
    """Make a list empty (`INIT_LIST_HEAD()`)."""
    guest.memory.put(head, head, 8)
    guest.memory.put(head + 8, head, 8)


def add(guest: Guest, entry: int, head: int) -> None:
    """Insert an entry behind the head (`list_add()`)."""
    add_tail(guest, entry, guest.memory.u64(head))


def add_tail(guest: Guest, entry: int, head: int) -> None:
    """Insert an entry in front of the head, or of any other entry (`list_add_tail()`)."""
    memory, last = guest.memory, guest.memory.u64(head + 8)
    memory.put(entry, head, 8)
    memory.put(entry + 8, last, 8)
    memory.put(last, entry, 8)
    memory.put(head + 8, entry, 8)


def take_out(guest: Guest, entry: int) -> None:
    """Take an entry out of its list; the entry itself stays as it is (`__list_del_entry()`)."""
    memory = guest.memory
    following, last = memory.u64(entry), memory.u64(entry + 8)
    memory.put(last, following, 8)
    memory.put(following + 8, last, 8)


def delete(guest: Guest, entry: int) -> None:
    """Take an entry out of its list and make it a list of its own (`list_del_init()`)."""
    take_out(guest, entry)
    init(guest, entry)

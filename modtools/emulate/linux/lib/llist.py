"""lib/llist.c: Lists without locks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last, struct llist_head *head)")
def llist_add_batch(guest: Guest, first: int, last: int, head: int) -> bool:
    """Put a chain of nodes before all others; return whether the list was empty."""
    before = guest.memory.u64(head)
    guest.memory.put(last, before, 8)
    guest.memory.put(head, first, 8)
    return not before


@function("struct llist_node *llist_del_first(struct llist_head *head)")
def llist_del_first(guest: Guest, head: int) -> int:
    """Remove the newest node and return it; 0 if the list is empty."""
    first = guest.memory.u64(head)
    if first:
        guest.memory.put(head, guest.memory.u64(first), 8)
    return first


@function("struct llist_node *llist_reverse_order(struct llist_node *head)")
def llist_reverse_order(guest: Guest, node: int) -> int:
    """Reverse a chain of nodes; return the new first one, which was the last."""
    before = 0
    while node:
        after = guest.memory.u64(node)
        guest.memory.put(node, before, 8)
        before, node = node, after
    return before

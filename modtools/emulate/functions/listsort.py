"""Sorting of doubly linked lists; lists without locks.

From Linux 6.1: `lib/list_sort.c`, `lib/llist.c`.
"""

from __future__ import annotations

from itertools import pairwise

from modtools.emulate.effort import CALL
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view


@function("void list_sort(void *priv, struct list_head *head, void *cmp)")
def list_sort(guest: Guest, data: int, head: int, compare: int) -> None:
    """`lib/list_sort.c`: Sort a list by merging. Equal entries keep their order, and only whether a comparison is
    above 0 counts.
    """
    memory, rows = guest.memory, []
    at = memory.u64(head)
    while at != head:
        rows.append(at)
        guest.effort.spend(CALL)
        at = memory.u64(at)

    def merged(some: list[int]) -> list[int]:
        if len(some) < 2:
            return some
        left, right = merged(some[: len(some) // 2]), merged(some[len(some) // 2 :])
        out, one, two = [], 0, 0
        while one < len(left) and two < len(right):
            if guest.call_signed(compare, data, left[one], right[two]) > 0:
                out.append(right[two])
                two += 1
            else:
                out.append(left[one])
                one += 1
        return out + left[one:] + right[two:]

    ring = [head, *merged(rows), head]
    for before, after in pairwise(ring):
        view(guest, "list_head", before).next, view(guest, "list_head", after).prev = after, before


@function("bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last, struct llist_head *head)")
def llist_add_batch(guest: Guest, first: int, last: int, head: int) -> bool:
    """`lib/llist.c`: Put a chain of nodes before all others; return whether the list was empty."""
    before = guest.memory.u64(head)
    guest.memory.put(last, before, 8)
    guest.memory.put(head, first, 8)
    return not before


@function("struct llist_node *llist_del_first(struct llist_head *head)")
def llist_del_first(guest: Guest, head: int) -> int:
    """`lib/llist.c`: Remove the newest node and return it; 0 if the list is empty."""
    first = guest.memory.u64(head)
    if first:
        guest.memory.put(head, guest.memory.u64(first), 8)
    return first


@function("struct llist_node *llist_reverse_order(struct llist_node *head)")
def llist_reverse_order(guest: Guest, node: int) -> int:
    """`lib/llist.c`: Reverse a chain of nodes; return the new first one, which was the last."""
    before = 0
    while node:
        after = guest.memory.u64(node)
        guest.memory.put(node, before, 8)
        before, node = node, after
    return before

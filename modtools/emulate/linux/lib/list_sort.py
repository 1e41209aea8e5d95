"""lib/list_sort.c: Sorting lists by merging."""

from __future__ import annotations

from itertools import pairwise

from modtools.emulate.cpu.watchdog import CALL
from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void list_sort(void *priv, struct list_head *head, void *cmp)")
def list_sort(guest: Guest, data: int, head: int, compare: int) -> None:
    """Sort a list by merging. Equal entries keep their order, and only whether a comparison is above 0 counts."""
    rows = []
    for at in listhead.entries(guest, head):
        rows.append(at)
        guest.effort.spend(CALL)

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

"""Tests of modtools/emulate/linux/lib/list_sort.py."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.linux.lib import list_sort
from tests.emulated import BASE, plain
from tests.properties import examples


@examples(60)
@given(st.lists(st.integers(0, 9), max_size=40), st.booleans())
def test_sorting_a_list_is_stable(keys: list[int], only_above: bool) -> None:
    """Equal ones stay in their order, also where the comparison says no more than whether one is above the other."""
    guest, nodes = plain(), [BASE + 64 + 32 * at for at in range(len(keys))]
    ring = [BASE, *nodes, BASE]
    for before, after in pairwise(ring):
        guest.memory.put(before, after, 8)
        guest.memory.put(after + 8, before, 8)
    value = dict(zip(nodes, keys, strict=True))

    def compare(_function: int, _data: int, one: int, two: int) -> int:
        difference = value[one] - value[two]
        return int(difference > 0) if only_above else difference

    guest.call_signed = compare
    list_sort.list_sort(guest, 0, BASE, 0)
    forwards, backwards = [BASE], [BASE]
    for _ in nodes:
        forwards.append(guest.memory.u64(forwards[-1]))
        backwards.append(guest.memory.u64(backwards[-1] + 8))
    assert forwards[1:] == sorted(nodes, key=value.__getitem__)
    assert backwards[1:] == forwards[:0:-1]

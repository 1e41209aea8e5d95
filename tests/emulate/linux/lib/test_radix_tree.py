"""Tests of modtools/emulate/linux/lib/radix_tree.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EEXIST
from tests.emulated import call, words
from tests.properties import examples

HIGHEST = (1 << 64) - 1
TAGGED, CONTIGUOUS = 0x10, 0x20
"""`RADIX_TREE_ITER_TAGGED` with a tag in the bits below, and `RADIX_TREE_ITER_CONTIG`."""
indexes = st.sampled_from([0, 1, 2, 5, 6, 5000, HIGHEST])
kinds = st.sampled_from(["insert", "delete", "delete_item", "tag", "untag", "replace"])


def walked(guest: Guest, root: int, flags: int, start: int = 0) -> list[tuple[int, int]]:
    """Each index of a walk with the entry that its slot has."""
    step = words(guest, *[0] * 5)
    guest.memory.put(step + 8, start, 8)
    found = []
    while slot := call(guest, "radix_tree_next_chunk", root, step, flags):
        found.append((guest.memory.u64(step), guest.memory.u64(slot)))
    assert slot == 0
    return found


def taken(guest: Guest, root: int, kind: str, index: int, item: int, known: dict[int, int]) -> None:
    """Do one thing with a tree and with the table that it is compared with."""
    if kind == "insert":
        assert call(guest, "radix_tree_insert", root, index, item) == (-EEXIST if index in known else 0)
        known.setdefault(index, item)
    elif kind == "delete":
        assert call(guest, "radix_tree_delete", root, index) == known.pop(index, 0)
    elif kind == "delete_item":
        fits = known.get(index) == item
        assert call(guest, "radix_tree_delete_item", root, index, item) == (item if fits else 0)
        if fits:
            del known[index]
    elif kind == "replace" and index in known:
        slot = call(guest, "radix_tree_lookup_slot", root, index)
        assert guest.memory.u64(slot) == known[index]
        call(guest, "radix_tree_replace_slot", root, slot, item)
        assert guest.memory.u64(slot) == item
        known[index] = item


@examples(80)
@given(st.lists(st.tuples(kinds, indexes, st.sampled_from([0x1000, 0x2000])), max_size=12), indexes)
def test_a_tree_is_a_table_in_order(guest: Guest, steps: list[tuple[str, int, int]], start: int) -> None:
    """Whatever is done, lookups, walks and searches for several, with and without a tag, find what a table has."""
    row, known, tagged = new(guest, "xarray"), dict[int, int](), set[int]()
    root, results = row.address(), words(guest, 0, 0, 0)
    for kind, index, item in steps:
        taken(guest, root, kind, index, item, known)
        if kind == "tag" and index in known:
            assert call(guest, "radix_tree_tag_set", root, index, 1) == known[index]
            tagged.add(index)
        elif kind == "untag":
            assert call(guest, "radix_tree_tag_clear", root, index, 1) == known.get(index, 0)
            tagged.discard(index)
        tagged &= known.keys()
    for index in (0, 1, 5, 5000, HIGHEST):
        assert call(guest, "radix_tree_lookup", root, index) == known.get(index, 0)
        assert bool(call(guest, "radix_tree_lookup_slot", root, index)) is (index in known)
        assert call(guest, "radix_tree_tag_get", root, index, 1) is (index in tagged)
    assert call(guest, "radix_tree_tagged", root, 1) == (1 << 28 if tagged else 0)
    assert bool(row.xa_head) is bool(known)
    for chosen, flags, name, more in (
        (known.keys(), 0, "radix_tree_gang_lookup", []),
        (tagged, TAGGED | 1, "radix_tree_gang_lookup_tag", [1]),
    ):
        expected = [(index, known[index]) for index in sorted(chosen) if index >= start]
        assert walked(guest, root, flags, start) == expected
        assert call(guest, name, root, results, start, 2, *more) == len(expected[:2])
        assert [guest.memory.u64(results + 8 * at) for at in range(3)][: len(expected[:2])] == [
            item for _, item in expected[:2]
        ]


def tree(guest: Guest, *filled: int) -> int:
    """A tree with something at these indexes."""
    root = new(guest, "xarray").address()
    for index in filled:
        call(guest, "radix_tree_insert", root, index, 0x1000 + index % 0x1000)
    return root


def test_a_walk_without_gaps(guest: Guest) -> None:
    """It ends where the next index has nothing."""
    root = tree(guest, 3, 4, 6)
    assert walked(guest, root, CONTIGUOUS, 3) == [(3, 0x1003), (4, 0x1004)]
    assert walked(guest, root, CONTIGUOUS) == []


def test_what_a_walk_tells(guest: Guest) -> None:
    """Its place, where the next one begins, no node, and the tags of a chunk of one; it can rest, and delete."""
    root, step = tree(guest, 3, 4, 6), new(guest, "radix_tree_iter")
    step.node = step.tags = 7
    slot = call(guest, "radix_tree_next_chunk", root, step.address(), 0)
    assert (step.index, step.next_index, step.tags, step.node) == (3, 4, 1, 0)
    assert call(guest, "radix_tree_iter_resume", slot, step.address()) == 0
    assert (step.index, step.next_index, step.tags) == (4, 4, 0)
    slot = call(guest, "radix_tree_next_chunk", root, step.address(), 0)
    call(guest, "radix_tree_iter_delete", root, step.address(), slot)
    assert [index for index, _ in walked(guest, root, 0)] == [3, 6]
    step.index = step.next_index = HIGHEST
    call(guest, "radix_tree_iter_resume", slot, step.address())
    assert (step.index, step.next_index) == (0, 0)


def test_what_is_not_modelled_stops(guest: Guest) -> None:
    """NULL as an item, slots of other trees, a tag where nothing is."""
    root, other = tree(guest, 3), tree(guest, 3)
    slot = call(guest, "radix_tree_lookup_slot", other, 3)
    for name, *arguments in (
        ("radix_tree_insert", 5, 0),
        ("radix_tree_replace_slot", slot, 0x10),
        ("radix_tree_replace_slot", call(guest, "radix_tree_lookup_slot", root, 3), 0),
        ("radix_tree_tag_set", 5, 1),
    ):
        with pytest.raises(Needs):
            call(guest, str(name), root, *map(int, arguments))
    assert walked(guest, root, 0) == walked(guest, other, 0) == [(3, 0x1003)]


def test_a_slot_is_given_back_with_its_entry(guest: Guest) -> None:
    """What is inserted later at the same index has one of its own."""
    root = tree(guest, 3)
    slot = call(guest, "radix_tree_lookup_slot", root, 3)
    assert call(guest, "radix_tree_lookup_slot", root, 3) == slot
    assert guest.heap.size(slot) == 8
    call(guest, "radix_tree_delete", root, 3)
    assert guest.heap.size(slot) != 8
    call(guest, "radix_tree_insert", root, 3, 0x77)
    assert guest.memory.u64(call(guest, "radix_tree_lookup_slot", root, 3)) == 0x77


def test_memory_is_there_beforehand(guest: Guest) -> None:
    """Preloading only keeps others away, until its end."""
    before = guest.memory.u32(guest.per_cpu.here(guest.address_of("__preempt_count")))
    for name in ("idr_preload", "radix_tree_preload", "radix_tree_maybe_preload"):
        assert call(guest, name, 0) in {0, None}
    assert guest.memory.u32(guest.per_cpu.here(guest.address_of("__preempt_count"))) == before + 3

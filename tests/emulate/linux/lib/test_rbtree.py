"""Red-black trees stay what their name says, whatever is put in and taken out."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import profiles
from modtools.emulate.linux.lib import rbtree
from modtools.emulate.memory import address_space
from modtools.link.memory import PAGE, READ, WRITE, Memory
from tests.properties import examples

BASE = address_space.PAGE_OFFSET
ROOT = BASE
_RIGHT, _LEFT = 8, 16


def place(key: int) -> int:
    """Where the node of a key is."""
    return BASE + 64 + 32 * key


def insert(guest: Any, key: int) -> None:
    """What a module's code does before it calls rb_insert_color()."""
    link, parent = ROOT, 0
    while node := guest.memory.u64(link):
        link, parent = node + (_LEFT if place(key) < node else _RIGHT), node
    guest.memory.write(place(key), parent.to_bytes(8, "little") + bytes(16))
    guest.memory.put(link, place(key), 8)
    rbtree.rb_insert_color(guest, place(key), ROOT)


def blacks(guest: Any, node: int, parent: int) -> int:
    """Black nodes on each way down; what is not as it must be fails."""
    if not node:
        return 1
    word = guest.memory.u64(node)
    assert word & ~3 == parent
    below = [guest.memory.u64(node + side) for side in (_LEFT, _RIGHT)]
    assert word & 1 or all(not child or guest.memory.u64(child) & 1 for child in below), "a red node has a red child"
    left, right = (blacks(guest, child, node) for child in below)
    assert left == right
    return int(left + (word & 1))


def planted() -> Any:
    """Memory with an empty tree, and room for 61 nodes."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    memory.put(ROOT + 8, 0xEE, 8)
    return SimpleNamespace(memory=memory, structures=profiles.load().structures)


@pytest.mark.parametrize("seed", range(4))
def test_a_large_tree_stays_balanced(seed: int) -> None:
    """Large trees that shrink in any order meet each way to balance, as those drawn below seldom do."""
    guest, chance = planted(), random.Random(seed)
    keys = chance.sample(range(61), 61)
    for key in keys:
        insert(guest, key)
        blacks(guest, guest.memory.u64(ROOT), 0)
    chance.shuffle(keys)
    for key in keys:
        rbtree.rb_erase(guest, place(key), ROOT)
        blacks(guest, guest.memory.u64(ROOT), 0)
    assert guest.memory.u64(ROOT) == 0


@examples(60)
@given(st.lists(st.integers(0, 60), max_size=80))
def test_a_tree_stays_balanced_and_in_order(keys: list[int]) -> None:
    """A key that is in goes, any other one comes; afterwards all is as the rules of such trees say, and in order."""
    guest = planted()
    memory = guest.memory
    known: set[int] = set()
    for key in keys:
        if key in known:
            rbtree.rb_erase(guest, place(key), ROOT)
        else:
            insert(guest, key)
        known ^= {key}
        top = memory.u64(ROOT)
        assert not top or memory.u64(top) & 1
        blacks(guest, top, 0)
    for first, following, expected in (
        (rbtree.rb_first, rbtree.rb_next, sorted(known)),
        (rbtree.rb_last, rbtree.rb_prev, sorted(known, reverse=True)),
    ):
        node, walked = first(guest, ROOT), []
        while node:
            walked.append(node)
            node = following(guest, node)
        assert walked == [place(key) for key in expected]
    node = rbtree.rb_first_postorder(guest, ROOT)
    seen: set[int] = set()
    while node:
        assert not any(memory.u64(node + side) not in (0, *seen) for side in (_LEFT, _RIGHT)), "a child comes first"
        seen.add(node)
        node = rbtree.rb_next_postorder(guest, node)
    assert seen == {place(key) for key in known}
    assert memory.u64(ROOT + 8) == 0xEE


@examples(40)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=20, unique=True), st.data())
def test_a_node_takes_another_one_s_place(keys: list[int], data: st.DataObject) -> None:
    """With its parent, children and colour, so that the tree stays what it was; a node of no tree has no neighbours."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    guest: Any = SimpleNamespace(memory=memory, structures=profiles.load().structures)
    for key in keys:
        insert(guest, key)
    old, new = place(data.draw(st.sampled_from(keys))), place(100)
    before = memory.read(old, 24)
    rbtree.rb_replace_node(guest, old, new, ROOT)
    assert (memory.read(old, 24), memory.read(new, 24)) == (before, before)
    blacks(guest, memory.u64(ROOT), 0)
    node, walked = rbtree.rb_first(guest, ROOT), []
    while node:
        walked.append(node)
        node = rbtree.rb_next(guest, node)
    assert walked == [new if place(key) == old else place(key) for key in sorted(keys)]
    memory.put(old, old, 8)
    assert rbtree.rb_next(guest, old) == rbtree.rb_prev(guest, old) == 0


def test_an_empty_tree_has_no_node() -> None:
    """Neither a first nor a last one, in no order."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    guest: Any = SimpleNamespace(memory=memory, structures=profiles.load().structures)
    assert rbtree.rb_first(guest, ROOT) == rbtree.rb_last(guest, ROOT) == rbtree.rb_first_postorder(guest, ROOT) == 0
    assert rbtree.rb_next_postorder(guest, 0) == 0

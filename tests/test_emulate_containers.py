"""The kernel's containers, compared with Python's: queues, bitmaps, trees, lists."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import profiles
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import bitmap, kfifo, list_sort, llist, radix_tree, xarray
from modtools.emulate.linux.lib.find_bit import read_bitmap as bits_of
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.registry import Function, find
from modtools.emulate.symbols.structs import new
from modtools.link.memory import PAGE, READ, WRITE, Memory
from modtools.linuxerrno import EEXIST, EFAULT, EINVAL, ENOMEM, EOVERFLOW, ERANGE
from tests.properties import examples

BASE = address_space.PAGE_OFFSET
FIFO, DATA, OUT = BASE, BASE + 0x100, BASE + 0x800


def plain() -> Any:
    """As much of a kernel as functions need that only use memory."""
    memory = Memory(((BASE, 16 * PAGE),))
    memory.map(BASE, 2 * PAGE, READ | WRITE)
    effort = SimpleNamespace(spend=lambda _units: None)
    structures = profiles.load().structures
    return SimpleNamespace(memory=memory, bounded=lambda size: size, effort=effort, structures=structures)


@examples(60)
@given(st.lists(st.tuples(st.sampled_from(["in", "out", "peek"]), st.integers(0, 12)), max_size=40), st.integers(1, 3))
def test_a_queue_is_first_in_first_out(steps: list[tuple[str, int]], esize: int) -> None:
    """Eight elements of any size, with counters that wrap around, behave like a list that is cut."""
    guest, serial = plain(), 0
    known: list[bytes] = []
    assert kfifo.kfifo_init(guest, FIFO, DATA, 9 * esize, esize) == 0
    for counter in (0, 4):
        guest.memory.put(FIFO + counter, 0xFFFFFFFC, 4)
    for step, count in steps:
        if step == "in":
            elements = [bytes((serial + at & 0xFF,)) * esize for at in range(count)]
            guest.memory.write(OUT, b"".join(elements) or b"\0")
            taken = kfifo.kfifo_in(guest, FIFO, OUT, count)
            assert taken == min(count, 8 - len(known))
            known += elements[:taken]
            serial += count
        else:
            given_out = (kfifo.kfifo_out if step == "out" else kfifo.kfifo_out_peek)(guest, FIFO, OUT, count)
            expected = known[:count]
            assert given_out == len(expected)
            assert guest.memory.read(OUT, 40)[: esize * given_out] == b"".join(expected)
            known = known[given_out:] if step == "out" else known


def test_queues_have_powers_of_two(guest: Guest) -> None:
    """Rounded up where the queue gets memory of its own, down where it gets the caller's; two at least."""
    row = new(guest, "__kfifo")
    assert (kfifo.kfifo_alloc(guest, row.address(), 10, 4, 0), row.mask, guest.heap.size(row.data)) == (0, 15, 64)
    kfifo.kfifo_free(guest, row.address())
    assert (row.data, row.mask, row.esize) == (0, 0, 0)
    assert kfifo.kfifo_alloc(guest, row.address(), 1, 4, 0) == -EINVAL
    assert (kfifo.kfifo_init(guest, row.address(), DATA, 31, 4), row.mask) == (0, 3)
    assert kfifo.kfifo_init(guest, row.address(), DATA, 7, 4) == -EINVAL


def test_a_caller_sees_whole_elements(guest: Guest) -> None:
    """Half an element is not taken; a bad address is an error, and what was copied before it counts."""
    row, copied = new(guest, "__kfifo"), guest.heap.kmalloc(4)
    kfifo.kfifo_alloc(guest, row.address(), 4, 4, 0)
    guest.memory.map(address_space.USER, PAGE, READ | WRITE)
    guest.memory.write(address_space.USER, b"aaaabbbbcc")
    assert kfifo.kfifo_from_user(guest, row.address(), address_space.USER, 10, copied) == 0
    assert (guest.memory.u32(copied), getattr(row, "in")) == (8, 2)
    assert kfifo.kfifo_to_user(guest, row.address(), 16, 8, copied) == -EFAULT
    assert (guest.memory.u32(copied), row.out) == (0, 0)


def test_records_stay_whole(guest: Guest) -> None:
    """A record is taken as a whole or not at all; what a caller has no room for goes with it."""
    row, buffer = new(guest, "__kfifo"), guest.heap.kmalloc(32)
    address = row.address()
    kfifo.kfifo_alloc(guest, address, 16, 1, 0)
    assert kfifo.kfifo_in_r(guest, address, guest.new_text(b"hello"), 5, 1) == 5
    assert kfifo.kfifo_in_r(guest, address, guest.new_text(b"0123456789"), 10, 1) == 0
    assert kfifo.kfifo_in_r(guest, address, guest.new_text(b"world!"), 6, 2) == 6
    assert kfifo.kfifo_len_r(guest, address, 1) == 5
    assert kfifo.kfifo_out_r(guest, address, buffer, 3, 1) == 3
    assert kfifo.kfifo_out_r(guest, address, buffer, 32, 2) == 6
    assert guest.memory.text(buffer) == b"world!"
    assert kfifo.kfifo_out_r(guest, address, buffer, 32, 2) == 0


def operation(name: str) -> Any:
    """The Python function behind a name of the kernel's."""
    entry = find(name)
    assert isinstance(entry, Function)
    return entry.handler


@examples(80)
@given(st.integers(1, 150), st.data())
def test_bitmaps_are_sets(bits: int, data: st.DataObject) -> None:
    """and, or, xor, andnot, complement, shifts, subset and the search for room do what sets of numbers do."""
    guest, every = plain(), set(range(bits))
    one, two = (data.draw(st.sets(st.integers(0, bits - 1))) for _ in range(2))
    for place, chosen in ((FIFO, one), (DATA, two)):
        bitmap.store(guest, place, sum(1 << bit for bit in chosen), bits)

    def result() -> set[int]:
        value = bits_of(guest, OUT, bits)
        return {bit for bit in range(bits) if value >> bit & 1}

    for name, expected in {"and": one & two, "or": one | two, "xor": one ^ two, "andnot": one - two}.items():
        operation(f"__bitmap_{name}")(guest, OUT, FIFO, DATA, bits)
        assert result() == expected
    bitmap.bitmap_complement(guest, OUT, FIFO, bits)
    assert result() == every - one
    shift = data.draw(st.integers(0, bits + 5))
    bitmap.bitmap_shift_left(guest, OUT, FIFO, shift, bits)
    assert result() == {bit + shift for bit in one} & every
    bitmap.bitmap_shift_right(guest, OUT, FIFO, shift, bits)
    assert result() == {bit - shift for bit in one} & every
    assert bitmap.bitmap_subset(guest, FIFO, DATA, bits) is (one <= two)
    assert bitmap.bitmap_intersects(guest, FIFO, DATA, bits) is bool(one & two)


@examples(60)
@given(st.sets(st.integers(0, 99)), st.integers(0, 99), st.integers(1, 20), st.sampled_from([0, 1, 3, 7]))
def test_room_in_a_bitmap(taken: set[int], start: int, count: int, mask: int) -> None:
    """The first aligned place with so many free bits, or something beyond the end."""
    guest = plain()
    bitmap.store(guest, FIFO, sum(1 << bit for bit in taken), 100)
    found = bitmap.bitmap_find_next_zero_area_off(guest, FIFO, 100, start, count, mask, 0)
    fitting = (at for at in range(start, 101 - count) if not at & mask and not taken & set(range(at, at + count)))
    expected = next(fitting, None)
    assert found == expected if expected is not None else found > 100 - count


def test_regions_of_a_bitmap() -> None:
    """They are aligned to their size, and none is given twice."""
    guest = plain()
    found = [bitmap.bitmap_find_free_region(guest, FIFO, 16, order) for order in (2, 0, 2, 3, 2)]
    assert found == [0, 4, 8, -ENOMEM, 12]
    bitmap.bitmap_release_region(guest, FIFO, 8, 2)
    assert bitmap.bitmap_find_free_region(guest, FIFO, 16, 2) == 8


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


def test_lists_without_locks() -> None:
    """The newest comes first, and the order can be turned."""
    guest = plain()
    one, two, three = (BASE + 64 * number for number in (1, 2, 3))
    assert [llist.llist_add_batch(guest, node, node, BASE) for node in (one, two, three)] == [True, False, False]
    assert llist.llist_del_first(guest, BASE) == three
    assert llist.llist_reverse_order(guest, two) == one
    assert (guest.memory.u64(one), guest.memory.u64(two)) == (two, 0)


def test_a_radix_tree(guest: Guest) -> None:
    """Entries are walked in order by their slots, by tag if that is wanted, and taken out."""
    root, step, results = new(guest, "xarray").address(), guest.heap.kmalloc(32), guest.heap.kmalloc(32)
    for index in (100, 3, 5000):
        assert radix_tree.radix_tree_insert(guest, root, index, 0x1000 + index) == 0
    assert radix_tree.radix_tree_insert(guest, root, 3, 1) == -EEXIST

    def walk(flags: int) -> list[tuple[int, int]]:
        guest.memory.write(step, bytes(32))
        found = []
        while slot := radix_tree.radix_tree_next_chunk(guest, root, step, flags):
            found.append((guest.memory.u64(step), guest.memory.u64(slot)))
        return found

    assert walk(0) == [(3, 0x1003), (100, 0x1064), (5000, 0x2388)]
    radix_tree.radix_tree_tag_set(guest, root, 100, 1)
    assert walk(0x11) == [(100, 0x1064)]
    assert radix_tree.radix_tree_tagged(guest, root, 1)
    radix_tree.radix_tree_replace_slot(guest, root, radix_tree.radix_tree_lookup_slot(guest, root, 3), 0x42)
    assert radix_tree.radix_tree_lookup(guest, root, 3) == 0x42
    assert radix_tree.radix_tree_gang_lookup(guest, root, results, 4, 2) == 2
    assert [guest.memory.u64(results + at) for at in (0, 8)] == [0x1064, 0x2388]
    assert radix_tree.radix_tree_delete(guest, root, 100) == 0x1064
    assert not radix_tree.radix_tree_tagged(guest, root, 1)
    assert walk(0x20) == []


def test_an_entry_is_exchanged_if_it_is_the_expected_one(guest: Guest) -> None:
    """xa_cmpxchg() gives what was there; marks are where `include/linux/xarray.h` has them."""
    row = new(guest, "xarray")
    xarray.xa_store(guest, row.address(), 7, 0x70, 0)
    assert xarray.xa_cmpxchg(guest, row.address(), 7, 0x71, 0x72, 0) == 0x70
    assert xarray.xa_cmpxchg(guest, row.address(), 7, 0x70, 0x72, 0) == 0x70
    assert xarray.xa_load(guest, row.address(), 7) == 0x72
    xarray.xa_set_mark(guest, row.address(), 7, 1)
    assert row.xa_flags == 1 << 27 + 1


@pytest.mark.parametrize(
    ("written", "error", "bits"),
    [
        (b"1-3,7,10-20:2/5\n", 0, {1, 2, 3, 7, 10, 11, 15, 16, 20}),
        (b"all", 0, set(range(100))),
        (b" 0 , N ", 0, {0, 99}),
        (b"5-3", -EINVAL, set()),
        (b"1,100", -ERANGE, {1}),
        (b"1,x", -EINVAL, {1}),
        (b"99999999999", -EOVERFLOW, set()),
        (b"1-8:3/2", -EINVAL, set()),
        (b"", 0, set()),
    ],
)
def test_lists_of_bits(guest: Guest, written: bytes, error: int, bits: set[int]) -> None:
    """Ranges, parts of ranges, `all`, `N`; what stood before an error is set."""
    place = guest.heap.kmalloc(16)
    assert bitmap.bitmap_parselist(guest, guest.new_text(written), place, 100) == error
    value = int.from_bytes(guest.memory.read(place, 16), "little")
    assert {bit for bit in range(128) if value >> bit & 1} == bits


@pytest.mark.parametrize(
    ("written", "error", "value"),
    [
        (b"ff,0", 0, 0xFF << 32),
        (b"1\n", 0, 1),
        (b"f,00000000,00000000,00000001", 0, 0xF << 96 | 1),
        (b"10,00000000,00000000,00000000", -EOVERFLOW, None),
        (b"1,0,0,0,0", -EOVERFLOW, None),
        (b"123456789", -EOVERFLOW, None),
        (b"xy", -EINVAL, None),
    ],
)
def test_masks(guest: Guest, written: bytes, error: int, value: int | None) -> None:
    """Parts of 32 bits, the highest first; a bit beyond the last one does not fit."""
    place = guest.heap.kmalloc(16)
    assert bitmap.bitmap_parse(guest, guest.new_text(written), 0xFFFFFFFF, place, 100) == error
    if value is not None:
        assert int.from_bytes(guest.memory.read(place, 16), "little") == value

"""Tests of modtools/emulate/linux/lib/bitmap.py."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import bitmap
from modtools.emulate.linux.lib.find_bit import read_bitmap as bits_of
from modtools.emulate.symbols.registry import Function, find
from modtools.linuxerrno import EINVAL, ENOMEM, EOVERFLOW, ERANGE
from tests.emulated import BASE, call, plain
from tests.properties import examples

FIFO, DATA, OUT = BASE, BASE + 0x100, BASE + 0x800


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


@pytest.mark.parametrize(("bits", "size"), [(1, 8), (63, 8), (64, 8), (65, 16), (128, 16)])
def test_a_new_bitmap_is_as_many_words_as_its_bits_need(guest: Guest, bits: int, size: int) -> None:
    """`BITS_TO_LONGS()`, all of them zero although the memory was in use."""
    for name, more in {"bitmap_zalloc": [0], "bitmap_zalloc_node": [0, 0]}.items():
        used = guest.heap.kmalloc(size)
        guest.memory.write(used, b"\xff" * size)
        guest.heap.free(used)
        place = call(guest, name, bits, *more)
        assert guest.heap.size(place) == size
        assert guest.memory.read(place, size) == bytes(size)

"""Tests of modtools/emulate/linux/lib/bitmap.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import bitmap
from modtools.emulate.linux.lib.find_bit import read_bitmap as bits_of
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, find
from modtools.link.memory import PAGE
from modtools.linuxerrno import EBUSY, EFAULT, EINVAL, ENOMEM, EOVERFLOW, ERANGE
from tests.emulated import BASE, call, caller, plain, words
from tests.properties import examples

FIFO, DATA, MASK, OUT = BASE, BASE + 0x100, BASE + 0x200, BASE + 0x800


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
    assert bitmap.bitmap_equal(guest, FIFO, DATA, bits) is (one == two)
    assert bitmap.bitmap_weight(guest, FIFO, bits) == len(one)
    assert bitmap.bitmap_weight_and(guest, FIFO, DATA, bits) == len(one & two)
    three = data.draw(st.sets(st.integers(0, bits - 1)))
    bitmap.store(guest, MASK, sum(1 << bit for bit in three), bits)
    bitmap.bitmap_replace(guest, OUT, FIFO, DATA, MASK, bits)
    assert result() == one - three | two & three


STORED: dict[str, tuple[Callable[[int, int], int], bool]] = {
    "__bitmap_and": (lambda one, two: one & two, True),
    "__bitmap_andnot": (lambda one, two: one & ~two, True),
    "__bitmap_or": (lambda one, two: one | two, False),
    "__bitmap_xor": (lambda one, two: one ^ two, False),
}
"""Operations, and whether they clear what is behind the last bit."""


@examples(40)
@given(st.integers(1, 140), st.integers(0, (1 << 192) - 1), st.integers(0, (1 << 192) - 1))
def test_what_is_behind_the_last_bit(bits: int, one: int, two: int) -> None:
    """Some operations clear it and some have it take part, none goes beyond the last word; nobody counts it."""
    guest, room, behind = plain(), -(-bits // 64) * 64, 0x5555 << 192
    whole, last = (1 << room) - 1, (1 << bits) - 1
    for place, value in ((FIFO, one), (DATA, two)):
        guest.memory.write(place, value.to_bytes(24, "little"))

    def stored(name: str, *arguments: int) -> int:
        guest.memory.write(OUT, behind.to_bytes(32, "little"))
        call(guest, name, OUT, *arguments)
        raw = int.from_bytes(guest.memory.read(OUT, 32), "little")
        assert raw & ~whole == behind
        return raw & whole

    for name, (operate, cut) in STORED.items():
        value = operate(one, two) & (last if cut else whole)
        assert stored(name, FIFO, DATA, bits) == value
        assert call(guest, name, OUT, FIFO, DATA, bits) is bool(value)
    assert stored("__bitmap_complement", FIFO, bits) == ~one & whole
    assert stored("__bitmap_replace", FIFO, DATA, FIFO, bits) == (one & ~one | two & one) & whole
    assert stored("__bitmap_shift_right", FIFO, 3, bits) == (one & last) >> 3
    assert stored("__bitmap_shift_left", FIFO, 3, bits) == (one & whole) << 3 & whole
    assert stored("__bitmap_shift_left", FIFO, 1 << 31, bits) == 0
    assert stored("bitmap_from_arr32", FIFO, bits) == one & last
    assert call(guest, "__bitmap_weight", FIFO, bits) == (one & last).bit_count()
    assert call(guest, "__bitmap_equal", FIFO, DATA, bits) is (one & last == two & last)


@examples(40)
@given(st.integers(1, 140), st.integers(0, (1 << 192) - 1))
def test_words_of_32_bits(bits: int, value: int) -> None:
    """As many as there are bits, and nothing behind them is written."""
    guest, size = plain(), -(-bits // 32) * 4
    guest.memory.write(FIFO, value.to_bytes(24, "little"))
    guest.memory.write(OUT, b"\xee" * 32)
    call(guest, "bitmap_to_arr32", OUT, FIFO, bits)
    expected = (value & (1 << bits) - 1).to_bytes(24, "little")[:size]
    assert guest.memory.read(OUT, 32) == expected.ljust(32, b"\xee")


@examples(60)
@given(st.integers(1, 140), st.data())
def test_bits_are_found(bits: int, data: st.DataObject) -> None:
    """The first, the next, the last, set or clear, in one bitmap or in two; the number of bits where there is none."""
    guest, every = plain(), range(bits)
    one, two = (data.draw(st.sets(st.integers(0, bits + 3), max_size=bits)) for _ in range(2))
    for place, chosen in ((FIFO, one), (DATA, two)):
        guest.memory.write(place, sum(1 << bit for bit in chosen).to_bytes(24, "little"))
    start = data.draw(st.integers(0, bits + 2))

    def first(chosen: set[int], at: int = 0) -> int:
        return next((bit for bit in every if bit in chosen and bit >= at), bits)

    clear = set(every) - one
    assert call(guest, "_find_first_bit", FIFO, bits) == first(one)
    assert call(guest, "_find_first_zero_bit", FIFO, bits) == first(clear)
    assert call(guest, "_find_next_bit", FIFO, bits, start) == first(one, start)
    assert call(guest, "_find_next_zero_bit", FIFO, bits, start) == first(clear, start)
    assert call(guest, "_find_next_and_bit", FIFO, DATA, bits, start) == first(one & two, start)
    assert call(guest, "_find_last_bit", FIFO, bits) == max(one & set(every), default=bits)


@examples(40)
@given(st.integers(0, (1 << 192) - 1), st.integers(0, 140), st.integers(0, 40))
def test_some_bits_are_set_and_cleared(value: int, start: int, count: int) -> None:
    """So many from a place on, and no others."""
    guest, chosen = plain(), sum(1 << bit for bit in range(start, start + count))
    for name, expected in (("__bitmap_set", value | chosen), ("__bitmap_clear", value & ~chosen)):
        guest.memory.write(FIFO, value.to_bytes(24, "little"))
        call(guest, name, FIFO, start, count)
        assert int.from_bytes(guest.memory.read(FIFO, 24), "little") == expected


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
    assert call(guest, "bitmap_allocate_region", FIFO, 6, 1) == 0
    assert (
        call(guest, "bitmap_allocate_region", FIFO, 6, 1) == call(guest, "bitmap_allocate_region", FIFO, 2, 1) == -EBUSY
    )
    call(guest, "bitmap_release_region", FIFO, 6, 1)
    assert bits_of(guest, FIFO, 64) == 0xFF1F
    assert bitmap.bitmap_find_free_region(guest, FIFO, 16, 5) == -ENOMEM
    assert bitmap.bitmap_find_free_region(guest, DATA, 16, 4) == 0


@pytest.mark.parametrize(
    ("offset", "taken", "found"),
    [(0, 0, 0), (0, 1, 4), (1, 0, 3), (1, 1, 3), (3, 0x2, 5), (2, 0x3FFF, 14), (2, 0xFFFF, None)],
)
def test_room_that_is_aligned_behind_an_offset(offset: int, taken: int, found: int | None) -> None:
    """The place with the offset is a multiple of four; without room, a number above the size."""
    guest = plain()
    bitmap.store(guest, FIFO, taken, 16)
    place = call(guest, "bitmap_find_next_zero_area_off", FIFO, 16, 0, 2, 3, offset)
    assert place == found if found is not None else place > 16


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


@pytest.mark.parametrize(
    ("written", "error", "value"),
    [
        (b"3,4\0,5", 0, 3 << 32 | 4),
        (b"00000001,00000002", 0, 1 << 32 | 2),
        (b" ,1 2,, \n", 0, 1 << 32 | 2),
        (b"1\nxyz", 0, 1),
        (b"1ffffffff", -EOVERFLOW, None),
        (b"012345678", -EOVERFLOW, None),
        (b"5,100000000", -EOVERFLOW, None),
        (b"1,g", -EINVAL, None),
        (b"8,ffffffff,ffffffff,ffffffff", 0, (8 << 96 | (1 << 96) - 1)),
        (b"", 0, 0),
    ],
)
def test_masks_of_a_caller(guest: Guest, written: bytes, error: int, value: int | None) -> None:
    """The same from user memory; where this cannot be read, -EFAULT, and nothing is changed."""
    place = guest.heap.kmalloc(16)
    guest.memory.write(place, b"\xff" * 12 + b"\x0f" + bytes(3))
    source = caller(guest, written + b"\0")
    assert call(guest, "bitmap_parse_user", 8, 4, place, 100) == -EFAULT
    assert guest.memory.read(place, 16) == b"\xff" * 12 + b"\x0f" + bytes(3)
    assert call(guest, "bitmap_parse_user", source, len(written), place, 100) == error
    if value is not None:
        assert int.from_bytes(guest.memory.read(place, 16), "little") == value


def test_a_part_of_a_mask_that_is_too_long_or_wrong(guest: Guest) -> None:
    """What was read before is stored; a wrong letter before eight digits is not modelled; the size ends a mask, too."""
    place = guest.heap.kmalloc(16)
    assert call(guest, "bitmap_parse", guest.new_text(b"g,1,2"), 5, place, 100) == -EINVAL
    assert guest.memory.read(place, 16) == bytes.fromhex("0200000001000000").ljust(16, b"\0")
    with pytest.raises(Needs):
        call(guest, "bitmap_parse", guest.new_text(b"g00000000"), 9, place, 100)
    assert call(guest, "bitmap_parse", guest.new_text(b"1,2"), 1, place, 100) == 0
    assert guest.memory.read(place, 16) == bytes([1]).ljust(16, b"\0")
    assert call(guest, "bitmap_parse", guest.new_text(b"1ff"), 3, place, 8) == -EOVERFLOW
    assert call(guest, "bitmap_parse", guest.new_text(b"ff"), 2, place, 8) == 0


def test_lists_of_a_caller(guest: Guest) -> None:
    """The same lists from user memory, where a NUL ends them, too."""
    place, source = guest.heap.kmalloc(16), caller(guest, b"0-1,70\0,3")
    assert call(guest, "bitmap_parselist_user", 8, 8, place, 100) == -EFAULT
    assert call(guest, "bitmap_parselist_user", source, 8, place, 100) == 0
    assert int.from_bytes(guest.memory.read(place, 16), "little") == 3 | 1 << 70
    assert call(guest, "bitmap_parselist_user", source, 5, place, 100) == 0
    assert int.from_bytes(guest.memory.read(place, 16), "little") == 3 | 1 << 7


@pytest.mark.parametrize(
    ("as_list", "offset", "line"),
    [
        (1, 0, b"0-2,40\n"),
        (0, 0, b"100,00000007\n"),
        (1, PAGE - 5, b"0-2,"),
        (0, PAGE - 1, b""),
        (1, PAGE - 8, b"0-2,40\n"),
        (1, PAGE - 7, b"0-2,40"),
    ],
)
def test_a_bitmap_as_a_line(guest: Guest, as_list: int, offset: int, line: bytes) -> None:
    """A list or a mask with a newline, cut to what is left of the buffer's page with a NUL."""
    place, pages = words(guest, 7 | 1 << 40), guest.heap.pages(2)
    guest.memory.write(pages, b"\xee" * PAGE * 2)
    assert call(guest, "bitmap_print_to_pagebuf", as_list, pages + offset, place, 41) == len(line)
    assert guest.memory.read(pages + offset, len(line) + 2) == line + b"\0\xee"


def test_a_bitmap_is_given_back(guest: Guest) -> None:
    """NULL is none."""
    place = call(guest, "bitmap_zalloc", 64, 0)
    call(guest, "bitmap_free", 0)
    call(guest, "bitmap_free", place)
    assert guest.heap.size(place) != 8


@pytest.mark.parametrize(("bits", "size"), [(0, 8), (1, 8), (63, 8), (64, 8), (65, 16), (128, 16)])
def test_a_new_bitmap_is_as_many_words_as_its_bits_need(guest: Guest, bits: int, size: int) -> None:
    """`BITS_TO_LONGS()`, all of them zero although the memory was in use."""
    for name, more in {"bitmap_zalloc": [0], "bitmap_zalloc_node": [0, 0]}.items():
        used = guest.heap.kmalloc(size)
        guest.memory.write(used, b"\xff" * size)
        guest.heap.free(used)
        place = call(guest, name, bits, *more)
        assert guest.heap.size(place) == size
        assert guest.memory.read(place, size) == bytes(size)

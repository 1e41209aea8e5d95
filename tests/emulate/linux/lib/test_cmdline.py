"""Tests of modtools/emulate/linux/lib/cmdline.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import cmdline
from tests.emulated import words

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("written", "value", "rest"),
    [
        (b"64K", 65536, b""),
        (b"2Gx", 2 << 30, b"x"),
        (b"0x10m", 16 << 20, b""),
        (b"1 K", 1, b" K"),
        (b"x", 0, b"x"),
        (b"32E", 0, b""),
    ],
)
def test_sizes_have_suffixes(guest: Guest, written: bytes, value: int, rest: bytes) -> None:
    """Each suffix is 1024 of the one before; what does not fit into 64 bits is cut."""
    end = guest.heap.kmalloc(8)
    assert cmdline.memparse(guest, guest.new_text(written), end) == value
    assert guest.memory.text(guest.memory.u64(end)) == rest


@pytest.mark.parametrize(
    ("written", "numbers", "rest"),
    [
        (b"1,2,5-7", [1, 2, 5, 6, 7], b""),
        (b"-4,0x10 8", [-4, 16], b" 8"),
        (b"7-5,1", [], b"5,1"),
        (b"", [], b""),
        (b"1,2,3,4,5,6,7,8,9", [1, 2, 3, 4, 5, 6, 7], b"8,9"),
    ],
)
def test_lists_of_numbers(guest: Guest, written: bytes, numbers: list[int], rest: bytes) -> None:
    """The first element is their count, ranges are spelled out, and what has no room is left."""
    table = guest.heap.kmalloc(64)
    end = cmdline.get_options(guest, guest.new_text(written), 8, table)
    assert [guest.memory.s32(table + 4 * at) for at in range(1, 1 + guest.memory.s32(table))] == numbers
    assert guest.memory.text(end) == rest


def test_arguments_may_be_quoted(guest: Guest) -> None:
    """Quotes hold blanks together and are taken away, around the value as around the whole."""
    found, names = [], guest.heap.kmalloc(16)
    text = guest.new_text(b'a=1  b="x y" "c=z w" d')
    while guest.memory.u8(text):
        text = cmdline.next_arg(guest, text, names, names + 8)
        found.append([guest.text(at) if at else None for at in (guest.memory.u64(names), guest.memory.u64(names + 8))])
    assert found == [["a", "1"], ["b", "x y"], ["c", "z w"], ["d", None]]


@pytest.mark.parametrize(
    ("written", "count", "numbers"),
    [
        (b"1-20", 19, [1, 2, 3, 4]),
        (b"7,1-20", 20, [7, 1, 2, 3]),
        (b"1,2,3,4-9", 8, [1, 2, 3, 4]),
        (b"1-4", 4, [1, 2, 3, 4]),
    ],
)
def test_ranges_end_with_the_table(guest: Guest, written: bytes, count: int, numbers: list[int]) -> None:
    """All numbers of a range but the last are counted where it does not fit, as many as have room are written, and
    nothing behind the table is.
    """
    table = guest.heap.kmalloc(64)
    guest.memory.write(table, b"\xee" * 64)
    cmdline.get_options(guest, guest.new_text(written), 5, table)
    assert [guest.memory.s32(table + 4 * at) for at in range(5)] == [count, *numbers]
    assert guest.memory.read(table + 20, 44) == b"\xee" * 44


@pytest.mark.parametrize(("written", "count"), [(b"1,2,5-7", 5), (b"1-20", 20), (b"", 0), (b"3", 1)])
def test_numbers_are_only_counted_where_there_is_no_table(guest: Guest, written: bytes, count: int) -> None:
    """With nints 0, ints[0] is their count, and nothing else is written."""
    table = guest.heap.kmalloc(64)
    guest.memory.write(table, b"\xee" * 64)
    cmdline.get_options(guest, guest.new_text(written), 0, table)
    assert guest.memory.s32(table) == count
    assert guest.memory.read(table + 4, 60) == b"\xee" * 60


@pytest.mark.parametrize(
    ("written", "found", "number", "rest"),
    [
        (b"", 0, 99, b""),
        (b"x", 0, 0, b"x"),
        (b"5", 1, 5, b""),
        (b"5,6", 2, 5, b"6"),
        (b"5-7", 3, 5, b"-7"),
        (b"-0x10 8", 1, -16, b" 8"),
        (b"-,", 0, 0, b","),
    ],
)
def test_one_number_of_a_list(guest: Guest, written: bytes, found: int, number: int, rest: bytes) -> None:
    """The place moves behind it and a comma; what follows is told; the number need not be wanted."""
    result = words(guest, 0xEEEEEEEE << 32 | 99)
    for target in (result, 0):
        place = words(guest, guest.new_text(written))
        assert cmdline.get_option(guest, place, target) == found
        assert guest.memory.text(guest.memory.u64(place)) == rest
    assert (guest.memory.s32(result), guest.memory.u32(result + 4)) == (number, 0xEEEEEEEE)
    empty = words(guest, 0)
    assert cmdline.get_option(guest, empty, result) == 0
    assert guest.memory.u64(empty) == 0


def test_the_parts_of_an_argument_go_where_they_are_wanted(guest: Guest) -> None:
    """Two places of eight bytes; NULL for a value that there is not."""
    text, place = guest.new_text(b"ab=c d"), words(guest, *[0xEE] * 4)
    following = cmdline.next_arg(guest, text, place + 16, place)
    assert [guest.memory.u64(place + at) for at in (0, 8, 16, 24)] == [text + 3, 0xEE, text, 0xEE]
    assert (guest.memory.text(text), guest.memory.text(text + 3), following) == (b"ab", b"c", text + 5)
    assert cmdline.next_arg(guest, following, place + 16, place) == text + 6
    assert guest.memory.u64(place) == 0

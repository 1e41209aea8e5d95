"""Tests of modtools/emulate/linux/lib/xarray.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import xarray
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EBUSY, EINVAL
from tests.emulated import call, words
from tests.properties import examples

PRESENT = 8
"""`XA_PRESENT`: no mark, but any entry."""
HIGHEST = 7
steps = st.tuples(
    st.sampled_from(["store", "erase", "insert", "cmpxchg", "mark", "clear", "range"]),
    st.integers(0, HIGHEST),
    st.integers(0, 3),
)


class Model:
    """What an xarray holds, as two tables: entries, of which 0 is one that only keeps its place, and marks."""

    def __init__(self) -> None:
        self.entries: dict[int, int] = {}
        self.marks: dict[int, set[int]] = {0: set(), 1: set(), 2: set()}

    def put(self, index: int, entry: int) -> int:
        """Store an entry, or remove it with 0; return what was there."""
        before = self.entries.pop(index, 0)
        if entry:
            self.entries[index] = entry
        else:
            for marked in self.marks.values():
                marked.discard(index)
        return before

    def found(self, low: int, high: int, mark: int) -> list[tuple[int, int]]:
        """The entries in a range with a mark, in order."""
        chosen = self.entries.keys() if mark == PRESENT else self.marks[mark]
        return [
            (index, self.entries[index]) for index in sorted(chosen) if low <= index <= high and self.entries[index]
        ]


def take(guest: Guest, model: Model, root: int, kind: str, index: int, value: int) -> None:
    """Do one thing with an xarray and with what it is compared with; both say the same."""
    entry = 0x10 * value
    if kind == "store":
        assert call(guest, "xa_store", root, index, entry, 0) % xarray.NOTHING == model.put(index, entry)
    elif kind == "erase":
        assert call(guest, "xa_erase", root, index) % xarray.NOTHING == model.put(index, 0)
    elif kind == "insert":
        assert call(guest, "__xa_insert", root, index, entry, 0) == (-EBUSY if index in model.entries else 0)
        model.entries.setdefault(index, entry)
    elif kind == "cmpxchg":
        before = model.entries.get(index, 0)
        assert call(guest, "__xa_cmpxchg", root, index, entry, 0x40, 0) == before
        if before == entry:
            model.put(index, 0x40)
    elif kind == "mark":
        call(guest, "xa_set_mark", root, index, value % 3)
        model.marks[value % 3].update({index} & model.entries.keys())
    elif kind == "clear":
        call(guest, "xa_clear_mark", root, index, value % 3)
        model.marks[value % 3].discard(index)
    else:
        assert call(guest, "xa_store_range", root, index, index + value, 0x50, 0) == 0
        for each in range(index, index + value + 1):
            model.put(each, 0x50)


@examples(160)
@given(st.lists(steps, min_size=3, max_size=12))
def test_an_array_is_a_table_with_marks(guest: Guest, plan: list[tuple[str, int, int]]) -> None:
    """Whatever is done, what is found and extracted, with and without marks, is what a table has; `xa_head` says
    whether there is anything, and `xa_flags` which marks there are.
    """
    row, model = new(guest, "xarray"), Model()
    root, place, results = row.address(), words(guest, 0), words(guest, *[0] * 12)
    for step in plan:
        take(guest, model, root, *step)
        assert bool(row.xa_head) is bool(model.entries)
        assert row.xa_flags == sum(1 << 27 + mark for mark, marked in model.marks.items() if marked)
    for index in range(HIGHEST + 4):
        assert call(guest, "xa_load", root, index) == model.entries.get(index, 0)
        told = [call(guest, "xa_get_mark", root, index, mark) for mark in model.marks]
        assert told == [index in marked for marked in model.marks.values()]
    for mark in (*model.marks, PRESENT):
        for low in range(HIGHEST + 2):
            look(guest, model, root, (low, 8, mark), place, results)
    call(guest, "xa_destroy", root)
    assert row.xa_head == 0
    assert root not in guest.table("xarrays")
    assert call(guest, "xa_find", root, words(guest, 0), 20, PRESENT) == 0


def look(guest: Guest, model: Model, root: int, wanted: tuple[int, int, int], place: int, results: int) -> None:
    """Search from an index on, behind it, and for two at once, and compare."""
    low, high, mark = wanted
    for name, start in (("xa_find", low), ("xa_find_after", low + 1)):
        guest.memory.put(place, low, 8)
        found = call(guest, name, root, place, high, mark)
        assert (guest.memory.u64(place), found) == [*model.found(start, high, mark), (low, 0)][0]
    expected = [entry for _, entry in model.found(low, high, mark)][:2]
    assert call(guest, "xa_extract", root, results, low, high, 2, mark) == len(expected)
    assert [guest.memory.u64(results + 8 * at) for at in range(len(expected))] == expected


def test_a_range_that_ends_before_it_begins(guest: Guest) -> None:
    """It is refused with what xa_err() reads as -EINVAL; one of a single index is one."""
    root = new(guest, "xarray").address()
    assert call(guest, "xa_store_range", root, 3, 2, 0x10, 0) == -EINVAL * 4 + 2
    assert call(guest, "xa_store_range", root, 3, 3, 0x10, 0) == 0
    assert call(guest, "xa_load", root, 3) == 0x10


@pytest.mark.parametrize(("flags", "first"), [(0, 0), (8, 1)])
def test_numbers_are_given_in_order(guest: Guest, flags: int, first: int) -> None:
    """The lowest free one within bounds, from 1 on where 0 is kept (`XA_FLAGS_ZERO_BUSY`); NULL takes one, too."""
    row, place = new(guest, "xarray"), words(guest, 0)
    root, row.xa_flags = row.address(), flags

    def allocate(low: int, high: int, entry: int = 0x10) -> int:
        result = int(call(guest, "__xa_alloc", root, place, entry, high | low << 32, 0))
        return result or guest.memory.u32(place)

    assert [allocate(0, 3), allocate(0, 3, 0), allocate(3, 5)] == [first, first + 1, 3]
    assert (call(guest, "xa_load", root, first), call(guest, "xa_load", root, first + 1)) == (0x10, 0)
    assert allocate(first + 1, first + 1) == -EBUSY
    assert allocate(3, 4) == 4
    assert bool(row.xa_head)


def test_numbers_go_on_behind_the_last_one(guest: Guest) -> None:
    """`__xa_alloc_cyclic()` says 1 when it begins anew, and never gives what is above the limit."""
    root = new(guest, "xarray").address()
    place, following = words(guest, 0), words(guest, 0)

    def allocate(low: int, high: int, entry: int = 0x10) -> tuple[int, int, int]:
        result = int(call(guest, "__xa_alloc_cyclic", root, place, entry, high | low << 32, following, 0))
        return result, guest.memory.u32(place), guest.memory.u32(following)

    assert [allocate(1, 3), allocate(1, 3, 0), allocate(1, 3)] == [(0, 1, 2), (0, 2, 3), (0, 3, 4)]
    assert allocate(1, 3) == (-EBUSY, 3, 4)
    assert (call(guest, "xa_load", root, 1), call(guest, "xa_load", root, 2)) == (0x10, 0)
    call(guest, "xa_erase", root, 2)
    assert allocate(1, 3) == (1, 2, 3)
    guest.memory.put(following, 50, 4)
    assert allocate(1, 3) == (-EBUSY, 2, 50)
    call(guest, "xa_erase", root, 1)
    assert allocate(1, 3) == (1, 1, 2)
    assert call(guest, "xa_load", root, 1) == 0x10

"""Tests of modtools/emulate/linux/lib/idr.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EINVAL, ENOENT, ENOSPC
from tests.emulated import call, log, noting, words
from tests.properties import examples

INT_MAX = 0x7FFFFFFF
kinds = st.sampled_from(["alloc", "u32", "cyclic", "remove", "replace"])


def lowest(taken: dict[int, int], low: int, high: int) -> int:
    """The first number that is free, or -ENOSPC."""
    return next((number for number in range(low, high + 1) if number not in taken), -ENOSPC)


@examples(160)
@given(
    st.lists(st.tuples(kinds, st.integers(0, 3), st.integers(0, 2)), min_size=5, max_size=14), st.sampled_from([0, 2])
)
def test_numbers_stand_for_pointers(guest: Guest, steps: list[tuple[str, int, int]], base: int) -> None:
    """Whatever is done, numbers are given and stand for pointers as in a table, NULL among them."""
    row, place, known = new(guest, "idr"), words(guest, 0), dict[int, int]()
    idr, row.idr_base = row.address(), base
    for serial, (kind, start, more) in enumerate(steps):
        pointer, start = 0x10 * (serial % 5), start + base
        high = start + more - 1 if more else INT_MAX
        if kind == "alloc":
            wanted = lowest(known, start, min(high, 20))
            assert call(guest, "idr_alloc", idr, pointer, start, start + more if more else 0, 0) == wanted
        elif kind == "u32":
            wanted = lowest(known, start, start + more)
            guest.memory.put(place, start, 4)
            assert call(guest, "idr_alloc_u32", idr, pointer, place, start + more, 0) == min(wanted, 0)
            assert guest.memory.u32(place) == (wanted if wanted >= 0 else start)
        elif kind == "cyclic":
            wanted = lowest(known, max(row.idr_next, start), min(high, 50))
            wanted = lowest(known, start, min(high, 50)) if wanted < 0 else wanted
            assert call(guest, "idr_alloc_cyclic", idr, pointer, start, start + more if more else 0, 0) == wanted
            assert wanted < 0 or row.idr_next == wanted + 1
        elif kind == "remove":
            assert call(guest, "idr_remove", idr, start) == known.pop(start, 0)
            continue
        else:
            wanted, before = (start if start in known else -1), known.get(start, -ENOENT)
            assert call(guest, "idr_replace", idr, pointer, start) == before
        if wanted >= 0:
            known[wanted] = pointer
    assert {number: call(guest, "idr_find", idr, number) for number in known} == known
    assert call(guest, "idr_find", idr, 30) == 0
    assert bool(row.idr_rt.xa_head) is bool(known)
    walks(guest, idr, {number: pointer for number, pointer in known.items() if pointer})


def walks(guest: Guest, idr: int, known: dict[int, int]) -> None:
    """Go through all that is not NULL, in the three ways that there are."""
    function, told = noting(guest)
    assert call(guest, "idr_for_each", idr, function, 0) == 0
    assert told() == sorted(known.items())
    for name, read in (("idr_get_next", guest.memory.s32), ("idr_get_next_ul", guest.memory.u64)):
        place, found = words(guest, 0), []
        while pointer := call(guest, name, idr, place):
            found.append((read(place), pointer))
            guest.memory.put(place, read(place) + 1, 8)
        assert found == sorted(known.items())


def test_a_walk_ends_where_the_function_says(guest: Guest) -> None:
    """What is not 0 is the result, and no other number is asked for."""
    idr = new(guest, "idr").address()
    for pointer in (0x10, 0x20):
        call(guest, "idr_alloc", idr, pointer, 0, 0, 0)
    function, told = noting(guest, -3)
    assert call(guest, "idr_for_each", idr, function, 0) == -3
    assert told() == [(0, 0x10)]


def test_a_number_below_0_is_none(guest: Guest) -> None:
    """As where to begin: -EINVAL. Below the base, numbers begin at the base."""
    row = new(guest, "idr")
    row.idr_base = 3
    assert call(guest, "idr_alloc", row.address(), 0x10, -1, 0, 0) == -EINVAL
    assert call(guest, "idr_alloc", row.address(), 0x10, 0, 0, 0) == 3


@examples(60)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=12))
def test_plain_numbers(guest: Guest, steps: list[tuple[bool, int, int]]) -> None:
    """An ida gives the lowest free number of a range; giving back one that is free is beyond what is modelled."""
    row, taken = new(guest, "xarray"), dict[int, int]()
    ida = row.address()
    for give_back, low, more in steps:
        if not give_back:
            number = lowest(taken, low, low + more)
            assert call(guest, "ida_alloc_range", ida, low, low + more, 0) == number
            if number >= 0:
                taken[number] = 1
        elif taken.pop(low, 0):
            call(guest, "ida_free", ida, low)
        else:
            call(guest, "ida_free", ida, low)
            assert f"ida_free called for id={low} which is not allocated." in "".join(log(guest))
        assert bool(row.xa_head) is bool(taken)
    call(guest, "ida_destroy", ida)
    assert (row.xa_head, call(guest, "ida_alloc_range", ida, 0, 0, 0)) == (0, 0)


def test_numbers_are_integers_of_c(guest: Guest) -> None:
    """None is above INT_MAX, whatever the caller allows."""
    ida = new(guest, "xarray").address()
    assert call(guest, "ida_alloc_range", ida, INT_MAX + 1, 0xFFFFFFFF, 0) == -ENOSPC
    assert call(guest, "ida_alloc_range", ida, INT_MAX, 0xFFFFFFFF, 0) == INT_MAX
    assert call(guest, "ida_alloc_range", ida, INT_MAX, 0xFFFFFFFF, 0) == -ENOSPC

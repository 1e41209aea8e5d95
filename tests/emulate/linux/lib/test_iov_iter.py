"""Tests of modtools/emulate/linux/lib/iov_iter.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import iov_iter
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, constant, has, new
from tests.emulated import both_kernels, call, words
from tests.properties import examples

pytest.importorskip("unicorn")

FILLED = b"abcdefghijkl"
SHAPES = ([12], [3, 4, 5], [0, 5, 0, 7], [1] * 12, [12, 0])
"""Lengths of the pieces that an iterator is over."""
steps = st.lists(
    st.tuples(st.sampled_from(["to", "from", "zero", "advance", "revert"]), st.integers(0, 14)), max_size=8
)


def over(guest: Guest, shape: list[int], kind: str, size: int = len(FILLED)) -> tuple[View, list[tuple[int, int]]]:
    """An iterator over pieces that do not lie side by side, and where these are."""
    row, pieces, left = new(guest, "iov_iter"), [], FILLED
    for length in [len(FILLED)] if kind == "ubuf" else shape:
        pieces.append((guest.new_text(left[:length] + b"#" * 8), length))
        left = left[length:]
    if kind == "ubuf":
        row.iter_type, row.ubuf, row.count = constant(guest, "ITER_UBUF"), pieces[0][0], size
        return row, pieces
    table = words(guest, *(number for piece in pieces for number in piece))
    call(guest, f"iov_iter_{kind}", row.address(), 1, table, len(shape), size)
    return row, pieces


def content(guest: Guest, pieces: list[tuple[int, int]]) -> bytes:
    """What is in the pieces, behind each of which nothing was written."""
    assert all(guest.memory.read(at + length, 8) == b"#" * 8 for at, length in pieces)
    return b"".join(guest.memory.read(at, length) if length else b"" for at, length in pieces)


@both_kernels
@examples(60)
@given(st.sampled_from(SHAPES), st.sampled_from(["kvec", "init", "ubuf"]), st.integers(0, 12), steps)
def test_an_iterator_is_a_place_in_a_file(
    guest: Guest, shape: list[int], kind: str, size: int, plan: list[tuple[str, int]]
) -> None:
    """Whatever is moved, zeroed, passed over and taken back is what a stretch of bytes with a place in it has."""
    row, pieces = over(guest, shape, kind, size)
    model, at, other = bytearray(FILLED), 0, guest.heap.kmalloc(32)
    address = row.address()
    for step, count in plan:
        moved = min(count, size - at)
        if step == "to":
            guest.memory.write(other, bytes(range(100, 132)))
            assert call(guest, "_copy_to_iter", other, count, address) == moved
            model[at : at + moved] = bytes(range(100, 100 + moved))
        elif step == "from":
            guest.memory.write(other, b"\xee" * 32)
            assert call(guest, "_copy_from_iter", other, count, address) == moved
            assert guest.memory.read(other, 32) == bytes(model[at : at + moved]).ljust(32, b"\xee")
        elif step == "zero":
            assert call(guest, "iov_iter_zero", count, address) == moved
            model[at : at + moved] = bytes(moved)
        elif step == "advance":
            call(guest, "iov_iter_advance", address, count)
        else:
            moved = -min(count, at)
            call(guest, "iov_iter_revert", address, -moved)
        at += moved
        assert row.count == size - at
        assert content(guest, pieces) == model


@both_kernels
@pytest.mark.parametrize(("name", "kind", "user"), [("kvec", "ITER_KVEC", 0), ("init", "ITER_IOVEC", 1)])
def test_what_an_iterator_says_of_itself(guest: Guest, name: str, kind: str, user: int) -> None:
    """Its kind, whether data comes from it, its table; until 6.6, too, whether that is a program's memory."""
    for source in (0, 1):
        row = new(guest, "iov_iter")
        guest.memory.write(row.address(), b"\xff" * 16)
        call(guest, f"iov_iter_{name}", row.address(), source, 0x1230, 3, 70)
        assert (row.iter_type, row.data_source) == (constant(guest, kind), source)
        assert (row.kvec, row.nr_segs, row.count, row.iov_offset) == (0x1230, 3, 70, 0)
        if has(guest, "iov_iter", "user_backed"):
            assert row.user_backed == user


def test_an_iterator_over_pages_is_not_known(guest: Guest) -> None:
    """It stops the run."""
    row, _ = over(guest, [12], "kvec")
    row.iter_type = 7
    with pytest.raises(Needs):
        iov_iter.copy_to_iter(guest, 0, 1, row.address())

"""Tests of modtools/emulate/linux/lib/scatterlist.py, and of what walks through such lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.coco import core
from modtools.emulate.linux.crypto import scatterwalk
from modtools.emulate.linux.lib import scatterlist
from modtools.emulate.linux.lib.zlib_deflate import deflate
from modtools.emulate.memory import address_space
from modtools.emulate.memory.pages import page_of
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, size_of, view
from modtools.link.memory import PAGE
from tests.emulated import both_kernels
from tests.properties import examples


def table(guest: Guest, *pieces: bytes) -> int:
    """A list of pieces, each at the end of its page."""
    size = size_of(guest, "scatterlist")
    address = guest.heap.kmalloc(size * len(pieces))
    scatterlist.sg_init_table(guest, address, len(pieces))
    for number, piece in enumerate(pieces):
        page, row = guest.heap.pages(2), view(guest, "scatterlist", address + size * number)
        row.page_link, row.offset, row.length = row.page_link | page_of(page), 4090, len(piece)
        guest.memory.write(page + 4090, piece)
    return address


@both_kernels
def test_pieces_are_gone_through_page_by_page(guest: Guest) -> None:
    """What is beyond the end of a page is the next piece; what the caller has not used comes again."""
    address, row = table(guest, b"0123456789", b"ab"), new(guest, "sg_mapping_iter")
    assert scatterlist.sg_nents(guest, address) == 2
    scatterlist.sg_miter_start(guest, row.address(), address, 2, 1)
    found = []
    while scatterlist.sg_miter_next(guest, row.address()):
        found.append(guest.memory.read(row.addr, row.length))
    assert found == [b"012345", b"6789", b"ab"]
    scatterlist.sg_miter_start(guest, row.address(), address, 2, 1)
    assert scatterlist.sg_miter_skip(guest, row.address(), 4)
    assert scatterlist.sg_miter_next(guest, row.address())
    row.consumed = 1
    scatterlist.sg_miter_stop(guest, row.address())
    assert scatterlist.sg_miter_next(guest, row.address())
    assert guest.memory.read(row.addr, row.length) == b"5"
    assert not scatterlist.sg_miter_skip(guest, row.address(), 100)


@both_kernels
def test_bytes_are_copied_out_of_and_into_pieces(guest: Guest) -> None:
    """From any place on, as far as they are asked for."""
    address, buffer = table(guest, b"0123456789", b"ab"), guest.heap.kmalloc(8)
    scatterwalk.scatterwalk_map_and_copy(guest, buffer, address, 8, 3, 0)
    assert guest.memory.read(buffer, 4) == b"89a\0"
    guest.memory.write(buffer, b"XYZ")
    scatterwalk.scatterwalk_map_and_copy(guest, buffer, address, 9, 3, 1)
    scatterwalk.scatterwalk_map_and_copy(guest, buffer, address, 8, 4, 0)
    assert guest.memory.read(buffer, 4) == b"8XYZ"


@both_kernels
def test_a_list_goes_on_in_another_table(guest: Guest) -> None:
    """The last entry of a table may lead to another one."""
    first, second = table(guest, b"one", b""), table(guest, b"two")
    link = view(guest, "scatterlist", first + size_of(guest, "scatterlist"))
    link.page_link, link.length = second | 1, 0
    assert [int(row.length) for row in scatterlist.entries(guest, first)] == [3, 3]
    assert (scatterlist.sg_next(guest, first), scatterlist.sg_next(guest, second)) == (second, 0)


@both_kernels
def test_the_memory_of_zlib(guest: Guest) -> None:
    """Of the state, two windows, and the tables for 2**15 hashes; sizes that zlib does not know stop the run."""
    size = deflate.zlib_deflate_workspacesize(guest, -15, 8)
    assert size == size_of(guest, "deflate_workspace") + 65536 + 65536 + 65536 + 65536
    with pytest.raises(Needs):
        deflate.zlib_deflate_workspacesize(guest, 16, 8)
    assert not core.cc_platform_has(guest, 0)


STEPS = st.lists(st.tuples(st.sampled_from(["next", "all", "some", "skip"]), st.integers(0, 5000)), max_size=8)
PIECES = st.lists(st.tuples(st.integers(0, 8191), st.sampled_from([1, 5, 4095, 4096, 6000])), min_size=1, max_size=3)


@examples(60)
@given(PIECES, STEPS, st.integers(0, 1))
def test_a_walk_is_a_place_among_bytes(
    guest: Guest, pieces: list[tuple[int, int]], steps: list[tuple[str, int]], fewer: int
) -> None:
    """Each step is what is left of a page of a piece; what was used of it, or left out, does not come again."""
    size, pages = size_of(guest, "scatterlist"), guest.heap.pages(12)
    table = guest.heap.kmalloc(size * len(pieces))
    scatterlist.sg_init_table(guest, table, len(pieces))
    spans = []
    for number, (offset, length) in enumerate(pieces):
        row = view(guest, "scatterlist", table + size * number)
        row.page_link, row.offset, row.length = row.page_link | page_of(pages + 4 * PAGE * number), offset, length
        spans.append((pages + 4 * PAGE * number + offset, length))
        assert scatterlist.place(row) == spans[-1][0]
    assert scatterlist.sg_nents(guest, table) == len(pieces)
    count = len(pieces) - fewer
    whole = [at + number for at, length in spans[:count] for number in range(length)]
    walk, at, shown = new(guest, "sg_mapping_iter"), 0, 0
    scatterlist.sg_miter_start(guest, walk.address(), table, count, 1)
    for step, amount in steps:
        if step == "skip":
            at, shown = at + shown, 0
            assert scatterlist.sg_miter_skip(guest, walk.address(), amount) is (at + amount <= len(whole))
            at = min(at + amount, len(whole))
            continue
        at, shown = at + shown, 0
        found = scatterlist.sg_miter_next(guest, walk.address())
        assert found is (at < len(whole))
        if not found:
            continue
        together = [place for place in whole[at : at + PAGE] if place // PAGE == whole[at] // PAGE]
        run = next((n for n, place in enumerate(together) if place != together[0] + n), len(together))
        assert (walk.addr, walk.length, walk.consumed) == (whole[at], run, run)
        assert walk.page == page_of(walk.addr)
        shown = run
        if step == "some":
            walk.consumed = shown = min(amount, run)
        if step == "all":
            scatterlist.sg_miter_stop(guest, walk.address())
            assert (walk.page, walk.addr, walk.length, walk.consumed) == (0, 0, 0, 0)
            at, shown = at + shown, 0


def test_a_table_of_one_entry(guest: Guest) -> None:
    """For memory of the direct map: its page, its place in it, and the mark of the end; other memory stops the run."""
    row, buffer = new(guest, "scatterlist"), guest.heap.pages(1) + 40
    scatterlist.sg_init_one(guest, row.address(), buffer, 77)
    assert (row.page_link, row.offset, row.length) == (page_of(buffer) | 2, 40, 77)
    assert scatterlist.sg_next(guest, row.address()) == 0
    base = address_space.PAGE_OFFSET
    for outside in (base - 1, base + address_space.DIRECT_SIZE):
        with pytest.raises(Needs):
            scatterlist.sg_init_one(guest, row.address(), outside, 1)
    scatterlist.sg_init_one(guest, row.address(), base + address_space.DIRECT_SIZE - 1, 1)
    scatterlist.sg_init_one(guest, row.address(), base, 1)

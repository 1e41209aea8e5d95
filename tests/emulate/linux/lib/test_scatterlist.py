"""Tests of modtools/emulate/linux/lib/scatterlist.py, and of what walks through such lists."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.coco import core
from modtools.emulate.linux.crypto import scatterwalk
from modtools.emulate.linux.lib import scatterlist
from modtools.emulate.linux.lib.zlib_deflate import deflate
from modtools.emulate.memory.pages import page_of
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, size_of, view
from tests.emulated import both_kernels


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

"""What sets a whole structure up, with memset() or as one value, leaves nothing of what was in its memory before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.structs import size_of
from tests.emulated import call, caller, words

pytest.importorskip("unicorn")

CALLS: dict[str, tuple[str, Callable[[Guest, int], Any]]] = {
    "sg_init_table": ("scatterlist", lambda guest, place: call(guest, "sg_init_table", place, 1)),
    "sg_init_one": ("scatterlist", lambda guest, place: call(guest, "sg_init_one", place, place + 8, 8)),
    "sg_miter_start": ("sg_mapping_iter", lambda guest, place: call(guest, "sg_miter_start", place, 0x1230, 3, 5)),
    "iov_iter_kvec": ("iov_iter", lambda guest, place: call(guest, "iov_iter_kvec", place, 1, 0x1230, 2, 99)),
    "iov_iter_init": ("iov_iter", lambda guest, place: call(guest, "iov_iter_init", place, 1, 0x1230, 2, 99)),
}
"""Each with the structure."""


@pytest.mark.parametrize("name", CALLS)
def test_nothing_of_before_is_left(name: str, guest: Guest) -> None:
    """Memory of zeros and of ones become the same."""
    structure, setup = CALLS[name]
    size, found = size_of(guest, structure), []
    place = guest.heap.kmalloc(size)
    for byte in (b"\0", b"\xff"):
        guest.memory.write(place, byte * size)
        setup(guest, place)
        found.append(guest.memory.read(place, size))
    assert found[0].hex() == found[1].hex()
    assert any(found[0])


def test_a_table_of_several_ends_with_the_last(guest: Guest) -> None:
    """All are empty, and only the last one says that it is."""
    size = size_of(guest, "scatterlist")
    place = guest.heap.kmalloc(4 * size)
    guest.memory.write(place, b"\xff" * 4 * size)
    call(guest, "sg_init_table", place, 3)
    links = [guest.memory.u64(place + number * size) for number in range(4)]
    assert links == [0, 0, 2, (1 << 64) - 1]


@pytest.mark.parametrize(
    ("data", "limit", "length"), [(b"abc\0", 9, 4), (b"abc\0", 3, 4), (b"abc\0", 2, 3), (b"\0", 9, 1)]
)
def test_lengths_of_a_program_s_texts(guest: Guest, data: bytes, limit: int, length: int) -> None:
    """With the NUL; more than is asked for where there is none; 0 where the memory is not there."""
    assert call(guest, "strnlen_user", caller(guest, data), limit) == length


def test_no_length_where_no_memory_is(guest: Guest) -> None:
    """Neither of an address of the kernel's, nor of one that runs into a page that is not there."""
    place = caller(guest, b"")
    last = place + 4096 - 3
    guest.memory.write(last, b"abc")
    assert call(guest, "strnlen_user", last, 9) == 0
    assert call(guest, "strnlen_user", words(guest, 0), 9) == 0
    assert call(guest, "strnlen_user", address_space.USER + (1 << 40), 9) == 0

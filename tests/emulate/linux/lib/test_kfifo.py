"""Tests of modtools/emulate/linux/lib/kfifo.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import kfifo
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.structs import new
from modtools.link.memory import PAGE, READ, WRITE
from modtools.linuxerrno import EFAULT, EINVAL
from tests.emulated import BASE, caller, plain, words
from tests.properties import examples

FIFO, DATA, OUT = BASE, BASE + 0x100, BASE + 0x800


@examples(60)
@given(st.lists(st.tuples(st.sampled_from(["in", "out", "peek"]), st.integers(0, 12)), max_size=40), st.integers(1, 3))
def test_a_queue_is_first_in_first_out(steps: list[tuple[str, int]], esize: int) -> None:
    """Eight elements of any size, with counters that wrap around, behave like a list that is cut."""
    guest, serial = plain(), 0
    known: list[bytes] = []
    guest.memory.write(DATA + 8 * esize, b"\xee" * 8)
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
    assert guest.memory.read(DATA + 8 * esize, 8) == b"\xee" * 8


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


@examples(60)
@given(
    st.lists(st.tuples(st.sampled_from(["in", "out", "peek", "skip"]), st.integers(0, 9)), max_size=30),
    st.integers(1, 2),
)
def test_a_queue_of_records_is_a_list_of_them(steps: list[tuple[str, int]], recsize: int) -> None:
    """Each comes out as it went in, cut to the caller's room; counters and lengths wrap around the memory."""
    guest, known, serial = plain(), list[bytes](), 0
    assert kfifo.kfifo_init(guest, FIFO, DATA, 16, 1) == 0
    for counter in (0, 4):
        guest.memory.put(FIFO + counter, 0xFFFFFFFA, 4)
    for step, size in steps:
        guest.memory.write(OUT, b"\xee" * 16)
        if step == "in":
            record = bytes((serial + at) % 251 for at in range(size))
            guest.memory.write(OUT, record + b"\xee")
            used = sum(len(one) + recsize for one in known)
            fits = used + size + recsize <= 16
            assert kfifo.kfifo_in_r(guest, FIFO, OUT, size, recsize) == size * fits
            known += [record] * fits
            serial += size
        elif step == "skip":
            if known:
                kfifo.kfifo_skip_r(guest, FIFO, recsize)
                known.pop(0)
        else:
            take = kfifo.kfifo_out_r if step == "out" else kfifo.kfifo_out_peek_r
            expected = known[0][:size] if known else b""
            assert take(guest, FIFO, OUT, size, recsize) == len(expected)
            assert guest.memory.read(OUT, 16) == expected.ljust(16, b"\xee")
            known = known[1:] if step == "out" else known
        if known:
            assert kfifo.kfifo_len_r(guest, FIFO, recsize) == len(known[0])


def test_how_long_a_record_can_be() -> None:
    """As its length can say."""
    guest = plain()
    assert [kfifo.kfifo_max_r(guest, 70000, size) for size in (1, 2)] == [0xFF, 0xFFFF]
    assert kfifo.kfifo_max_r(guest, 7, 1) == 7
    assert kfifo.kfifo_init(guest, FIFO, DATA, 512, 1) == 0
    assert kfifo.kfifo_in_r(guest, FIFO, OUT, 300, 2) == 300
    assert (kfifo.kfifo_len_r(guest, FIFO, 2), kfifo.kfifo_len_r(guest, FIFO, 1)) == (300, 300 & 0xFF)


@pytest.mark.parametrize(
    ("there", "wanted", "error", "copied"),
    [(8, 8, 0, 8), (8, 11, 0, 8), (5, 8, -EFAULT, 4), (4, 8, -EFAULT, 4), (0, 4, -EFAULT, 0), (12, 16, -EFAULT, 12)],
)
def test_a_caller_s_memory_may_end(guest: Guest, there: int, wanted: int, error: int, copied: int) -> None:
    """So many bytes before the end of what is there: whole elements of four bytes count, around the ring, too."""
    row, told = new(guest, "__kfifo"), words(guest, 0xEE << 32)
    kfifo.kfifo_alloc(guest, row.address(), 4, 4, 0)
    setattr(row, "in", 3)
    row.out = 3
    end = caller(guest, b"") + PAGE
    data = bytes(range(1, there + 1))
    guest.memory.write(end - 16, data.rjust(16, b"\0"))
    assert kfifo.kfifo_from_user(guest, row.address(), end - there, wanted, told) == error
    assert (guest.memory.u64(told), getattr(row, "in"), row.out) == (0xEE << 32 | copied, 3 + copied // 4, 3)
    assert kfifo.kfifo_to_user(guest, row.address(), end - 16, 16, told) == 0
    assert (guest.memory.u64(told), row.out) == (0xEE << 32 | copied, 3 + copied // 4)
    assert guest.memory.read(end - 16, copied) == data[:copied]


def test_elements_without_a_size(guest: Guest) -> None:
    """They have no memory, or no queue."""
    row = new(guest, "__kfifo")
    assert kfifo.kfifo_init(guest, row.address(), DATA, 64, 0) == -EINVAL
    assert (row.data, row.mask, row.esize) == (DATA, 0, 0)
    assert kfifo.kfifo_alloc(guest, row.address(), 4, 0, 0) == 0
    assert (row.data, row.mask) == (16, 3)
    assert kfifo.kfifo_alloc(guest, row.address(), 2, 8, 0) == 0
    assert (row.mask, row.esize, guest.heap.size(row.data)) == (1, 8, 16)
    assert kfifo.kfifo_alloc(guest, row.address(), 0, 8, 0) == -EINVAL
    assert (row.data, row.mask, row.esize) == (0, 0, 8)

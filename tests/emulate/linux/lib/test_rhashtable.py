"""Tests of modtools/emulate/linux/lib/rhashtable.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import rhashtable
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.linuxerrno import EINVAL
from tests.emulated import noting

pytest.importorskip("unicorn")


def made(guest: Guest, **fields: int) -> tuple[int, View]:
    """What rhashtable_init() returns for these parameters, and the table."""
    params, table = new(guest, "rhashtable_params"), new(guest, "rhashtable")
    guest.memory.write(table.address(), b"\xff" * size_of(guest, "rhashtable"))
    for field, value in fields.items():
        setattr(params, field, value)
    return rhashtable.rhashtable_init(guest, table.address(), params.address()), table


def buckets(guest: Guest, table: View) -> View:
    """A table's buckets."""
    return view(guest, "bucket_table", table.tbl)


@pytest.mark.parametrize(
    ("hint", "least", "size"), [(0, 0, 64), (3, 0, 4), (4, 0, 8), (100, 0, 256), (3, 5, 8), (0, 65, 128), (1, 0, 4)]
)
def test_hash_tables_begin_as_large_as_their_parameters_say(guest: Guest, hint: int, least: int, size: int) -> None:
    """A third more than is expected, as a power of two, but not less than is wanted; 64 without a hint."""
    result, table = made(guest, key_len=8, nelem_hint=hint, min_size=least)
    assert (result, buckets(guest, table).size, table.rhlist) == (0, size, 0)
    assert table.max_elems == 1 << 31


@pytest.mark.parametrize(("asked", "most"), [(1, 1), (2, 2), (1000, 512), (1024, 1024), (1 << 30, 1 << 30)])
def test_hash_tables_have_a_largest_size(guest: Guest, asked: int, most: int) -> None:
    """A power of two that is not more than is asked for; there may be twice as many entries, at most 2**31."""
    _, table = made(guest, key_len=8, max_size=asked)
    assert (table.p.max_size, table.max_elems) == (most, min(2 * most, 1 << 31))


@pytest.mark.parametrize(("asked", "least"), [(0, 4), (3, 4), (5, 8), (8, 8)])
def test_hash_tables_have_a_least_size(guest: Guest, asked: int, least: int) -> None:
    """A power of two that is not less than is asked for, nor than 4."""
    assert made(guest, key_len=8, min_size=asked)[1].p.min_size == least


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({}, -EINVAL),
        ({"key_len": 4}, 0),
        ({"obj_hashfn": 1}, -EINVAL),
        ({"obj_hashfn": 1, "key_len": 4}, -EINVAL),
        ({"obj_hashfn": 1, "obj_cmpfn": 1}, 0),
        ({"obj_cmpfn": 1}, -EINVAL),
    ],
)
def test_entries_are_found_by_a_key_or_by_functions(guest: Guest, fields: dict[str, int], result: int) -> None:
    """Without a length of keys there are two functions; one that hashes objects comes with one that compares."""
    assert made(guest, **fields)[0] == result


@pytest.mark.parametrize(
    ("size", "function", "length"), [(8, "rhashtable_jhash2", 2), (6, "jhash", 6), (4, "rhashtable_jhash2", 1)]
)
def test_keys_of_whole_words_are_hashed_as_words(guest: Guest, size: int, function: str, length: int) -> None:
    """Unless the table brings a function of its own."""
    _, table = made(guest, key_len=size)
    assert (table.p.hashfn, table.key_len) == (guest.address_of(function), length)
    assert made(guest, key_len=size, hashfn=0x1234)[1].key_len == size


def test_a_new_table_is_empty(guest: Guest) -> None:
    """No entry, a free lock, work that nobody waits for."""
    _, table = made(guest, key_len=8)
    start = table.tbl + size_of(guest, "bucket_table")
    walkers = buckets(guest, table).walkers.address()
    assert guest.memory.read(start, 8 * 64) == bytes(8 * 64)
    assert (guest.memory.u64(walkers), table.mutex.owner, table.run_work.data) == (walkers, 0, 0xFFFFFFFE0)
    work = table.run_work.entry.address()
    assert (guest.memory.u64(work), table.run_work.func) == (work, guest.address_of("rht_deferred_worker"))


def test_entries_are_freed_with_their_table(guest: Guest) -> None:
    """Each is given with the data, where it begins and not where its link lies; the bucket's lock bit is no address.

    The last one points to where the list began, with the lowest bit set.
    """
    _, table = made(guest, key_len=8, head_offset=16)
    start, size = table.tbl + size_of(guest, "bucket_table"), buckets(guest, table).size
    entries = [guest.heap.kmalloc(32) for _ in range(3)]
    first, second, third = (entry + 16 for entry in entries)
    for place, value in (
        (start, first | 1), (first, second), (second, start | 1),
        (start + 8 * (size - 1), third), (third, start + 8 * (size - 1) | 1),
    ):  # fmt: skip
        guest.memory.put(place, value, 8)
    free, freed = noting(guest)
    tbl = table.tbl
    rhashtable.rhashtable_destroy(guest, table.address(), free, 0x77)
    assert freed() == [(entry, 0x77) for entry in entries]
    assert guest.heap.size(tbl) == 0


def test_a_table_alone_is_freed_without_its_entries(guest: Guest) -> None:
    """rhashtable_destroy() has no function for them; what frees those of a list stops the run."""
    _, table = made(guest, key_len=8)
    guest.memory.put(table.tbl + size_of(guest, "bucket_table"), 0x1230, 8)
    tbl = table.tbl
    rhashtable.rhashtable_destroy(guest, table.address())
    assert guest.heap.size(tbl) == 0
    params, lists = new(guest, "rhashtable_params"), new(guest, "rhashtable")
    params.key_len = 4
    assert rhashtable.rhltable_init(guest, lists.address(), params.address()) == 0
    assert lists.rhlist == 1
    with pytest.raises(Needs):
        rhashtable.rhashtable_destroy(guest, lists.address(), 1)
    rhashtable.rhashtable_destroy(guest, lists.address())

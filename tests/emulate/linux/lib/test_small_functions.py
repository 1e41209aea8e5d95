"""Tests of the smallest files of modtools/emulate/linux/lib: each against Python's own, or against known values."""

from __future__ import annotations

import math
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import kobject_uevent
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, size_of
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT
from tests.emulated import BASE, call, caller, code, plain, words
from tests.properties import examples

CHECK = b"123456789"
"""What catalogues of CRCs give the result of."""
COMPARES_INTEGERS = "8b07 2b06 c3"
"""mov eax, [rdi]; sub eax, [rsi]; ret."""


@examples(40)
@given(st.binary(max_size=20), st.integers(0, 0xFFFFFFFF))
def test_crc32_is_zlib_s(data: bytes, start: int) -> None:
    """But for the inversions, which the kernel leaves to the caller; the other order of bits mirrors it."""
    guest = plain()
    guest.memory.write(BASE, data + b"x")
    assert call(guest, "crc32_le", ~start & 0xFFFFFFFF, BASE, len(data)) == ~zlib.crc32(data, start) & 0xFFFFFFFF

    def mirrored(value: int, bits: int) -> int:
        return int(f"{value:0{bits}b}"[::-1], 2)

    little = call(guest, "crc32_le", mirrored(start, 32), BASE, len(data))
    guest.memory.write(BASE, bytes(mirrored(byte, 8) for byte in data) + b"x")
    assert call(guest, "crc32_be", start, BASE, len(data)) == mirrored(little, 32)


def test_known_checksums() -> None:
    """CRC-32C, CRC-32/MPEG-2 and the two CRC-CCITT of the digits; nothing changes nothing."""
    guest = plain()
    guest.memory.write(BASE, CHECK)
    assert call(guest, "__crc32c_le", 0xFFFFFFFF, BASE, 9) ^ 0xFFFFFFFF == 0xE3069283
    assert call(guest, "crc32_be", 0xFFFFFFFF, BASE, 9) == 0x0376E6E7
    assert call(guest, "crc_ccitt", 0, BASE, 9) == 0x2189
    assert call(guest, "crc_ccitt_false", 0xFFFF, BASE, 9) == 0x29B1
    for name in ("__crc32c_le", "crc32_be", "crc32_le", "crc_ccitt", "crc_ccitt_false"):
        assert call(guest, name, 0x1234, 0, 0) == 0x1234


@given(st.integers(0, (1 << 64) - 1), st.integers(0, (1 << 64) - 1))
def test_arithmetic(one: int, two: int) -> None:
    """Divisors and roots are Python's."""
    guest = plain()
    assert call(guest, "gcd", one, two) == math.gcd(one, two)
    root = call(guest, "int_sqrt", one)
    assert root * root <= one < (root + 1) ** 2


@pytest.mark.parametrize(("seed", "number"), [(1, 3484351685), (2, 2623130059), (3, 3125133893), (4, 984847254)])
def test_numbers_that_a_seed_repeats(seed: int, number: int) -> None:
    """The cases of lib/random32.c: prandom_state_selftest(), with the seeding that it does."""
    guest, state, target = plain(), [seed], BASE + 0x100
    for least in (2, 8, 16, 128):
        value = state[-1] * 69069 & 0xFFFFFFFF
        state.append(value + least if value < least else value)
    guest.memory.write(BASE, struct.pack("<4I", *state[1:]))
    for _ in range(10):
        call(guest, "prandom_u32_state", BASE)
    registers = guest.memory.read(BASE, 16)
    assert call(guest, "prandom_u32_state", BASE) == number
    following = call(guest, "prandom_u32_state", BASE).to_bytes(4, "little")
    for size in (0, 3, 4, 6):
        guest.memory.write(BASE, registers)
        guest.memory.write(target, bytes(8))
        call(guest, "prandom_bytes_state", BASE, target, size)
        assert guest.memory.read(target, 8) == (number.to_bytes(4, "little") + following)[:size].ljust(8, b"\0")


def integers(guest: Guest, values: list[int]) -> int:
    """A table of integers of 32 bits."""
    place = guest.heap.kmalloc(4 * len(values) + 8)
    guest.memory.write(place, struct.pack(f"<{len(values)}i", *values) + b"\xee" * 8)
    return place


def test_tables_are_sorted_and_looked_into(guest: Guest) -> None:
    """With the caller's comparison, which gets places of elements; what is behind the table stays."""
    compare, values = code(guest, COMPARES_INTEGERS), [5, -3, 9, 0, 5, 7, -8]
    for count in range(len(values) + 1):
        place = integers(guest, values[:count])
        if count:
            call(guest, "sort", place, count, 4, compare, 0)
        expected = sorted(values[:count])
        assert guest.memory.read(place, 4 * count + 8) == struct.pack(f"<{count}i", *expected) + b"\xee" * 8
        for wanted in range(-9, 11):
            found = call(guest, "bsearch", integers(guest, [wanted]), place, count, 4, compare)
            assert bool(found) is (wanted in expected)
            assert not found or (guest.memory.s32(found) == wanted and place <= found < place + 4 * count)


@pytest.mark.parametrize(("one", "other"), [([1, 2], [3]), ([], [4]), ([5], []), ([], [])])
def test_lists_are_joined(guest: Guest, one: list[int], other: list[int]) -> None:
    """The new list is as long as both, and NULL."""
    joined = call(guest, "__memcat_p", words(guest, *one, 0), words(guest, *other, 0))
    assert guest.heap.size(joined) == 8 * (len(one) + len(other) + 1)
    assert [guest.memory.u64(joined + 8 * at) for at in range(len(one) + len(other) + 1)] == [*one, *other, 0]


@pytest.mark.parametrize("text", [b"", b" ", b"a", b" ab  c\td\n", b"x\xa0y"])
def test_words_are_split(guest: Guest, text: bytes) -> None:
    """Each is a text of its own, a NULL is behind the last, and all is given back at once."""
    count = words(guest, 0)
    table = call(guest, "argv_split", 0, guest.new_text(text), count)
    expected = text.replace(b"\xa0", b" ").split()
    assert guest.memory.u32(count) == len(expected)
    assert [guest.memory.text(guest.memory.u64(table + 8 * at)) for at in range(len(expected))] == expected
    assert guest.memory.u64(table + 8 * len(expected)) == 0
    assert call(guest, "argv_split", 0, guest.new_text(text), 0)
    copy = guest.memory.u64(table - 8)
    call(guest, "argv_free", table)
    assert (guest.heap.size(copy), guest.heap.size(table - 8)) == (0, 0)


def test_texts_of_a_caller(guest: Guest) -> None:
    """Their length with the NUL, or more than the limit; copies with the NUL where it is within; bad addresses."""
    text, target = caller(guest, b"hello\0"), guest.heap.kmalloc(16)
    assert [call(guest, "strnlen_user", text, limit) for limit in (3, 5, 6, 9)] == [4, 6, 6, 6]
    assert call(guest, "strnlen_user", address_space.PAGE_OFFSET, 9) == call(guest, "strnlen_user", 8, 9) == 0
    for limit, copied, length in ((3, b"hel", 3), (5, b"hello", 5), (6, b"hello\0", 5), (9, b"hello\0", 5)):
        guest.memory.write(target, b"\xee" * 16)
        assert call(guest, "strncpy_from_user", target, text, limit) == length
        assert guest.memory.read(target, 16) == copied.ljust(16, b"\xee")
    for bad in (address_space.PAGE_OFFSET, 8):
        assert call(guest, "strncpy_from_user", target, bad, 9) == -EFAULT


def test_copies_between_kernel_and_caller(guest: Guest) -> None:
    """What cannot be copied is counted; of what was to come from the caller, zeros are in its place."""
    there, kernel = caller(guest, b"0123456789"), guest.heap.kmalloc(16)
    guest.memory.write(there + PAGE - 4, b"last")
    assert call(guest, "_copy_from_user", kernel, there + 2, 5) == 0
    assert guest.memory.read(kernel, 6) == b"23456\0"
    guest.memory.write(kernel, b"\xee" * 16)
    assert call(guest, "_copy_from_user", kernel, there + PAGE - 4, 6) == 2
    assert guest.memory.read(kernel, 8) == b"last\0\0\xee\xee"
    for bad in (8, address_space.PAGE_OFFSET):
        guest.memory.write(kernel, b"\xee" * 16)
        assert call(guest, "_copy_from_user", kernel, bad, 4) == 4
        assert guest.memory.read(kernel, 5) == b"\0\0\0\0\xee"
        assert call(guest, "_copy_to_user", bad, kernel, 4) == 4
    assert call(guest, "_copy_to_user", there + PAGE - 2, guest.new_text(b"abcd"), 4) == 2
    assert guest.memory.read(there + PAGE - 4, 4) == b"laab"
    assert call(guest, "_copy_to_user", there, guest.new_text(b"abcd"), 4) == 0
    assert guest.memory.read(there, 5) == b"abcd4"


def test_references_beside_a_lock(guest: Guest) -> None:
    """One more."""
    row = new(guest, "lockref")
    row.count = 4
    call(guest, "lockref_get", row.address())
    assert row.count == 5


def test_formatted_texts_in_memory_of_their_own(guest: Guest) -> None:
    """For whoever asks to give back."""
    place = call(guest, "kasprintf", 0, guest.new_text(b"%d-%s"), Arguments(guest.memory, [7, guest.new_text(b"x")], 0))
    assert (guest.memory.text(place), guest.heap.size(place)) == (b"7-x", 8)


@pytest.mark.parametrize(("each", "most", "count"), [(0, 8, 8), (2, 64, None), (1 << 20, 4, 4), (1, 1, 1)])
def test_locks_of_buckets(guest: Guest, each: int, most: int, count: int | None) -> None:
    """So many for each processor, of which at most 64 count, but not more than buckets; the mask is one less."""
    expected = count if count is not None else min(guest.hardware.cpus, 64) * each
    place, mask = words(guest, 0), words(guest, 0xEE << 32)
    assert call(guest, "__alloc_bucket_spinlocks", place, mask, most, each, 0, 0, 0) == 0
    locks, size = guest.memory.u64(place), size_of(guest, "spinlock") * expected
    assert guest.memory.u64(mask) == 0xEE << 32 | expected - 1
    assert guest.heap.size(locks) >= size
    assert guest.memory.read(locks, size) == bytes(size)
    call(guest, "free_bucket_spinlocks", locks)
    assert guest.heap.size(locks) == 0
    call(guest, "free_bucket_spinlocks", 0)


def test_what_is_done_once(guest: Guest) -> None:
    """Until it is noted as done; flags with interrupts on are kept for the end."""
    done, flags = words(guest, 0xEE00), words(guest, 0)
    for _ in range(2):
        assert call(guest, "__do_once_start", done, flags) is True
    assert guest.memory.u64(flags) == 0x246
    call(guest, "__do_once_done", done, 0, flags, 0)
    assert guest.memory.u64(done) == 0xEE01
    assert call(guest, "__do_once_start", done, flags) is False


def test_sets_of_processors(guest: Guest) -> None:
    """Of a bit for each, in whole words."""
    place = words(guest, 0)
    assert call(guest, "alloc_cpumask_var_node", place, 0, 0) is True
    mask = guest.memory.u64(place)
    assert guest.heap.size(mask) == (guest.hardware.cpus + 63) // 64 * 8
    call(guest, "free_cpumask_var", mask)
    assert guest.heap.size(mask) == 0


def test_variables_of_events(guest: Guest) -> None:
    """One behind the other, each with a pointer; the buffer and the table of pointers have an end."""
    row = new(guest, "kobj_uevent_env")
    texts, pointers = row.address("buf"), row.address("envp")
    for number in (7, 8):
        fmt, values = guest.new_text(b"SEQ=%d"), Arguments(guest.memory, [number], 0)
        assert call(guest, "add_uevent_var", row.address(), fmt, values) == 0
    assert guest.memory.read(texts, 12) == b"SEQ=7\0SEQ=8\0"
    assert [guest.memory.u64(pointers + at) for at in (0, 8, 16)] == [texts, texts + 6, 0]
    assert (row.envp_idx, row.buflen) == (2, 12)
    row.buflen = 2048 - 4
    assert kobject_uevent.add_variable(guest, row.address(), b"A=1") == 0
    for index, length, text in ((3, 2048 - 3, b"A=1"), (64, 0, b"A=1")):
        row.envp_idx, row.buflen = index, length
        with pytest.raises(Needs):
            kobject_uevent.add_variable(guest, row.address(), text)
    row.envp_idx = 63
    assert kobject_uevent.add_variable(guest, row.address(), b"A=1") == 0
    assert call(guest, "kobject_uevent", 0, 0) == call(guest, "kobject_uevent_env", 0, 0, 0) == 0


@pytest.mark.parametrize("window", [-15, -9, 9, 15, 8, 16, -8, 0])
@pytest.mark.parametrize("level", [0, 1, 9, 10])
def test_memory_that_packing_needs(guest: Guest, window: int, level: int) -> None:
    """As `include/linux/zlib.h` counts: window, chains, heads of chains and what waits; odd sizes stop the run."""
    if not (9 <= abs(window) <= 15 and 1 <= level <= 9):
        with pytest.raises(Needs):
            call(guest, "zlib_deflate_workspacesize", window, level)
        return
    size = 1 << abs(window)
    expected = size * 2 + size * 2 + (1 << level + 7) * 2 + (1 << level + 6) * 4
    base = size_of(guest, "deflate_workspace")
    assert call(guest, "zlib_deflate_workspacesize", window, level) == base + expected
    assert call(guest, "zlib_inflate_workspacesize") == size_of(guest, "inflate_workspace")

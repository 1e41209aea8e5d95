"""Tests of modtools/emulate/linux/lib/string.py: what the C library has, too, is compared with it."""

from __future__ import annotations

import ctypes
import re
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.linuxerrno import E2BIG
from tests.emulated import BASE, call, plain
from tests.properties import examples

FIRST, SECOND, SIZE = 0, 0x40, 0x80
"""Where two texts are, and how many bytes there are with them."""
LIBRARY = {
    "memcmp": "abn", "memchr": "acn", "strlen": "a", "strnlen": "an", "strcmp": "ab", "strncmp": "abn",
    "strcasecmp": "ab", "strncasecmp": "abn", "strcpy": "ab", "strncpy": "abn", "strcat": "ab", "strncat": "abn",
    "strchr": "ac", "strchrnul": "ac", "strrchr": "ac", "strstr": "ab", "strspn": "ab", "strcspn": "ab",
    "strpbrk": "ab",
}  # fmt: skip
"""Functions, and what they take: the address of the first text and of the second, a byte, a number of bytes."""
texts = st.lists(st.sampled_from(b"abA"), max_size=7).map(bytes)
numbers = st.integers(0, 9)


def image(first: bytes, second: bytes) -> bytes:
    """Memory with two texts in it, and something else behind each."""
    return (first + b"\0").ljust(SECOND, b"\xee") + (second + b"\0").ljust(SIZE - SECOND, b"\xee")


def with_texts(first: bytes, second: bytes = b"") -> Any:
    """A kernel with this memory."""
    guest = plain()
    guest.memory.write(BASE, image(first, second))
    return guest


def of_library(name: str, memory: bytes, values: dict[str, int]) -> tuple[int | None, bytes]:
    """What a function of the C library returns, an address as an offset, and what the memory is then."""
    buffer = ctypes.create_string_buffer(memory, SIZE)
    start = ctypes.addressof(buffer)
    function = getattr(ctypes.CDLL(None), name)
    compares = name.endswith("cmp")
    function.restype = ctypes.c_int if compares else ctypes.c_size_t
    kinds = {"a": ctypes.c_void_p, "b": ctypes.c_void_p, "c": ctypes.c_int, "n": ctypes.c_size_t}
    arguments = [kinds[kind](values[kind] + start * (kind in "ab")) for kind in LIBRARY[name]]
    result = function(*arguments)
    if compares:
        return (result > 0) - (result < 0), buffer.raw
    if "len" in name or "spn" in name:
        return result, buffer.raw
    return result - start if result else None, buffer.raw


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems' C libraries lack some")
@examples(60)
@given(texts, texts, numbers, st.sampled_from([*b"abAz", 0, 0x161]))
def test_functions_do_what_those_of_the_c_library_do(first: bytes, second: bytes, number: int, byte: int) -> None:
    """Results, and all of the memory; of comparisons only the sign is the standard's."""
    values = {"a": FIRST, "b": SECOND, "c": byte, "n": number}
    for name, kinds in LIBRARY.items():
        guest = with_texts(first, second)
        result = call(guest, name, *(values[kind] + BASE * (kind in "ab") for kind in kinds))
        if name.endswith("cmp"):
            result = (result > 0) - (result < 0)
        elif "len" not in name and "spn" not in name:
            result = result - BASE if result else None
        assert (result, guest.memory.read(BASE, SIZE)) == of_library(name, image(first, second), values), name


@examples(60)
@given(texts, texts, numbers, st.sampled_from([*b"abA", 0, 0x161]))
def test_searches_that_only_linux_has(first: bytes, second: bytes, number: int, byte: int) -> None:
    """Byte by byte, as their comments say: memscan(), memchr_inv(), strnchr(), strnstr(), memcmp() by another name."""
    guest, data = with_texts(first, second), image(first, second)
    places = [at for at in range(number) if data[at] == byte & 0xFF]
    others = [at for at in range(number) if data[at] != byte & 0xFF]
    assert call(guest, "memscan", BASE, byte, number) == BASE + (places or [number])[0]
    assert call(guest, "memchr_inv", BASE, byte, number) == (BASE + others[0] if others else 0)
    places = [at for at in places if at <= len(first)]
    assert call(guest, "strnchr", BASE, number, byte) == (BASE + places[0] if places else 0)
    begun = [at for at in range(len(first) + 1) if data[at:].startswith(second) and at + len(second) <= len(first)]
    begun = [at for at in begun if at + len(second) <= number]
    assert call(guest, "strnstr", BASE, BASE + SECOND, number) == (BASE + begun[0] if begun else 0)
    assert call(guest, "bcmp", BASE, BASE + SECOND, number) == call(guest, "memcmp", BASE, BASE + SECOND, number)


@examples(60)
@given(texts, texts, numbers)
def test_copies_that_only_linux_has(first: bytes, second: bytes, room: int) -> None:
    """They never write beyond the room, put a NUL where there is any, and tell what they would have written."""

    def after(name: str, *more: int) -> tuple[int, bytes]:
        guest = with_texts(first, second)
        result = call(guest, name, BASE, BASE + SECOND, *more)
        assert guest.memory.read(BASE + SECOND, SIZE - SECOND) == image(first, second)[SECOND:]
        return result, guest.memory.read(BASE, SECOND)

    def holding(text: bytes, at: int = 0) -> bytes:
        memory = image(first, second)[:SECOND]
        return memory[:at] + text + memory[at + len(text) :]

    cut = second[: room - 1] + b"\0" if room else b""
    assert after("strlcpy", room) == (len(second), holding(cut))
    assert after("strscpy", room) == (len(second) if len(second) < room else -E2BIG, holding(cut))
    filled = cut.ljust(room, b"\0") if len(second) < room else cut
    assert after("strscpy_pad", room) == (len(second) if len(second) < room else -E2BIG, holding(filled))
    if room > len(first):
        rest = second[: room - len(first) - 1] + b"\0"
        assert after("strlcat", room) == (len(first) + len(second), holding(rest, len(first)))


def test_a_copy_into_more_than_half_of_the_memory_is_none() -> None:
    """strscpy() takes such a size for a mistake: `count > INT_MAX`."""
    guest = with_texts(b"", b"ab")
    assert call(guest, "strscpy", BASE, BASE + SECOND, 0x80000000) == -E2BIG
    assert call(guest, "strscpy", BASE, BASE + SECOND, 0x7FFFFFFF) == 2


@examples(40)
@given(texts, st.sampled_from([b"a", b"bA", b""]))
def test_words_of_a_text(text: bytes, delimiters: bytes) -> None:
    """strsep() gives what is between two delimiters, though it be empty; behind the last word there is none."""
    guest, place = with_texts(text, delimiters), BASE + SIZE
    guest.memory.put(place, BASE, 8)
    words = []
    while word := call(guest, "strsep", place, BASE + SECOND):
        words.append(guest.memory.text(word))
    assert words == (re.split(b"[" + delimiters + b"]", text) if delimiters else [text])
    assert guest.memory.u64(place) == 0
    ended = bytes(0 if code in delimiters else code for code in image(text, b"")[:SECOND])
    assert guest.memory.read(BASE, SECOND) == ended


@pytest.mark.parametrize(
    ("name", "first", "second", "difference"),
    [
        ("memcmp", b"ax", b"ay", -1),
        ("memcmp", b"a\xff", b"a\x01", 254),
        ("strcmp", b"a\xff", b"a\x01", 1),
        ("strcasecmp", b"aXb", b"AxC", -1),
        ("strcasecmp", b"a\xc4", b"A\xe4", 0),
        ("strcasecmp", b"\xd7", b"\xf7", -32),
        ("strcasecmp", b"ab", b"a", ord("b")),
    ],
)
def test_how_far_two_texts_differ(name: str, first: bytes, second: bytes, difference: int) -> None:
    """Bytes are without sign; letters of Latin-1 have capitals, too; strcmp() only tells which one comes first."""
    guest = with_texts(first, second)
    assert call(guest, name, BASE, BASE + SECOND, *([2] if name == "memcmp" else [])) == difference

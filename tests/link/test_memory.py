"""The memory, beside one that keeps each byte in a dictionary."""

from __future__ import annotations

import ctypes
import mmap
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.isolation import changes, take_over
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE, Fault, Memory
from tests.properties import examples

WINDOWS = ((0x10000, 4 * PAGE), (0x40000, 3 * PAGE))
ADDRESSES = st.one_of(
    [
        st.integers(base + page * PAGE - 9, base + page * PAGE + 9)
        for base, size in WINDOWS
        for page in range(size // PAGE + 1)
    ]
)
PAGES = st.sampled_from([base + page * PAGE for base, size in WINDOWS for page in range(size // PAGE)])
KINDS = st.sampled_from([READ, READ | WRITE, READ | EXECUTE])
DATA = st.binary(min_size=1, max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("map"), PAGES, st.just(PAGE), KINDS),
        st.tuples(st.just("protect"), PAGES, st.just(PAGE), KINDS),
        st.tuples(st.just("unmap"), PAGES, st.just(PAGE)),
        st.tuples(st.just("write"), ADDRESSES, DATA),
        st.tuples(st.just("fill"), ADDRESSES, DATA),
        st.tuples(st.just("put"), ADDRESSES, st.integers(-(1 << 66), 1 << 66), st.sampled_from([1, 2, 4, 8])),
        st.tuples(st.just("read"), ADDRESSES, st.integers(1, 9000)),
        st.tuples(st.just("text"), ADDRESSES, st.sampled_from([1, 3, 5000])),
        *(st.tuples(st.just(kind), ADDRESSES) for kind in ("u8", "u16", "u32", "u64", "s32")),
    ),
    max_size=30,
)


class Plain:
    """The pages that are there, with their permissions, and each byte that is in them."""

    def __init__(self) -> None:
        self.pages: dict[int, int] = {}
        self.bytes: dict[int, int] = {}
        self.dirty: set[int] = set()

    def map(self, page: int, _size: int, kind: int) -> None:
        if page not in self.pages:
            self.bytes |= dict.fromkeys(range(page, page + PAGE), 0)
        self.pages[page] = kind

    def protect(self, page: int, _size: int, kind: int) -> None:
        if page in self.pages:
            self.pages[page] = kind

    def unmap(self, page: int, _size: int) -> None:
        self.pages.pop(page, None)
        self.dirty.discard(page)

    def missing(self, address: int, size: int) -> int | None:
        """The first of these bytes that is not there."""
        return next((at for at in range(address, address + size) if at // PAGE * PAGE not in self.pages), None)

    def read(self, address: int, size: int, *, write: bool = False) -> bytes:
        if (missing := self.missing(address, size)) is not None:
            raise Fault(missing, write=write)
        return bytes(self.bytes[at] for at in range(address, address + size))

    def fill(self, address: int, data: bytes) -> None:
        self.read(address, len(data), write=True)
        self.bytes |= dict(enumerate(data, address))

    def write(self, address: int, data: bytes) -> None:
        self.fill(address, data)
        self.dirty |= {at // PAGE * PAGE for at in range(address, address + len(data))}

    def put(self, address: int, value: int, size: int) -> None:
        self.write(address, bytes(value >> 8 * at & 0xFF for at in range(size)))

    def text(self, address: int, limit: int) -> bytes:
        found = bytearray()
        while len(found) < limit and (byte := self.read(address + len(found), 1)[0]):
            found.append(byte)
        return bytes(found)

    def number(self, kind: str, address: int) -> int:
        size = int(kind[1:]) // 8
        value = sum(byte << 8 * at for at, byte in enumerate(self.read(address, size)))
        return value - (1 << 8 * size) if kind[0] == "s" and value >> 8 * size - 1 else value


def done(call: Callable[..., object], arguments: Sequence[object]) -> object:
    """What a call gives, or how it faults."""
    try:
        return call(*arguments)
    except Fault as fault:
        return fault.address, fault.write


@given(STEPS)
@examples(200)
def test_it_is_a_byte_for_each_address(steps: list[tuple[Any, ...]]) -> None:
    """Whatever is mapped, written and read; the first byte that is not there is told, and whether it was to be
    written.
    """
    memory, plain = Memory(WINDOWS), Plain()
    for name, *arguments in steps:
        one, other = getattr(memory, name), getattr(plain, name, partial(plain.number, name))
        assert done(one, arguments) == done(other, arguments), (name, arguments)
        mapped = {
            window.base + (start + at) * PAGE: kind
            for window in memory.windows
            for start, count, kind in window.runs()
            for at in range(count)
        }
        assert mapped == plain.pages
        dirty = {window.base + page * PAGE for window in memory.windows for page in window.dirty}
        assert dirty == plain.dirty


@given(STEPS, st.sets(PAGES))
@examples(200)
def test_awaited_pages_are_as_if_they_were_there(steps: list[tuple[Any, ...]], awaited: set[int]) -> None:
    """What is read and written, and what faults, is the same when pages come only with the first look at them."""
    memory, plain = Memory(WINDOWS), Memory(WINDOWS)

    def come(page: int) -> None:
        memory.await_no_more(page, PAGE)
        memory.map(page, PAGE, READ | WRITE)
        memory.fill(page, b"content")
        memory.bring_back(page, PAGE)

    for number, page in enumerate(sorted(awaited)):
        memory.wait_for(page, PAGE, partial(come, page))
        plain.map(page, PAGE, READ | WRITE)
        plain.fill(page, b"content")
        if number % 2:
            plain.write(page, b"dirty")
            window = memory.window(page)
            assert window
            window.kept[(page - window.base) // PAGE] = plain.read(page, PAGE)
    for name, *arguments in steps:
        if name in ("map", "protect"):
            memory.mapped(arguments[0])  # whoever changes pages has come to them
        assert done(getattr(memory, name), arguments) == done(getattr(plain, name), arguments), (name, arguments)
    assert _everything(memory) == _everything(plain)


def _everything(memory: Memory) -> list[tuple[int, int, bool, bytes]]:
    """Each page that is there: its address, permissions, whether it is dirty, and what is in it."""
    return [
        (at, kind, (at - window.base) // PAGE in window.dirty, memory.read(at, PAGE))
        for window in memory.windows
        for at in range(window.base, window.end, PAGE)
        if (kind := memory.permissions(at))
    ]


@given(STEPS, STEPS)
@examples(200)
def test_what_changed_since_the_beginning_is_told(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> None:
    """Pages that are dirty since `begin()`, put into a memory as it was then, make it the one that changed."""
    here, there = Memory(WINDOWS), Memory(WINDOWS)
    for name, *arguments in (step for step in before if step[0] != "fill"):
        done(getattr(here, name), arguments)
        done(getattr(there, name), arguments)
    for window in there.windows:
        window.begin()
    for name, *arguments in (step for step in after if step[0] != "fill"):
        done(getattr(there, name), arguments)
    take_over(here, *changes(there))
    assert _everything(here) == [(at, kind, _was_dirty(there, at), data) for at, kind, _, data in _everything(there)]


def _was_dirty(memory: Memory, address: int) -> bool:
    window = memory.window(address)
    assert window
    page = (address - window.base) // PAGE
    return page in window.dirty or page in window.before


@pytest.mark.parametrize("base", [base for base, _ in WINDOWS])
def test_what_is_there(base: int) -> None:
    """All bytes of a range, of one window; nothing lies outside of the windows."""
    memory = Memory(WINDOWS)
    memory.map(base, 2 * PAGE, READ)
    size = dict(WINDOWS)[base]
    for address, count, there in (
        (base, 1, True), (base - 1, 1, False), (base, 2 * PAGE, True), (base, 2 * PAGE + 1, False),
        (base + PAGE, PAGE, True), (base + 2 * PAGE, 1, False), (base + 1, size, False), (base + size, 1, False),
    ):  # fmt: skip
        assert memory.mapped(address, count) is there
    for call in (memory.map, memory.protect):
        for address, count in ((base - PAGE, PAGE), (base, size + 1), (base + size, PAGE)):
            with pytest.raises(Fault):
                call(address, count, READ)
    memory.map(base, size, READ)
    assert memory.mapped(base, size)
    assert [*memory.windows[0].runs(), *memory.windows[1].runs()] == [(0, size // PAGE, READ)]


def test_pages_that_come_again_are_empty() -> None:
    """What was in a page is gone with it; one that stays keeps what is in it."""
    base = WINDOWS[0][0]
    memory = Memory(WINDOWS)
    memory.map(base, PAGE, READ)
    memory.write(base, b"text")
    memory.map(base, PAGE, READ | WRITE)
    assert memory.text(base) == b"text"
    memory.unmap(base, PAGE)
    memory.map(base, PAGE, READ)
    assert memory.text(base) == b""


def test_a_fault_says_what_and_where() -> None:
    """In the words of an error, with the address as the processor has it."""
    assert str(Fault(-1)) == "read of 0xffffffffffffffff"
    assert str(Fault(0x10, write=True)) == "write to 0x10"


def test_accesses_are_counted() -> None:
    """Whoever allows some is called with the next one, and with each after it."""
    memory, calls = Memory(WINDOWS), []
    memory.map(WINDOWS[0][0], PAGE, READ)
    memory.allowance = 3
    memory.spent = lambda: calls.append(1)
    for _ in range(5):
        memory.u8(WINDOWS[0][0])
    assert len(calls) == 2


@pytest.mark.parametrize(("read", "size"), [("u8", 1), ("u16", 2), ("u32", 4), ("s32", 4), ("u64", 8)])
def test_a_number_may_end_with_the_last_page(read: str, size: int) -> None:
    """It is read up to the last byte that is there, and not one byte later."""
    memory = Memory(WINDOWS)
    base = WINDOWS[0][0]
    memory.map(base, PAGE, READ)
    assert getattr(memory, read)(base + PAGE - size) == 0
    with pytest.raises(Fault) as fault:
        getattr(memory, read)(base + PAGE - size + 1)
    assert fault.value.address == base + PAGE


def test_memory_on_systems_without_private_mappings(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the process's own there, too, and empty."""
    monkeypatch.delattr(mmap, "MAP_PRIVATE", raising=False)
    memory = Memory(((0x10000, PAGE),))
    memory.map(0x10000, PAGE, READ | WRITE)
    assert memory.read(0x10000, PAGE) == bytes(PAGE)
    memory.write(0x10000, b"x")
    assert memory.read(0x10000, 2) == b"x\0"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_what_is_not_touched_counts_for_nothing() -> None:
    """Linux refuses a copy of a process whose memory might come to more than the machine has; this is not counted."""
    memory = Memory(((0x10000, 64 << 20),))
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory.windows[0].buffer))
    for area in re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text("utf-8")):
        low, high = (int(word, 16) for word in area.split(maxsplit=1)[0].split("-"))
        if low <= start < high:
            flags = re.findall(r"^VmFlags:(.*)$", area, re.M)
    assert flags
    assert {"nr"} <= set(flags[0].split())
    assert "ac" not in flags[0].split()

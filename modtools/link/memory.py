"""The memory of the virtual kernel: a few windows of its address space, page by page.

From Linux 6.1: `Documentation/x86/x86_64/mm.rst` for what lies where. A page is there when it has been mapped, and is
noted as dirty when something has been written into it since; what only linking puts there is not dirty, because linking
again puts it there again. That may be left until somebody comes to the page: it is awaited until then.
"""

from __future__ import annotations

import mmap
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from modtools.integers import MASK64

PAGE = 4096
READ, WRITE, EXECUTE = 1, 2, 4
"""Permissions of a page; 0 is a page that is not there."""

_U16, _U32, _U64 = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<Q")


class Fault(Exception):
    """An access to memory that is not there: the address, and whether something was to be written."""

    def __init__(self, address: int, *, write: bool = False) -> None:
        super().__init__(f"{'write to' if write else 'read of'} {address & MASK64:#x}")
        self.address, self.write = address & MASK64, write


class Elsewhere(Protocol):
    """Memory outside of all windows."""

    def read(self, address: int, size: int) -> bytes:
        """Return bytes from there. Raises Fault."""

    def write(self, address: int, data: bytes) -> None:
        """Put bytes there. Raises Fault."""


class Window:
    """`size` bytes of the address space from `base` on; nothing is mapped in it at first.

    `buffer` holds its bytes, `permissions` one byte for each page, `dirty` the numbers of the pages written to, `kept`
    the content of such pages that are not mapped yet, `before` those that were dirty when `begin()` was called.
    """

    __slots__ = ("base", "before", "buffer", "dirty", "end", "kept", "permissions")

    def __init__(self, base: int, size: int) -> None:
        self.base, self.end = base, base + size
        self.buffer = _reserve(size)
        self.permissions = bytearray(size // PAGE)
        self.dirty: set[int] = set()
        self.kept: dict[int, bytes] = {}
        self.before: set[int] = set()

    def begin(self) -> None:
        """Have `dirty` tell of what is written from now on."""
        self.before, self.dirty = self.dirty, set()

    def pages(self, address: int, size: int) -> range:
        """The numbers of the pages that these bytes lie in."""
        return range((address - self.base) // PAGE, (address + size - 1 - self.base) // PAGE + 1)

    def content(self, page: int) -> bytes:
        """What is in the page of a number."""
        return self.buffer[page * PAGE : (page + 1) * PAGE]

    def fill(self, page: int, content: bytes) -> None:
        """Put the whole content of a page into it."""
        self.buffer[page * PAGE : (page + 1) * PAGE] = content

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Number of the first page, count and permissions of each stretch of mapped pages that are alike."""
        start, table = 0, self.permissions
        while start < len(table):
            kind = table[start]
            if not kind:
                found = _next_mapped(table, start)
                if found < 0:
                    return
                start, kind = found, table[found]
            end = start + 1
            while end < len(table) and table[end] == kind:
                end += 1
            yield start, end - start, kind
            start = end


def _next_mapped(table: bytearray, start: int) -> int:
    rest = table[start:].lstrip(b"\0")
    return len(table) - len(rest) if rest else -1


_NORESERVE = getattr(mmap, "MAP_NORESERVE", 0x4000 if sys.platform == "linux" else 0)
"""`include/uapi/asm-generic/mman.h` has it, but not every Python: else a copy of this process would be refused."""


def _reserve(size: int) -> mmap.mmap:
    """Memory of this process alone that costs nothing until it is touched."""
    if hasattr(mmap, "MAP_PRIVATE"):
        return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NORESERVE)
    return mmap.mmap(-1, size)


class Memory:
    """Windows that do not overlap. Reading and writing looks at whether a page is there, not at permissions.

    `allowance` is how many more times that may be done; with the next time `spent` is called, which may raise.
    `elsewhere` is what lies outside of the windows: memory of the program that makes a system call, where it is known.
    """

    def __init__(self, windows: Iterable[tuple[int, int]]) -> None:
        self.windows = tuple(Window(base, size) for base, size in windows)
        self.allowance = 1 << 62
        self.spent: Callable[[], None] = lambda: None
        self.elsewhere: Elsewhere | None = None
        self._last = self.windows[0]
        self._awaited: dict[int, Callable[[], None]] = {}  # by the addresses of pages, what maps them

    def window(self, address: int) -> Window | None:
        """The window that an address lies in."""
        if not self._last.base <= address < self._last.end:
            for window in self.windows:
                if window.base <= address < window.end:
                    self._last = window
                    break
            else:
                return None
        return self._last

    def map(self, address: int, size: int, permissions: int) -> None:
        """Make pages appear, with zeros in those that were not there. Raises Fault outside of all windows."""
        window = self._inside(address, size)
        for page in window.pages(address, size):
            if not window.permissions[page]:
                window.fill(page, bytes(PAGE))
                if page in window.before:
                    window.dirty.add(page)
            window.permissions[page] = permissions

    def protect(self, address: int, size: int, permissions: int) -> None:
        """Change what may be done with pages that are there."""
        window = self._inside(address, size)
        for page in window.pages(address, size):
            if window.permissions[page]:
                window.permissions[page] = permissions

    def unmap(self, address: int, size: int) -> None:
        """Unmap the pages of a range: their permissions and content are gone."""
        window = self._inside(address, size)
        for page in window.pages(address, size):
            window.permissions[page] = 0
            window.dirty.discard(page)
            window.kept.pop(page, None)
            self._awaited.pop(window.base + page * PAGE, None)

    def wait_for(self, address: int, size: int, come: Callable[[], None]) -> None:
        """Have these pages mapped, by `come`, when somebody comes to one of them."""
        self._awaited.update(dict.fromkeys(range(address & -PAGE, address + size, PAGE), come))

    def await_no_more(self, address: int, size: int) -> None:
        """Take back what `wait_for()` has noted."""
        for page in range(address & -PAGE, address + size, PAGE):
            self._awaited.pop(page, None)

    def bring_back(self, address: int, size: int) -> None:
        """Put what was kept of these pages into them, now that they are mapped."""
        window = self._inside(address, size)
        for page in window.kept.keys() & set(window.pages(address, size)):
            window.fill(page, window.kept.pop(page))
            window.dirty.add(page)

    def permissions(self, address: int) -> int:
        """What may be done with the page at an address; 0 if there is none."""
        window = self.window(address)
        if window is None:
            return 0
        page = (address - window.base) // PAGE
        return window.permissions[page] or self._awaited_permissions(window, page)

    def _awaited_permissions(self, window: Window, page: int) -> int:
        """The same for a page that is not mapped, or not yet."""
        come = self._awaited.get(window.base + page * PAGE)
        if come is None:
            return 0
        come()
        return window.permissions[page]

    def mapped(self, address: int, size: int = 1) -> bool:
        """Whether all these bytes are there."""
        window = self.window(address)
        if window is None or address + size > window.end:
            return False
        table = window.permissions
        return all(table[page] or self._awaited_permissions(window, page) for page in window.pages(address, size))

    def read(self, address: int, size: int) -> bytes:
        """Bytes from memory. Raises Fault."""
        if self.elsewhere and self.window(address) is None:
            return self.elsewhere.read(address, size)
        window = self._present(address, size, False)
        start = address - window.base
        return window.buffer[start : start + size]

    def write(self, address: int, data: bytes | bytearray | memoryview) -> None:
        """Put bytes into memory. Raises Fault."""
        if not data:
            return
        if self.elsewhere and self.window(address) is None:
            self.elsewhere.write(address, bytes(data))
            return
        window = self._present(address, len(data), True)
        start = address - window.base
        window.buffer[start : start + len(data)] = data
        window.dirty.update(window.pages(address, len(data)))

    def fill(self, address: int, data: bytes | bytearray | memoryview) -> None:
        """The same, but the pages do not count as dirty: linking puts the same there again."""
        if data:
            window = self._present(address, len(data), True)
            start = address - window.base
            window.buffer[start : start + len(data)] = data

    def u8(self, address: int) -> int:
        """Return the unsigned byte at an address."""
        window = self._present(address, 1, False)
        return window.buffer[address - window.base]

    def u16(self, address: int) -> int:
        """Return the unsigned number of two bytes at an address."""
        window = self._present(address, 2, False)
        number: int = _U16.unpack_from(window.buffer, address - window.base)[0]
        return number

    def u32(self, address: int) -> int:
        """Return the unsigned number of four bytes at an address."""
        window = self._present(address, 4, False)
        number: int = _U32.unpack_from(window.buffer, address - window.base)[0]
        return number

    def u64(self, address: int) -> int:
        """Return the unsigned number of eight bytes, or the pointer, at an address."""
        window = self._present(address, 8, False)
        number: int = _U64.unpack_from(window.buffer, address - window.base)[0]
        return number

    def s32(self, address: int) -> int:
        """Return the C int at an address: four bytes, signed."""
        return (self.u32(address) ^ 0x80000000) - 0x80000000

    def put(self, address: int, value: int, size: int) -> None:
        """Store a number in so many bytes; what does not fit is cut off, as in C."""
        self.write(address, (value & (1 << 8 * size) - 1).to_bytes(size, "little"))

    def text(self, address: int, limit: int = 1 << 20) -> bytes:
        """The bytes before the next NUL, `limit` of them at most. Raises Fault if the text runs into a missing page."""
        parts: list[bytes] = []
        while limit > 0:
            size = min(PAGE - address % PAGE, limit)
            chunk, found, _ = self.read(address, size).partition(b"\0")
            parts.append(chunk)
            if found:
                break
            address, limit = address + size, limit - size
        return b"".join(parts)

    def _inside(self, address: int, size: int) -> Window:
        window = self.window(address)
        if window is None or address + size > window.end:
            raise Fault(address)
        return window

    def _present(self, address: int, size: int, write: bool) -> Window:
        self.allowance -= 1
        if self.allowance < 0:
            self.spent()
        window = self._last
        if not window.base <= address < window.end:
            found = self.window(address)
            if found is None:
                raise Fault(address, write=write)
            window = found
        first = (address - window.base) // PAGE
        last = (address + size - 1 - window.base) // PAGE
        table = window.permissions
        if last >= len(table):
            there = (table[page] or self._awaited_permissions(window, page) for page in range(first, len(table)))
            missing = next((page for page, kind in enumerate(there, first) if not kind), len(table))
            raise Fault(max(address, window.base + missing * PAGE), write=write)
        for page in range(first, last + 1):
            if not (table[page] or self._awaited_permissions(window, page)):
                raise Fault(max(address, window.base + page * PAGE), write=write)
        return window

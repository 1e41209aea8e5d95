"""Files whose text comes in elements: `struct seq_file`, opened and read.

From Linux 6.1: `fs/seq_file.c: seq_open(), __seq_open_private(), single_open(), seq_read_iter(), seq_lseek()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import View, new, view
from modtools.integers import ERROR_POINTERS, signed
from modtools.kernel.log import INFO
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT, ENOMEM

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def attach(guest: Guest, file: int, operations: int) -> View:
    """Make the seq_file of a file, as its private data, and return it (`seq_open()`)."""
    seq = new(guest, "seq_file")
    view(guest, "file", file).private_data = seq.address()
    seq.op, seq.file = operations, file
    return seq


def open_private(guest: Guest, file: int, operations: int, size: int) -> int:
    """Open a file with zeroed private memory of so many bytes; return its address (`__seq_open_private()`)."""
    private = guest.heap.kmalloc(max(size, 1))
    attach(guest, file, operations).private = private
    return private


def open_single(guest: Guest, file: int, show: int, data: int) -> None:
    """Open a file of one element, with operations in memory of their own (`single_open()`)."""
    operations = new(guest, "seq_operations")
    for step in ("start", "stop", "next"):
        setattr(operations, step, guest.address_of(f"single_{step}"))
    operations.show = show
    attach(guest, file, operations.address()).private = data


Copy = Callable[[int, int], int]
"""Copies so many bytes from an address to the reader; returns how many it took."""


class Elements:
    """A seq_file while it is read. `index` is the number of the element to begin with; of the buffer, `count` bytes
    from `start` on were not taken yet.
    """

    def __init__(self, guest: Guest, address: int) -> None:
        self.guest, self.address = guest, address
        self.row = view(guest, "seq_file", address)
        self._functions = view(guest, "seq_operations", self.row.op)

    def read(self, position: int, room: int, copy: Copy) -> int:
        """Give a reader what follows a position in the text, one element at least and as many as the buffer and his
        room hold; return how many bytes he took, or a negative errno.
        """
        row, taken = self.row, 0
        if not position:
            row.index = row.count = 0
        error = self.seek(position) if position != row.read_pos else 0
        if not error and self._buffer():
            error, taken = self._rest(room, copy)
        elif not error:
            error = -ENOMEM
        row.read_pos += taken
        return taken or (-EFAULT if self._held() else error)

    def _held(self) -> int:
        return int(self.row.count)

    def _rest(self, room: int, copy: Copy) -> tuple[int, int]:
        """Copy what is left in the buffer, and what it is filled with then; return an error, and how many bytes."""
        row, taken = self.row, 0
        if row.count:
            taken = self._give(row.__getattr__("from"), copy)
        if row.count:
            return 0, taken
        setattr(row, "from", 0)
        error, element = self._first()
        if error or not element:
            return error, taken
        self._more(element, room - taken)
        return 0, taken + self._give(0, copy)

    def _give(self, start: int, copy: Copy) -> int:
        row = self.row
        taken = copy(row.buf + start, row.count)
        row.count -= taken
        setattr(row, "from", start + taken)
        return taken

    def _first(self) -> tuple[int, int]:
        """Fill the buffer with an element that has text; return an error, and the element, 0 at the end."""
        row, error = self.row, 0
        element = self._start()
        while _is_element(element):
            error = self._show(element)
            if error < 0:
                break
            row.count = 0 if error else row.count
            if not row.count:
                element = self._next(element)
            elif row.count != row.size:
                return 0, element
            else:
                self._stop(element)
                if not self._grow():
                    return -ENOMEM, 0
                element = self._start()
        self._stop(element)
        row.count = 0
        return (error if error < 0 else _error(element)), 0

    def _more(self, element: int, room: int) -> None:
        """Add the elements that fit behind the first one; the next read begins with the next one, whether it fitted or
        not.
        """
        row = self.row
        while True:
            held, index = row.count, row.index
            element = self._next(element)
            if row.index == index:
                name = self.guest.describe(self._functions.next, offset=False)
                self.guest.printk(INFO, f"seq_file: buggy .next function {name} did not update position index")
                row.index += 1
            if not _is_element(element) or row.count >= room:
                break
            result = self._show(element)
            full = row.count == row.size
            row.count = held if result or full else row.count
            if result < 0 or (full and not result):
                break
        self._stop(element)

    def seek(self, position: int) -> int:
        """Have the text from a position on in the buffer, or made next; return 0 or a negative errno, after which it
        begins anew.
        """
        row, error = self.row, 0
        while (found := self._traverse(position)) is None:
            if not self._grow():
                error = -ENOMEM
                break
        error = error or found or 0
        if error:
            row.index = row.count = 0
        row.read_pos = 0 if error else position
        return error

    def _traverse(self, position: int) -> int | None:
        """Make the text up to a position; return 0, a negative errno, or None where the buffer is too small."""
        row, passed, result = self.row, 0, 0
        row.index = row.count = 0
        setattr(row, "from", 0)
        if not position:
            return 0
        if not self._buffer():
            return -ENOMEM
        element = self._start()
        while _is_element(element):
            result = self._show(element)
            if result < 0:
                break
            row.count, result = 0 if result else row.count, 0
            if row.count == row.size:
                self._stop(element)
                return None
            element = self._next(element)
            if passed + row.count > position:
                setattr(row, "from", position - passed)
                row.count -= position - passed
                break
            passed, row.count = passed + row.count, 0
            if passed == position:
                break
        self._stop(element)
        return result or _error(element)

    def _buffer(self) -> bool:
        """Return whether there is a buffer, one of a page if none was made before."""
        row = self.row
        if not row.buf:
            row.size = PAGE
            row.buf = self.guest.heap.kmalloc(PAGE)
        return bool(row.buf)

    def _grow(self) -> bool:
        """Double the buffer, whose content is lost; return whether there was memory."""
        row = self.row
        self.guest.heap.free(row.buf)
        row.count, row.size = 0, 2 * row.size
        row.buf = self.guest.heap.kmalloc(row.size) or self.guest.heap.vmalloc(row.size)
        return bool(row.buf)

    def _start(self) -> int:
        return self.guest.call(self._functions.start, self.address, self.row.address("index"))

    def _next(self, element: int) -> int:
        return self.guest.call(self._functions.next, self.address, element, self.row.address("index"))

    def _show(self, element: int) -> int:
        return self.guest.call_signed(self._functions.show, self.address, element)

    def _stop(self, element: int) -> None:
        self.guest.call(self._functions.stop, self.address, element)


def _is_element(pointer: int) -> bool:
    return 0 < pointer < ERROR_POINTERS


def _error(pointer: int) -> int:
    """Return the negative errno that a pointer is, 0 for one that is none."""
    return signed(pointer) if pointer >= ERROR_POINTERS else 0

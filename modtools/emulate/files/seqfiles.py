"""Opening files whose text comes in elements: `struct seq_file`.

From Linux 6.1: `fs/seq_file.c: seq_open(), __seq_open_private(), single_open()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import View, new, view

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

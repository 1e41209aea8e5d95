"""mm/maccess.c: The report of an overflow in a copy."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("void __copy_overflow(int size, unsigned long count)")
def copy_overflow(_guest: Guest, _size: int, _count: int) -> None:
    """Stop the run: the kernel's warning about an overflow of a user copy is not modelled."""
    raise Needs("buffer overflow report")

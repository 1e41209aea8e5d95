"""mm/maccess.c: The report of an overflow in a copy."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.integers import signed


@function("void __copy_overflow(int size, unsigned long count)")
def copy_overflow(guest: Guest, size: int, count: int) -> None:
    """Warn that a copy is longer than the memory for it, whose size the compiler knew."""
    report_kernel_warning(guest, "__copy_overflow", f"Buffer overflow detected ({signed(size, 32)} < {count})!")

"""kernel/printk/printk_safe.c: printk with a va_list."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.printk import printk
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function


@function("int vprintk(const char *fmt, va_list args)")
def vprintk(guest: Guest, fmt: int, args: int) -> int:
    """Log a text formatted from a va_list; return its length without the level."""
    return printk.emit(guest, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))

"""lib/kasprintf.c: Formatted texts in memory of their own."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function


@function("char *kasprintf(gfp_t gfp, const char *fmt, ...)")
def kasprintf(guest: Guest, _gfp: int, fmt: int, values: Values) -> int:
    """Return a formatted text in allocated memory."""
    return guest.new_text(vsprintf(guest, guest.memory.text(fmt), values))


@function("char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)")
def kvasprintf(guest: Guest, _gfp: int, fmt: int, args: int) -> int:
    """Return a text formatted from a va_list in allocated memory."""
    return guest.new_text(vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))

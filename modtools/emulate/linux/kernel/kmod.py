"""kernel/kmod.c: Asking user space for a module."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import programs


@function("int __request_module(bool wait, const char *fmt, ...)")
def request_module(guest: Guest, wait: int, fmt: int, values: Values) -> int:
    """Run modprobe for the name; return its status as wait(2) tells it, or a negative error.

    Without `wait` it runs later, and the result is 0.
    """
    return ask(guest, vsprintf(guest, guest.memory.text(fmt), values), wait=bool(wait))


def ask(guest: Guest, text: bytes, *, wait: bool = True) -> int:
    """Do what `request_module()` does, with the name as a text."""
    return programs.request(guest, text, wait=wait)

"""kernel/kmod.c: Asking user space for a module."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT


@function("int __request_module(bool wait, const char *fmt, ...)")
def request_module(guest: Guest, _wait: int, fmt: int, values: Values) -> int:
    """Return -ENOENT: modprobe is not found, because the virtual machine has none at that path."""
    vsprintf(guest, guest.memory.text(fmt), values)
    return -ENOENT

"""kernel/printk/printk.c: The log: printk and its family."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import DEFAULT_LEVEL

_SOH = 1


def emit(guest: Guest, raw: bytes) -> int:
    """Log a formatted text with its level in front (SOH and a digit; `c` continues the line before); return its length
    in bytes without the level and without a newline at its end.
    """
    level, cont = DEFAULT_LEVEL, False
    rest = raw
    while len(rest) >= 2 and rest[0] == _SOH and (rest[1:2].isdigit() or rest[1:2] == b"c"):
        if rest[1:2] == b"c":
            cont = True
        elif rest[1:2] <= b"7":
            level = int(rest[1:2])
        rest = rest[2:]
    guest.log(level, rest.decode("utf-8", "surrogateescape"), cont=cont)
    return len(rest.removesuffix(b"\n"))


@function("int _printk(const char *fmt, ...)", "int _printk_deferred(const char *fmt, ...)")
def printk(guest: Guest, fmt: int, values: Values) -> int:
    """Log a formatted text; return its length without the level."""
    return emit(guest, vsprintf(guest, guest.memory.text(fmt), values))


@function("int __printk_ratelimit(const char *func)")
def printk_ratelimit(_guest: Guest, _func: int) -> bool:
    """Return True: the limit of ten messages in five seconds is not modelled."""
    return True

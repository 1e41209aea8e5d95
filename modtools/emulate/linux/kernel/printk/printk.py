"""kernel/printk/printk.c: The log: printk and its family; consoles of modules."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.ratelimit import ratelimit
from modtools.emulate.objects import consoles
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, view
from modtools.kernel.log import DEFAULT_LEVEL, INFO
from modtools.linuxerrno import ENODEV

_SOH, _PRINT_BUFFER = 1, 1
_RATE = 5 * 250, 10
"""Ticks and messages (`DEFINE_RATELIMIT_STATE(printk_ratelimit_state, 5 * HZ, 10)`)."""


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
def printk_ratelimit(guest: Guest, func: int) -> bool:
    """Return whether one of ten messages in five seconds may be logged, whoever logs them."""
    own = guest.table("serial")
    if "printk_ratelimit" not in own:
        row = new(guest, "ratelimit_state")
        row.interval, row.burst = _RATE
        own["printk_ratelimit"] = row.address()
    return bool(ratelimit(guest, own["printk_ratelimit"], func))


def _tell(guest: Guest, console: View, what: str) -> None:
    boot = "boot" if console.flags & consoles.BOOT else ""
    name = guest.text(console.address("name"), 16)
    guest.printk(INFO, f"printk: {boot}console [{name}{console.index}] {what}")


def _wanted(guest: Guest, console: View) -> bool:
    """Return whether a console is enabled: it says so itself. One that the command line names stops the run."""
    name = guest.text(console.address("name"), 16)
    for word in guest.kernel.identity.cmdline.split():
        if name and word.startswith(f"console={name}"):
            raise Needs(f"{word} for a console of a module")
    return bool(console.flags & consoles.ENABLED)


@function("void register_console(struct console *newcon)")
def register_console(guest: Guest, address: int) -> None:
    """Register a console that says that it is enabled, and print to it what has been logged, or only what will be; any
    other one is not registered, as the machine has its console.
    """
    console, table = view(guest, "console", address), guest.table("consoles")
    if address in table or console.flags & consoles.BOOT:
        raise Needs("a console that is there already, or one for booting")
    if not _wanted(guest, console):
        return
    log = guest.kernel.log
    table[address] = log.first if console.flags & _PRINT_BUFFER else log.first + len(log.records)
    consoles.flush(guest)
    _tell(guest, console, "enabled")


@function("int unregister_console(struct console *console)")
def unregister_console(guest: Guest, address: int) -> int:
    """Unregister a console and call its exit(); return what that returns, or -ENODEV for one that is not registered."""
    console = view(guest, "console", address)
    _tell(guest, console, "disabled")
    known = guest.table("consoles").pop(address, None) is not None
    console.flags &= ~consoles.ENABLED & 0xFFFF
    if not known:
        return -ENODEV
    return guest.call_signed(console.exit, address) if console.exit else 0

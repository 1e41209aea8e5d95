"""Consoles of modules: where the kernel's messages are printed, beside the log.

From Linux 6.1: `kernel/printk/printk.c: console_flush_all(), console_emit_next_record()`. The table `consoles`: address
of the console -> the number of the next record that it gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.kernel.files.switches import levels
from modtools.kernel.log import Record

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


ENABLED, BOOT, EXTENDED = 4, 8, 64
"""`include/linux/console.h: enum cons_flags`, some of it."""


def level(guest: Guest) -> int:
    """Return the level below which messages are printed."""
    for word in guest.kernel.identity.cmdline.split():
        if word.partition("=")[0] in ("ignore_loglevel", "printk.time"):
            raise Needs(f"{word} on the command line")
    return levels(guest.kernel)[0]


def flush(guest: Guest) -> None:
    """Give each console the messages that it has not got; what is logged meanwhile comes behind them."""
    table, state = guest.table("consoles"), guest.table("printing")
    if state.get("busy"):
        return
    state["busy"] = 1
    try:
        while sum(_print_next(guest, console) for console in list(table)):
            pass
    finally:
        state["busy"] = 0


def _print_next(guest: Guest, console: int) -> bool:
    """Give a console its next message if that is important enough; return whether there was one."""
    log, table = guest.kernel.log, guest.table("consoles")
    if console not in table:
        return False
    number = max(table[console], log.first)
    records = log.readable()
    if number - log.first >= len(records):
        return False
    table[console] = number + 1
    record = records[number - log.first]
    row = view(guest, "console", console)
    if record.level < level(guest) and row.flags & ENABLED and row.write:
        if row.flags & EXTENDED:
            raise Needs("an extended console")
        _write(guest, row.write, console, record)
    return True


def _write(guest: Guest, write: int, console: int, record: Record) -> None:
    prefix = f"[{record.time // 1_000_000:5}.{record.time % 1_000_000:06}] "
    text = "".join(f"{prefix}{line}\n" for line in record.text.split("\n"))
    raw = text.encode("utf-8", "surrogateescape")
    place = guest.new_text(raw)
    guest.call(write, console, place, len(raw))
    guest.heap.free(place)

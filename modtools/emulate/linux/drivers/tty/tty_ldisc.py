"""drivers/tty/tty_ldisc.c: Line disciplines of terminals."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL


@function("int tty_register_ldisc(struct tty_ldisc_ops *new_ldisc)")
def tty_register_ldisc(guest: Guest, address: int) -> int:
    """Register a line discipline; return 0 or -EINVAL."""
    number: int = view(guest, "tty_ldisc_ops", address).num
    if not 0 <= number < 31:
        return -EINVAL
    guest.table("ldiscs")[number] = address
    return 0


@function("void tty_unregister_ldisc(struct tty_ldisc_ops *ldisc)")
def tty_unregister_ldisc(guest: Guest, address: int) -> None:
    """Unregister a line discipline."""
    guest.table("ldiscs").pop(view(guest, "tty_ldisc_ops", address).num, None)

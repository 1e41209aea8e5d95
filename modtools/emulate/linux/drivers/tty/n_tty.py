"""drivers/tty/n_tty.c: The usual line discipline of terminals."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view

_FIELDS = "open close flush_buffer read write ioctl set_termios poll receive_buf write_wakeup receive_buf2".split()


@function("void n_tty_inherit_ops(struct tty_ldisc_ops *ops)")
def n_tty_inherit_ops(guest: Guest, address: int) -> None:
    """Copy the operations of the usual line discipline. They are not modelled: calling one stops the run and names
    it.
    """
    row = view(guest, "tty_ldisc_ops", address)
    guest.memory.write(address, bytes(size_of(guest, "tty_ldisc_ops")))
    row.name = guest.new_text(b"n_tty")
    for field in _FIELDS:
        setattr(row, field, guest.address_of(f"n_tty_{field}"))
    row.lookahead_buf = guest.address_of("n_tty_lookahead_flow_ctrl")

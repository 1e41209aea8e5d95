"""Tests of modtools/emulate/linux/drivers/tty/tty_port.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.tty import tty_port
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new


def test_a_port_comes_empty_and_goes_empty(guest: Guest) -> None:
    """With half a second and half a minute to wait, in ticks; what came in would have to be freed."""
    port = new(guest, "tty_port")
    tty_port.tty_port_init(guest, port.address())
    assert (port.close_delay, port.closing_wait, port.kref.refcount.refs) == (125, 7500, 1)
    assert port.open_wait.head.next == port.open_wait.head.address()
    tty_port.tty_port_destroy(guest, port.address())
    port.buf.head = 0
    with pytest.raises(Needs, match="buffer of a terminal"):
        tty_port.tty_port_destroy(guest, port.address())

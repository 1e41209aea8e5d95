"""drivers/tty/tty_port.c: Ports of terminals, with the buffer for what comes in (drivers/tty/tty_buffer.c)."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.tty.tty_io import tty_register_device
from modtools.emulate.linux.kernel.workqueue import cancel_work_sync
from modtools.emulate.objects import listhead, locks
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, layout, size_of, view

_LIMIT = 640 << 10
"""Bytes that a buffer may grow to: TTYB_DEFAULT_MEM_LIMIT of `drivers/tty/tty_buffer.c`."""


@function("void tty_port_init(struct tty_port *port)")
def tty_port_init(guest: Guest, address: int) -> None:
    """Initialise a port, with one reference and an empty buffer."""
    guest.memory.write(address, bytes(size_of(guest, "tty_port")))
    port, second = view(guest, "tty_port", address), guest.hardware.tick
    _init_buffer(guest, port.buf)
    for queue in (port.open_wait, port.delta_msr_wait):
        listhead.init(guest, queue.head.address())
    for mutex in (port.mutex, port.buf_mutex):
        locks.init_mutex(guest, mutex.address())
    port.close_delay, port.closing_wait = second // 2, 30 * second
    port.client_ops = guest.address_of("tty_port_default_client_ops")
    port.kref.refcount.refs = 1


def _init_buffer(guest: Guest, buffer: View) -> None:
    locks.init_mutex(guest, buffer.lock.address())
    sentinel = buffer.sentinel
    buffer.head = buffer.tail = sentinel.address()
    if layout(guest, "tty_buffer").fields["flags"][1] == 1:  # whether there are flags, instead of which they are
        sentinel.flags = 1
    listhead.init(guest, buffer.work.entry.address())
    buffer.work.func = guest.address_of("flush_to_ldisc")
    buffer.mem_limit = _LIMIT


@function("void tty_port_destroy(struct tty_port *port)")
def tty_port_destroy(guest: Guest, address: int) -> None:
    """Free the buffer of a port that goes, and not the port; a buffer that something came into stops the run."""
    buffer = view(guest, "tty_port", address).buf
    cancel_work_sync(guest, buffer.work.address())
    if buffer.head != buffer.sentinel.address() or buffer.free.first:
        raise Needs("freeing the buffer of a terminal with something in it")


@function("void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned int index)")
def tty_port_link_device(guest: Guest, port: int, driver: int, number: int) -> None:
    """Make a port that of a line; one that the driver does not have stops the run."""
    row = view(guest, "tty_driver", driver)
    if number >= row.num:
        raise Needs("the warning of tty_port_link_device()")
    guest.memory.put(row.ports + 8 * number, port, 8)


@function(
    "struct device *tty_port_register_device"
    "(struct tty_port *port, struct tty_driver *driver, unsigned int index, struct device *device)"
)
def tty_port_register_device(guest: Guest, port: int, driver: int, number: int, parent: int) -> int:
    """Make a port that of a line, and a device for the line; return the device or an error."""
    tty_port_link_device(guest, port, driver, number)
    return int(tty_register_device(guest, driver, number, parent))

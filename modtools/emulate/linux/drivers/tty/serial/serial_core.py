"""drivers/tty/serial/serial_core.c: Drivers of serial ports."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.tty.tty_io import (
    DYNAMIC_DEV,
    tty_alloc_driver,
    tty_driver_kref_put,
    tty_register_driver,
    tty_unregister_driver,
)
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view


@function("int uart_register_driver(struct uart_driver *drv)")
def uart_register_driver(guest: Guest, address: int) -> int:
    """Register a driver of serial ports: a terminal driver, and a state for each port; return 0 or an error. One for
    the machine's own ports stops the run.
    """
    uart = view(guest, "uart_driver", address)
    if guest.text(uart.dev_name) == guest.hardware.uarts:
        raise Needs("the serial ports of the machine")
    uart.state = guest.heap.kmalloc(guest.bounded(size_of(guest, "uart_state") * uart.nr))
    driver = view(guest, "tty_driver", tty_alloc_driver(guest, uart.nr, uart.owner, 4 | DYNAMIC_DEV))
    uart.tty_driver = driver.address()
    driver.driver_name, driver.name = uart.driver_name, uart.dev_name
    driver.major, driver.minor_start = uart.major, uart.minor
    driver.type, driver.subtype, driver.driver_state = 3, 1, address
    result = int(tty_register_driver(guest, driver.address()))
    if result:
        tty_driver_kref_put(guest, driver.address())
        guest.heap.free(uart.state)
    return result


@function("void uart_unregister_driver(struct uart_driver *drv)")
def uart_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister a driver of serial ports and free its states."""
    uart = view(guest, "uart_driver", address)
    driver = uart.tty_driver
    tty_unregister_driver(guest, driver)
    tty_driver_kref_put(guest, driver)
    guest.heap.free(uart.state)
    uart.state = uart.tty_driver = 0

"""drivers/acpi/ec.c: The embedded controller, which the machine has none of."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENODEV


@function(
    "int ec_read(u8 addr, u8 *val)",
    "int ec_write(u8 addr, u8 val)",
    "int ec_transaction(u8 command, const u8 *wdata, unsigned int wdata_len, u8 *rdata, unsigned int rdata_len)",
)
def ec_transaction(_guest: Guest, *_what: int) -> int:
    """Return -ENODEV, because there is no embedded controller to speak with."""
    return -ENODEV


@function("acpi_handle ec_get_handle(void)")
def ec_get_handle(_guest: Guest) -> int:
    """Return NULL, because there is no embedded controller."""
    return 0

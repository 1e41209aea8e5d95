"""drivers/acpi/acpica/evxfregn.c: Handlers of ACPI's address spaces."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

_OK = 0


@function(
    "acpi_status acpi_install_address_space_handler(acpi_handle device, u8 space_id,"
    " void *handler, void *setup, void *context)"
)
def acpi_install_address_space_handler(
    guest: Guest, _device: int, number: int, handler: int, _setup: int, _context: int
) -> int:
    """Note the handler of an address space; return AE_OK. It is never called, because the machine's tables touch no
    such address.
    """
    guest.table("acpi_spaces")[number] = handler
    return _OK


@function("acpi_status acpi_remove_address_space_handler(acpi_handle device, u8 space_id, void *handler)")
def acpi_remove_address_space_handler(guest: Guest, _device: int, number: int, _handler: int) -> int:
    """Forget the handler of an address space; return AE_OK."""
    guest.table("acpi_spaces").pop(number, None)
    return _OK

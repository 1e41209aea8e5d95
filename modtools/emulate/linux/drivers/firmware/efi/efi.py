"""drivers/firmware/efi/efi.c: EFI's tables and services, which the machine has not."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import has, view
from modtools.integers import MASK64

_TABLES = "acpi acpi20 smbios smbios3 esrt tpm_log tpm_final_log mokvar_table coco_secret unaccepted".split()


@variable("efi", "efi")
def efi(guest: Guest, address: int) -> None:
    """Mark all tables and services as missing: a BIOS has started the machine."""
    row = view(guest, "efi", address)
    for field in _TABLES:
        if has(guest, "efi", field):
            setattr(row, field, MASK64)  # EFI_INVALID_TABLE_ADDR

"""drivers/firmware/efi/vars.c: EFI's variables, which the machine has not."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool efivar_supports_writes(void)", "bool efivar_is_available(void)")
def efivar_supports_writes(_guest: Guest) -> bool:
    """Return false, also for efivar_is_available(): the machine was started by a BIOS."""
    return False

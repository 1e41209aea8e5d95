"""arch/x86/lib/copy_user_64.S: Copying between the kernel's memory and a program's."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import usercopy
from modtools.emulate.symbols.registry import function


@function(
    "unsigned long copy_user_generic_unrolled(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_generic_string(void *to, const void *from, unsigned len)",
    "unsigned long copy_user_enhanced_fast_string(void *to, const void *from, unsigned len)",
)
def copy_user(guest: Guest, to: int, source: int, size: int) -> int:
    """Copy bytes without looking whose they are; return how many could not be copied."""
    return usercopy.copy(guest, to, source, size)

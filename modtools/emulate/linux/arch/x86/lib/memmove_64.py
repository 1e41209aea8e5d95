"""arch/x86/lib/memmove_64.S: Copying memory that may overlap."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function(
    "void *memmove(void *dest, const void *src, size_t n)", "void *__memmove(void *dest, const void *src, size_t n)"
)
def memmove(guest: Guest, target: int, source: int, size: int) -> int:
    """Copy `n` bytes between places that may overlap; return `dest`."""
    guest.memory.write(target, guest.memory.read(source, guest.bounded(size)) if size else b"")
    return target

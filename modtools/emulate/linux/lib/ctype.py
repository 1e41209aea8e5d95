"""lib/ctype.c: Kinds of characters."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.printf.characters import kinds
from modtools.emulate.symbols.registry import variable


@variable("_ctype", 256)
def ctype(guest: Guest, address: int) -> None:
    """Store a byte of flags for each byte."""
    guest.memory.write(address, bytes(kinds(code) for code in range(256)))

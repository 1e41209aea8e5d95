"""kernel/kallsyms.c: Addresses by their symbols."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.registry import function


@function("unsigned long kallsyms_lookup_name(const char *name)")
def kallsyms_lookup_name(guest: Guest, name: int) -> int:
    """Return the address of a symbol, `MODULE:NAME` for one of that module; 0 if there is none."""
    return kallsyms.find(guest, guest.text(name))

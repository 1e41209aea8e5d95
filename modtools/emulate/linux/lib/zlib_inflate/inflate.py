"""lib/zlib_inflate/inflate.c: The memory that zlib needs."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of


@function("int zlib_inflate_workspacesize(void)")
def zlib_inflate_workspacesize(guest: Guest) -> int:
    """Return the size of `struct inflate_workspace`: the state and a window of 32 KiB."""
    return size_of(guest, "inflate_workspace")

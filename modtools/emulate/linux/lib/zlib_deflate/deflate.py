"""lib/zlib_deflate/deflate.c: The memory that packing needs."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of


@function("int zlib_deflate_workspacesize(int windowBits, int memLevel)")
def zlib_deflate_workspacesize(guest: Guest, window: int, level: int) -> int:
    """Return the size of the state with its window, the chains of equal hashes, their heads and what waits to be
    written. The BUG() for sizes that zlib does not know stops the run.
    """
    bits = abs(window)
    if not 9 <= bits <= 15 or not 1 <= level <= 9:
        raise Needs("the BUG() of zlib_deflate_workspacesize()")
    return size_of(guest, "deflate_workspace") + (2 << bits) + (2 << bits) + (2 << level + 7) + (4 << level + 6)

"""crypto/scatterwalk.c: Copying to and from lists of pieces of memory."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import scatterlist
from modtools.emulate.symbols.registry import function


@function(
    "void scatterwalk_map_and_copy(void *buf, struct scatterlist *sg, unsigned int start, unsigned int nbytes, int out)"
)
def scatterwalk_map_and_copy(guest: Guest, buffer: int, table: int, start: int, size: int, out: int) -> None:
    """Copy bytes from a place in the list into a buffer, or with `out` the other way."""
    left = guest.bounded(size)
    for row in scatterlist.entries(guest, table):
        if not left:
            return
        length, skipped = int(row.length), min(start, int(row.length))
        step, at = min(left, length - skipped), scatterlist.place(row) + skipped
        source, target = (buffer, at) if out else (at, buffer)
        guest.memory.write(target, guest.memory.read(source, step))
        buffer, left, start = buffer + step, left - step, start - skipped

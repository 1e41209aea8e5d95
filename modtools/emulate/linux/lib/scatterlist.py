"""lib/scatterlist.c: Lists of pieces of memory."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.memory.pages import page_of
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.link.memory import PAGE


@function("void sg_init_table(struct scatterlist *sgl, unsigned int nents)")
def sg_init_table(guest: Guest, address: int, count: int) -> None:
    """Clear a table of `nents` entries and mark the last one as the end."""
    guest.memory.write(address, bytes(guest.bounded(size_of(guest, "scatterlist") * count)))
    view(guest, "scatterlist", address + size_of(guest, "scatterlist") * (count - 1)).page_link = 2


@function("void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)")
def sg_init_one(guest: Guest, address: int, buffer: int, size: int) -> None:
    """Make a table of one entry for `buflen` bytes of the direct map."""
    if not address_space.PAGE_OFFSET <= buffer < address_space.PAGE_OFFSET + address_space.DIRECT_SIZE:
        raise Needs("sg_init_one() outside of the direct map")
    sg_init_table(guest, address, 1)
    row = view(guest, "scatterlist", address)
    row.page_link, row.offset, row.length = page_of(buffer) | 2, buffer % PAGE, size

"""lib/scatterlist.c: Lists of pieces of memory."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.memory.pages import address_of_page, page_of
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, size_of, view
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


_CHAIN, _END = 1, 2
"""Bits of `page_link`: the entry leads to another table, the entry is the last one."""


@function("struct scatterlist *sg_next(struct scatterlist *sg)")
def sg_next(guest: Guest, address: int) -> int:
    """Return the entry behind one, in another table where this one ends with a link to it; NULL behind the last."""
    if view(guest, "scatterlist", address).page_link & _END:
        return 0
    address += size_of(guest, "scatterlist")
    link = view(guest, "scatterlist", address).page_link
    return link & ~(_CHAIN | _END) if link & _CHAIN else address


def entries(guest: Guest, address: int) -> Iterator[View]:
    """Yield the entries of a table."""
    while address:
        yield view(guest, "scatterlist", address)
        guest.effort.spend(1)
        address = sg_next(guest, address)


def place(row: View) -> int:
    """Return the address in the direct map of the piece that an entry stands for."""
    return address_of_page(row.page_link & ~(_CHAIN | _END)) + int(row.offset)


def _pieces(guest: Guest, table: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield address and size of the pieces of a table, up to so many bytes in all."""
    for row in entries(guest, table):
        count = min(row.length, size)
        if count:
            yield place(row), count
        size -= count
        if not size:
            return


def copy_from(guest: Guest, table: int, size: int) -> bytes:
    """Return the first bytes of the memory that a table stands for."""
    return b"".join(guest.memory.read(at, count) for at, count in _pieces(guest, table, guest.bounded(size)))


def copy_to(guest: Guest, table: int, data: bytes) -> None:
    """Write bytes to the memory that a table stands for."""
    for at, count in _pieces(guest, table, len(data)):
        guest.memory.write(at, data[:count])
        data = data[count:]


@function("int sg_nents(struct scatterlist *sg)")
def sg_nents(guest: Guest, address: int) -> int:
    """Return how many entries a table has."""
    return sum(1 for _ in entries(guest, address))


@function(
    "void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,"
    " unsigned int flags)"
)
def sg_miter_start(guest: Guest, address: int, table: int, count: int, flags: int) -> None:
    """Begin to go through the pages of a table."""
    guest.memory.write(address, bytes(size_of(guest, "sg_mapping_iter")))
    row = view(guest, "sg_mapping_iter", address)
    row.piter.sg, row.piter.__nents, row.__flags = table, count, flags


def _turn(guest: Guest, pages: View) -> bool:
    """Go to the next page (`__sg_page_iter_next()`); return False behind the last one."""
    if not pages.__nents or not pages.sg:
        return False
    pages.sg_pgoffset += pages.__pg_advance
    pages.__pg_advance = 1
    while pages.sg_pgoffset >= (count := _pages(view(guest, "scatterlist", pages.sg))):
        pages.sg_pgoffset -= count
        pages.sg, pages.__nents = sg_next(guest, pages.sg), pages.__nents - 1
        if not pages.__nents or not pages.sg:
            return False
    return True


def _pages(row: View) -> int:
    return int((row.offset + row.length + PAGE - 1) // PAGE)


def _advance(guest: Guest, row: View) -> bool:
    if row.__remaining:
        return True
    if not _turn(guest, row.piter):
        return False
    entry = view(guest, "scatterlist", row.piter.sg)
    offset = 0 if row.piter.sg_pgoffset else entry.offset
    row.piter.sg_pgoffset += offset // PAGE
    row.__offset = offset % PAGE
    left = entry.offset + entry.length - row.piter.sg_pgoffset * PAGE - row.__offset
    row.__remaining = min(left, PAGE - row.__offset)
    return True


@function("bool sg_miter_next(struct sg_mapping_iter *miter)")
def sg_miter_next(guest: Guest, address: int) -> bool:
    """Go on to the next piece of memory that is together; return False behind the last one."""
    sg_miter_stop(guest, address)
    row = view(guest, "sg_mapping_iter", address)
    if not _advance(guest, row):
        return False
    entry = view(guest, "scatterlist", row.piter.sg)
    page = (entry.page_link & ~(_CHAIN | _END)) + row.piter.sg_pgoffset * address_space.STRUCT_PAGE
    row.page, row.addr = page, address_of_page(page) + row.__offset
    row.consumed = row.length = row.__remaining
    return True


@function("bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset)")
def sg_miter_skip(guest: Guest, address: int, offset: int) -> bool:
    """Leave so many bytes out; return False where there are not so many."""
    sg_miter_stop(guest, address)
    row = view(guest, "sg_mapping_iter", address)
    while offset:
        if not _advance(guest, row):
            return False
        step = min(offset, row.__remaining)
        row.__offset, row.__remaining = row.__offset + step, row.__remaining - step
        offset -= step
    return True


@function("void sg_miter_stop(struct sg_mapping_iter *miter)")
def sg_miter_stop(guest: Guest, address: int) -> None:
    """Let go of the piece of memory, of which the caller may have used a part."""
    row = view(guest, "sg_mapping_iter", address)
    if row.addr:
        row.__offset, row.__remaining = row.__offset + row.consumed, row.__remaining - row.consumed
        row.page = row.addr = row.length = row.consumed = 0

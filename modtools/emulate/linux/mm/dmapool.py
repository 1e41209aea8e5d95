"""mm/dmapool.c: Pools of small blocks of memory for a device.

The table `dma pools`: address of a pool -> its device, the size of blocks and of what is allocated at once, the
boundary that no block crosses, `pages` (address -> physical address), `free` (the blocks that are free, the next one
last). The file `pools` of a device is not made. Giving back what is none of a pool's, and destroying a pool whose
blocks are in use, stops the run.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import devres
from modtools.emulate.linux.kernel.dma import mapping
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.link.layout import align as aligned
from modtools.link.memory import PAGE

_LEAST, _MOST = 4, 0x7FFFFFFF
_ZERO = 0x100
"""`__GFP_ZERO`."""


def _power(number: int) -> bool:
    return number & number - 1 == 0


@function(
    "struct dma_pool *dma_pool_create(const char *name, struct device *dev, size_t size, size_t align, size_t boundary)"
)
def dma_pool_create(guest: Guest, _name: int, device: int, size: int, alignment: int, boundary: int) -> int:
    """Return a new pool, or NULL for a size of nothing, or an alignment or boundary that is no power of two or too
    small.
    """
    if not _power(alignment) or not 0 < size <= _MOST:
        return 0
    size = aligned(max(size, _LEAST), alignment or 1)
    room = max(size, PAGE)
    if boundary and (boundary < size or not _power(boundary)):
        return 0
    pool = guest.heap.kmalloc(8)
    limit = min(boundary, room) if boundary else room
    guest.table("dma pools")[pool] = {
        "device": device, "size": size, "room": room, "boundary": limit, "pages": {}, "free": [],
    }  # fmt: skip
    return pool


def _grow(guest: Guest, row: dict[str, Any], flags: int) -> bool:
    """Give a pool a page more, all of whose blocks are free; return whether there was one."""
    address, physical = mapping.allocate(guest, row["device"], row["room"], flags)
    if not address:
        return False
    row["pages"][address] = physical
    size, boundary, blocks, at = row["size"], row["boundary"], [], 0
    while at + size <= row["room"]:
        if at // boundary != (at + size - 1) // boundary:
            at = aligned(at, boundary)
            continue
        blocks.append(address + at)
        at += size
    row["free"] += reversed(blocks)
    return True


def _physical(row: dict[str, Any], block: int) -> int | None:
    """Return the physical address of a pool's block, None for what is none."""
    page = next((page for page in row["pages"] if page <= block < page + row["room"]), None)
    return None if page is None else int(row["pages"][page] + block - page)


@function("void *dma_pool_alloc(struct dma_pool *pool, gfp_t mem_flags, dma_addr_t *handle)")
def dma_pool_alloc(guest: Guest, pool: int, flags: int, handle: int) -> int:
    """Return a block of a pool, zeroed if that is asked for, and write its physical address; NULL where there is no
    memory.
    """
    row = guest.table("dma pools")[pool]
    if not row["free"] and not _grow(guest, row, flags):
        return 0
    block: int = row["free"].pop()
    guest.memory.put(handle, _physical(row, block) or 0, 8)
    if flags & _ZERO:
        guest.memory.write(block, bytes(row["size"]))
    return block


@function("void dma_pool_free(struct dma_pool *pool, void *vaddr, dma_addr_t dma)")
def dma_pool_free(guest: Guest, pool: int, block: int, physical: int) -> None:
    """Give a block back, which is the next one that is given out."""
    row = guest.table("dma pools")[pool]
    if _physical(row, block) != physical or block in row["free"]:
        raise Needs("the complaint of dma_pool_free()")
    row["free"].append(block)


@function("void dma_pool_destroy(struct dma_pool *pool)")
def dma_pool_destroy(guest: Guest, pool: int) -> None:
    """Free a pool and its pages; NULL is ignored."""
    if not pool:
        return
    row = guest.table("dma pools").pop(pool)
    blocks = sum(row["room"] // row["boundary"] * (row["boundary"] // row["size"]) for _ in row["pages"])
    if len(row["free"]) < blocks:
        raise Needs("the complaint of dma_pool_destroy()")
    for page in row["pages"]:
        guest.heap.free(page)
    guest.heap.free(pool)


@function(
    "struct dma_pool *dmam_pool_create(const char *name, struct device *dev, size_t size, size_t align,"
    " size_t allocation)"
)
def dmam_pool_create(guest: Guest, name: int, device: int, size: int, alignment: int, boundary: int) -> int:
    """Return a new pool as dma_pool_create() does, which is destroyed with a device's resources."""
    pool = int(dma_pool_create(guest, name, device, size, alignment, boundary))
    if pool:
        devres.keep(guest, device, "dmam_pool_release", pool)
    return pool


@function("void dmam_pool_release(struct device *dev, void *res)")
def dmam_pool_release(guest: Guest, _device: int, record: int) -> None:
    """Destroy the pool of one of a device's resources."""
    dma_pool_destroy(guest, guest.memory.u64(record))

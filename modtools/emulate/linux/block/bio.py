"""block/bio.c: Sets of bios, of which none is ever taken, and the end of a bio."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function("int bioset_init(struct bio_set *bs, unsigned int pool_size, unsigned int front_pad, int flags)")
def bioset_init(guest: Guest, address: int, _size: int, before: int, _flags: int) -> int:
    """Make a set ready; return 0. Its pools stay empty until somebody takes a request, which stops the run."""
    row = view(guest, "bio_set", address)
    row.front_pad, row.bio_slab = before, new(guest, "kmem_cache").address()
    return 0


@function("void bioset_exit(struct bio_set *bs)")
def bioset_exit(guest: Guest, address: int) -> None:
    """Free what a set has; one that was never made ready is ignored."""
    row = view(guest, "bio_set", address)
    guest.heap.free(row.bio_slab)
    row.bio_slab = 0


@function("void bio_endio(struct bio *bio)")
def bio_endio(guest: Guest, address: int) -> None:
    """Note the status of a bio that is done."""
    guest.table("ended")[address] = view(guest, "bio", address).bi_status

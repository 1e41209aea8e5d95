"""lib/bucket_locks.c: A lock for some buckets of a hash table each."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of

_PROCESSORS = 64


@function(
    "int __alloc_bucket_spinlocks(spinlock_t **locks, unsigned int *locks_mask, size_t max_size,"
    " unsigned int cpu_mult, gfp_t gfp, const char *name, struct lock_class_key *key)"
)
def alloc_bucket_spinlocks(
    guest: Guest, result: int, mask: int, most: int, each: int, _flags: int, _name: int, _key: int
) -> int:
    """Allocate free locks, `each` for every processor but at most `most`, or just as many; return 0. `mask` is told
    their number less one.
    """
    count = min(min(guest.hardware.cpus, _PROCESSORS) * each, most) if each else most
    guest.memory.put(result, guest.heap.kmalloc(guest.bounded(size_of(guest, "spinlock") * count)), 8)
    guest.memory.put(mask, count - 1 & 0xFFFFFFFF, 4)
    return 0


@function("void free_bucket_spinlocks(spinlock_t *locks)")
def free_bucket_spinlocks(guest: Guest, locks: int) -> None:
    """Free the locks; NULL is ignored."""
    guest.heap.free(locks)

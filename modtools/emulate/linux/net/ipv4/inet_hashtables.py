"""net/ipv4/inet_hashtables.c: Tables of sockets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, size_of, view


@function("int inet_hashinfo2_init_mod(struct inet_hashinfo *h)")
def inet_hashinfo2_init_mod(guest: Guest, address: int) -> int:
    """Allocate 32 lists of listeners, each with an end mark of its own; return 0."""
    row, size = view(guest, "inet_hashinfo", address), size_of(guest, "inet_listen_hashbucket")
    row.lhash2 = guest.heap.kmalloc(32 * size)
    at = offset_of(guest, "inet_listen_hashbucket", "nulls_head")
    for number in range(32):
        guest.memory.put(row.lhash2 + size * number + at, (1 << 29 | number) << 1 | 1, 8)
    row.lhash2_mask = 31
    return 0


@function("int inet_ehash_locks_alloc(struct inet_hashinfo *hashinfo)")
def inet_ehash_locks_alloc(guest: Guest, address: int) -> int:
    """Allocate two cache lines of locks for each processor, at most one lock for each list; return 0."""
    row = view(guest, "inet_hashinfo", address)
    count = 1 << (32 * guest.hardware.cpus - 1).bit_length()
    count = min(count, row.ehash_mask + 1)
    row.ehash_locks = guest.heap.kmalloc(4 * count)
    row.ehash_locks_mask = count - 1
    return 0

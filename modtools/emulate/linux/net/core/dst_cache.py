"""net/core/dst_cache.c: Caches of routes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.percpu import alloc_percpu, free_percpu
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.linuxerrno import ENOMEM


@function("int dst_cache_init(struct dst_cache *dst_cache, gfp_t gfp)")
def dst_cache_init(guest: Guest, address: int, flags: int) -> int:
    """Initialise an empty cache of routes; return 0 or -ENOMEM."""
    row = view(guest, "dst_cache", address)
    row.cache = alloc_percpu(guest, size_of(guest, "dst_cache_pcpu"), 8, flags)
    row.reset_ts = guest.jiffies
    return 0 if row.cache else -ENOMEM


@function("void dst_cache_destroy(struct dst_cache *dst_cache)")
def dst_cache_destroy(guest: Guest, address: int) -> None:
    """Free a cache of routes; one that holds a route, which takes packets, stops the run."""
    place = view(guest, "dst_cache", address).cache
    if place and guest.memory.u64(guest.per_cpu.here(place)):
        raise Needs("dst_cache_destroy() with a route")
    free_percpu(guest, place)

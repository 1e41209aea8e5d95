"""mm/list_lru.c: Lists of objects that could be freed."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view


@function(
    "int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key, struct shrinker *shrinker)"
)
def list_lru_init(guest: Guest, address: int, aware: int, _key: int, shrinker: int) -> int:
    """Initialise an empty list for the only memory node; return 0."""
    row = view(guest, "list_lru", address)
    row.node = guest.heap.kmalloc(size_of(guest, "list_lru_node"))
    listhead.init(guest, view(guest, "list_lru_node", row.node).lru.list.address())
    row.memcg_aware, row.shrinker_id = aware, view(guest, "shrinker", shrinker).id if shrinker else -1
    if aware:
        listhead.init(guest, row.list.address())
    return 0


@function("int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct shrinker *shrinker)")
def list_lru_init_with_key(guest: Guest, address: int, aware: int, shrinker: int) -> int:
    """Initialise an empty list, which brings its key for lockdep itself; return 0."""
    return int(list_lru_init(guest, address, aware, 0, shrinker))


@function("void list_lru_destroy(struct list_lru *lru)")
def list_lru_destroy(guest: Guest, address: int) -> None:
    """Free the list of the memory node."""
    row = view(guest, "list_lru", address)
    guest.heap.free(row.node)
    row.node = 0

"""lib/rhashtable.c: Hash tables that grow: made and taken apart here, looked through by the modules' own code.

Growing is work of the kernel's own and is not done.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.char.random import get_random_u32
from modtools.emulate.objects import listhead, locks
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, size_of, view
from modtools.linuxerrno import EINVAL

_DEFAULT_SIZE, _MINIMUM = 64, 4
_MOST = 1 << 31


def _power_above(number: int) -> int:
    """Return the smallest power of two that is not less (`roundup_pow_of_two()`)."""
    return 1 << max(number - 1, 0).bit_length()


def _power_below(number: int) -> int:
    """Return the largest power of two that is not more (`rounddown_pow_of_two()`)."""
    return 1 << number.bit_length() - 1


def _adjust(table: View) -> int:
    """Bring a table's parameters within bounds; return the number of buckets to begin with."""
    params = table.p
    if params.min_size:
        params.min_size = _power_above(params.min_size)
    table.max_elems = _MOST
    if params.max_size:
        params.max_size = _power_below(params.max_size)
        table.max_elems = min(_MOST, params.max_size * 2)
    params.min_size = max(params.min_size, _MINIMUM)
    hint = params.nelem_hint
    return max(_power_above(hint * 4 // 3) if hint else _DEFAULT_SIZE, int(params.min_size))


def _buckets(guest: Guest, count: int) -> int:
    """Return a new `struct bucket_table` that is empty."""
    address = guest.heap.kmalloc(size_of(guest, "bucket_table") + 8 * count)
    buckets = view(guest, "bucket_table", address)
    buckets.size, buckets.hash_rnd = count, get_random_u32(guest)
    listhead.init(guest, buckets.walkers.address())
    return address


@function("int rhashtable_init(struct rhashtable *ht, const struct rhashtable_params *params)")
def rhashtable_init(guest: Guest, address: int, params: int) -> int:
    """Initialise an empty hash table, with the hash function that fits the key where none is given; return 0 or
    -EINVAL.
    """
    wanted = view(guest, "rhashtable_params", params)
    if not (wanted.key_len or wanted.obj_hashfn) or (wanted.obj_hashfn and not wanted.obj_cmpfn):
        return -EINVAL
    guest.memory.write(address, bytes(size_of(guest, "rhashtable")))
    table = view(guest, "rhashtable", address)
    guest.memory.write(table.p.address(), guest.memory.read(params, size_of(guest, "rhashtable_params")))
    locks.init_mutex(guest, table.mutex.address())
    count = _adjust(table)
    table.key_len = table.p.key_len
    if not table.p.hashfn:
        words = table.key_len % 4 == 0
        table.p.hashfn = guest.address_of("rhashtable_jhash2" if words else "jhash")
        table.key_len = table.key_len // 4 if words else table.key_len
    table.tbl = _buckets(guest, count)
    work = table.run_work
    work.data = 0xFFFFFFFE0
    listhead.init(guest, work.entry.address())
    work.func = guest.address_of("rht_deferred_worker")
    return 0


@function(
    "int __rhashtable_init_noprof(struct rhashtable *ht, const struct rhashtable_params *params,"
    " struct lock_class_key *key)"
)
def rhashtable_init_with_key(guest: Guest, address: int, params: int, _key: int) -> int:
    """Initialise an empty hash table as `rhashtable_init()`; the key is for lockdep."""
    return int(rhashtable_init(guest, address, params))


@function(
    "int __rhltable_init_noprof(struct rhltable *hlt, const struct rhashtable_params *params,"
    " struct lock_class_key *key)"
)
def rhltable_init_with_key(guest: Guest, address: int, params: int, _key: int) -> int:
    """Initialise an empty hash table of lists as `rhltable_init()`; the key is for lockdep."""
    return int(rhltable_init(guest, address, params))


@function("int rhltable_init(struct rhltable *hlt, const struct rhashtable_params *params)")
def rhltable_init(guest: Guest, address: int, params: int) -> int:
    """Initialise an empty hash table of lists of entries that have the same key; return 0 or -EINVAL."""
    result = int(rhashtable_init(guest, address, params))
    view(guest, "rhashtable", address).rhlist = 1
    return result


@function(
    "void rhashtable_free_and_destroy(struct rhashtable *ht, void *free_fn, void *arg)",
    "void rhashtable_destroy(struct rhashtable *ht)",
)
def rhashtable_destroy(guest: Guest, address: int, free: int = 0, data: int = 0) -> None:
    """Free a hash table, and its entries if there is a function for that. Entries of an rhltable stop the run."""
    table = view(guest, "rhashtable", address)
    buckets = view(guest, "bucket_table", table.tbl)
    if free and table.rhlist:
        raise Needs("rhashtable_free_and_destroy of an rhltable")
    for place in range(
        table.tbl + size_of(guest, "bucket_table"), table.tbl + size_of(guest, "bucket_table") + 8 * buckets.size, 8
    ):
        node = guest.memory.u64(place) & ~1 if free else 0
        while node and not node & 1:
            following = guest.memory.u64(node)
            guest.call(free, node - table.p.head_offset, data)
            node = following
    guest.heap.free(table.tbl)

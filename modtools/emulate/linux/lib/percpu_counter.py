"""lib/percpu_counter.c: Counters that have a part for each processor."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.percpu import alloc_percpu, free_percpu
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import size_of, view

_PART = 4


@function("int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp, struct lock_class_key *key)")
def percpu_counter_init(guest: Guest, address: int, amount: int, flags: int, key: int) -> int:
    """Set the sum, and allocate the processor's part of it; return 0."""
    return int(percpu_counter_init_many(guest, address, amount, flags, 1, key))


@function(
    "int __percpu_counter_init_many(struct percpu_counter *fbc, s64 amount, gfp_t gfp, u32 nr_counters,"
    " struct lock_class_key *key)"
)
def percpu_counter_init_many(guest: Guest, address: int, amount: int, _flags: int, count: int, _key: int) -> int:
    """Set the sums of an array of counters, and allocate the processor's parts of them together; return 0.

    Linux commit c439d5e8a0de "pcpcntr: add group allocation/free" (v6.6).
    """
    parts = alloc_percpu(guest, _PART * guest.bounded(count), _PART)
    for number in range(count):
        counter = view(guest, "percpu_counter", address + number * size_of(guest, "percpu_counter"))
        guest.memory.put(counter.address(), 0, 4)
        counter.count, counter.counters = amount, parts + number * _PART
        listhead.init(guest, counter.list.address())
    return 0


@function("void percpu_counter_destroy(struct percpu_counter *fbc)")
def percpu_counter_destroy(guest: Guest, address: int) -> None:
    """Free the processor's part of a counter."""
    percpu_counter_destroy_many(guest, address, 1)


@function("void percpu_counter_destroy_many(struct percpu_counter *fbc, u32 nr_counters)")
def percpu_counter_destroy_many(guest: Guest, address: int, count: int) -> None:
    """Free the processor's parts of an array of counters, which lie together."""
    first = view(guest, "percpu_counter", address)
    if not first.counters:
        return
    free_percpu(guest, first.counters)
    for number in range(guest.bounded(count)):
        view(guest, "percpu_counter", address + number * size_of(guest, "percpu_counter")).counters = 0


@variable("percpu_counter_batch", 4)
def percpu_counter_batch(guest: Guest, address: int) -> None:
    """Hold how far from 0 a processor's part may be before it goes to the sum."""
    guest.memory.put(address, max(32, 2 * guest.hardware.cpus), 4)


def _part(guest: Guest, address: int) -> int:
    """Return the address of the processor's part of a counter."""
    return guest.per_cpu.here(view(guest, "percpu_counter", address).counters)


@function("void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)")
def percpu_counter_add_batch(guest: Guest, address: int, amount: int, batch: int) -> None:
    """Add to the processor's part; when that reaches `batch`, move it to the sum."""
    place = _part(guest, address)
    part = guest.memory.s32(place) + amount
    if abs(part) >= batch:
        view(guest, "percpu_counter", address).count += part
        part = 0
    guest.memory.put(place, part, 4)


@function("void percpu_counter_set(struct percpu_counter *fbc, s64 amount)")
def percpu_counter_set(guest: Guest, address: int, amount: int) -> None:
    """Set the sum and clear the processor's part."""
    guest.memory.put(_part(guest, address), 0, 4)
    view(guest, "percpu_counter", address).count = amount


@function("void percpu_counter_sync(struct percpu_counter *fbc)")
def percpu_counter_sync(guest: Guest, address: int) -> None:
    """Move the processor's part to the sum."""
    percpu_counter_set(guest, address, percpu_counter_sum(guest, address))


@function("s64 __percpu_counter_sum(struct percpu_counter *fbc)")
def percpu_counter_sum(guest: Guest, address: int) -> int:
    """Return the sum with the processor's part."""
    return int(view(guest, "percpu_counter", address).count) + guest.memory.s32(_part(guest, address))


@function("int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)")
def percpu_counter_compare(guest: Guest, address: int, other: int, _batch: int) -> int:
    """Compare a counter with a number; return 1, 0 or -1."""
    count = percpu_counter_sum(guest, address)
    return int(count > other) - int(count < other)

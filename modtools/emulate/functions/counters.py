"""Counters for each processor, static keys, and single switches of subsystems.

From Linux 6.1: the files named in each docstring.
"""

from __future__ import annotations

from modtools.emulate import listhead, space
from modtools.emulate.clock import NANOSECONDS, REAL_AT_BOOT
from modtools.emulate.functions.transport import (
    attribute_container_register,
    attribute_container_unregister,
)
from modtools.emulate.guest import Guest
from modtools.emulate.jumplabels import switch
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view
from modtools.integers import MASK64
from modtools.linuxerrno import EEXIST


@function("int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp, struct lock_class_key *key)")
def percpu_counter_init(guest: Guest, address: int, amount: int, _flags: int, _key: int) -> int:
    """`lib/percpu_counter.c`: Set the sum, and allocate the processor's part of it; return 0."""
    counter = view(guest, "percpu_counter", address)
    guest.memory.put(address, 0, 4)
    counter.count = amount
    listhead.init(guest, counter.list.address())
    from modtools.emulate.functions.processors import alloc_percpu

    counter.counters = alloc_percpu(guest, 4, 4) & MASK64
    return 0


@function("void percpu_counter_destroy(struct percpu_counter *fbc)")
def percpu_counter_destroy(guest: Guest, address: int) -> None:
    """`lib/percpu_counter.c`: Free the processor's part of a counter."""
    from modtools.emulate.functions.processors import free_percpu

    counter = view(guest, "percpu_counter", address)
    if counter.counters:
        free_percpu(guest, counter.counters)
        counter.counters = 0


@variable("percpu_counter_batch", 4)
def percpu_counter_batch(guest: Guest, address: int) -> None:
    """`lib/percpu_counter.c`: Hold how far from 0 a processor's part may be before it goes to the sum."""
    guest.memory.put(address, max(32, 2 * guest.machine.cpus), 4)


def _part(guest: Guest, address: int) -> int:
    """Return the address of the processor's part of a counter."""
    return int(view(guest, "percpu_counter", address).counters) + space.PER_CPU & MASK64


@function("void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)")
def percpu_counter_add_batch(guest: Guest, address: int, amount: int, batch: int) -> None:
    """`lib/percpu_counter.c`: Add to the processor's part; when that reaches `batch`, move it to the sum."""
    place = _part(guest, address)
    part = guest.memory.s32(place) + amount
    if abs(part) >= batch:
        view(guest, "percpu_counter", address).count += part
        part = 0
    guest.memory.put(place, part, 4)


@function("void percpu_counter_set(struct percpu_counter *fbc, s64 amount)")
def percpu_counter_set(guest: Guest, address: int, amount: int) -> None:
    """`lib/percpu_counter.c`: Set the sum and clear the processor's part."""
    guest.memory.put(_part(guest, address), 0, 4)
    view(guest, "percpu_counter", address).count = amount


@function("void percpu_counter_sync(struct percpu_counter *fbc)")
def percpu_counter_sync(guest: Guest, address: int) -> None:
    """`lib/percpu_counter.c`: Move the processor's part to the sum."""
    percpu_counter_set(guest, address, percpu_counter_sum(guest, address))


@function("s64 __percpu_counter_sum(struct percpu_counter *fbc)")
def percpu_counter_sum(guest: Guest, address: int) -> int:
    """`lib/percpu_counter.c`: Return the sum with the processor's part."""
    return int(view(guest, "percpu_counter", address).count) + guest.memory.s32(_part(guest, address))


@function("int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)")
def percpu_counter_compare(guest: Guest, address: int, other: int, _batch: int) -> int:
    """`lib/percpu_counter.c`: Compare a counter with a number; return 1, 0 or -1."""
    count = percpu_counter_sum(guest, address)
    return int(count > other) - int(count < other)


@function("bool static_key_slow_inc(struct static_key *key)")
def static_key_slow_inc(guest: Guest, key: int) -> bool:
    """`kernel/jump_label.c`: Count a user of a static key; the first switches it on. Return true."""
    count = guest.memory.s32(key)
    if count > 0:
        guest.memory.put(key, count + 1, 4)
    else:
        switch(guest, key, True)
    return True


@function(
    "void static_key_slow_dec(struct static_key *key)", "void static_key_slow_dec_cpuslocked(struct static_key *key)"
)
def static_key_slow_dec(guest: Guest, key: int) -> None:
    """`kernel/jump_label.c`: Count a user of a static key less; the last switches it off. The warning of a key
    that is off is not modelled.
    """
    count = guest.memory.s32(key)
    if count <= 0:
        raise Needs("the warning about a static key that is off")
    if count > 1:
        guest.memory.put(key, count - 1, 4)
    else:
        switch(guest, key, False)


@function("void static_key_enable(struct static_key *key)", "void static_key_enable_cpuslocked(struct static_key *key)")
def static_key_enable(guest: Guest, key: int) -> None:
    """`kernel/jump_label.c`: Switch a static key on, if it is off."""
    if guest.memory.s32(key) <= 0:
        switch(guest, key, True)


@function(
    "void static_key_disable(struct static_key *key)", "void static_key_disable_cpuslocked(struct static_key *key)"
)
def static_key_disable(guest: Guest, key: int) -> None:
    """`kernel/jump_label.c`: Switch a static key off, if it is on."""
    if guest.memory.s32(key) > 0:
        switch(guest, key, False)


@function("void getboottime64(struct timespec64 *ts)")
def getboottime64(guest: Guest, result: int) -> None:
    """`kernel/time/timekeeping.c`: Write the wall-clock time at which the kernel was booted."""
    row = view(guest, "timespec64", result)
    row.tv_sec, row.tv_nsec = divmod(REAL_AT_BOOT, NANOSECONDS)


@function("bool ipv6_mod_enabled(void)")
def ipv6_mod_enabled(_guest: Guest) -> bool:
    """`net/ipv6/af_inet6.c`: Return true: IPv6 is not disabled."""
    return True


@function("bool drm_firmware_drivers_only(void)")
def drm_firmware_drivers_only(guest: Guest) -> bool:
    """`drivers/gpu/drm/drm_nomodeset.c`: Return whether the command line has `nomodeset`."""
    return "nomodeset" in guest.kernel.identity.cmdline.split()


@function("void nf_register_queue_handler(const struct nf_queue_handler *qh)")
def nf_register_queue_handler(guest: Guest, handler: int) -> None:
    """`net/netfilter/nf_queue.c`: Set the one handler of queued packets."""
    guest.table("nf_queue")["handler"] = handler


@function("void nf_unregister_queue_handler(void)")
def nf_unregister_queue_handler(guest: Guest) -> None:
    """`net/netfilter/nf_queue.c`: Remove the handler of queued packets."""
    guest.table("nf_queue").pop("handler", None)


@function("int nf_log_register(u8 pf, struct nf_logger *logger)")
def nf_log_register(guest: Guest, family: int, logger: int) -> int:
    """`net/netfilter/nf_log.c`: Register a logger for a family, or for all if that
    is 0; return 0, or -EEXIST where it has one of the type.
    """
    table = guest.table("nf_loggers")
    kind: int = view(guest, "nf_logger", logger).type
    wanted = range(13) if not family else (family,)
    if any((number, kind) in table for number in wanted):
        return -EEXIST
    table.update({(number, kind): logger for number in wanted})
    return 0


@function("void nf_log_unregister(struct nf_logger *logger)")
def nf_log_unregister(guest: Guest, logger: int) -> None:
    """`net/netfilter/nf_log.c`: Remove a logger from all families."""
    table = guest.table("nf_loggers")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]


@function("int nf_log_set(struct net *net, u8 pf, const struct nf_logger *logger)")
def nf_log_set(guest: Guest, _net: int, family: int, logger: int) -> int:
    """`net/netfilter/nf_log.c`: Use a logger for a family that uses none; return 0."""
    guest.table("nf_log_used").setdefault(family, logger)
    return 0


@function("void nf_log_unset(struct net *net, const struct nf_logger *logger)")
def nf_log_unset(guest: Guest, _net: int, logger: int) -> None:
    """`net/netfilter/nf_log.c`: Use a logger for no family any more."""
    table = guest.table("nf_log_used")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]


@function("struct regmap *dev_get_regmap(struct device *dev, const char *name)")
def dev_get_regmap(_guest: Guest, _device: int, _name: int) -> int:
    """`drivers/base/regmap/regmap.c`: Return NULL: no device has a register map."""
    return 0


@variable("nf_conn_btf_access_lock", 32)
def nf_conn_btf_access_lock(guest: Guest, address: int) -> None:
    """`net/core/filter.c`: Hold an unlocked mutex."""
    listhead.init(guest, view(guest, "mutex", address).wait_list.address())


@variable("nfct_btf_struct_access", 8)
def nfct_btf_struct_access(_guest: Guest, _address: int) -> None:
    """`net/core/filter.c`: Hold NULL, until nf_conntrack sets it."""


@variable("edac_op_state", 4)
def edac_op_state(guest: Guest, address: int) -> None:
    """`drivers/edac/edac_mc.c`: Hold -1, which is EDAC_OPSTATE_INVAL."""
    guest.memory.put(address, -1, 4)


@function("int anon_transport_class_register(struct anon_transport_class *atc)")
def anon_transport_class_register(guest: Guest, address: int) -> int:
    """`drivers/base/transport_class.c`: Register the class's container, whose attributes nobody shows; return 0."""
    whole = view(guest, "anon_transport_class", address)
    container = whole.container
    setattr(container, "class", address)
    container.flags |= 1
    attribute_container_register(guest, container.address())
    return 0


@function("void anon_transport_class_unregister(struct anon_transport_class *atc)")
def anon_transport_class_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/transport_class.c`: Unregister the container of an anonymous transport class."""
    attribute_container_unregister(guest, view(guest, "anon_transport_class", address).container.address())


@function("async_cookie_t async_schedule_node(void *func, void *data, int node)")
def async_schedule_node(guest: Guest, call: int, data: int, _node: int) -> int:
    """`kernel/async.c`: Call the function at once, which is one of the orders that are possible; return its cookie."""
    table = guest.table("async")
    table["cookie"] = table.get("cookie", 0) + 1
    guest.call(call, data, table["cookie"])
    return int(table["cookie"])


@function("void async_synchronize_full(void)")
def async_synchronize_full(_guest: Guest) -> None:
    """`kernel/async.c`: Return at once: every scheduled function was called already."""


@function("void async_synchronize_full_domain(struct async_domain *domain)")
def async_synchronize_full_domain(_guest: Guest, _domain: int) -> None:
    """`kernel/async.c`: Return at once: every function of the domain was called already."""


@function("void async_synchronize_cookie(async_cookie_t cookie)")
def async_synchronize_cookie(_guest: Guest, _cookie: int) -> None:
    """`kernel/async.c`: Return at once: every function before the cookie was called already."""

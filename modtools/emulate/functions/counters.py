"""Counters for each processor, static keys, and single switches of subsystems.

From Linux 6.1: `lib/percpu_counter.c`, `kernel/jump_label.c`, `kernel/time/timekeeping.c`, `net/ipv6/af_inet6.c`,
`net/netfilter/nf_queue.c`, `net/netfilter/nf_log.c`, `drivers/base/regmap/regmap.c`, `kernel/async.c`.
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
from modtools.linuxerrno import EEXIST


@function("int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp, struct lock_class_key *key)")
def percpu_counter_init(guest: Guest, address: int, amount: int, _flags: int, _key: int) -> int:
    """A sum, and a part of it for the processor."""
    counter = view(guest, "percpu_counter", address)
    guest.memory.put(address, 0, 4)
    counter.count = amount
    listhead.init(guest, counter.list.address())
    from modtools.emulate.functions.processors import alloc_percpu

    counter.counters = alloc_percpu(guest, 4, 4) & (1 << 64) - 1
    return 0


@function("void percpu_counter_destroy(struct percpu_counter *fbc)")
def percpu_counter_destroy(guest: Guest, address: int) -> None:
    """Gone."""
    from modtools.emulate.functions.processors import free_percpu

    counter = view(guest, "percpu_counter", address)
    if counter.counters:
        free_percpu(guest, counter.counters)
        counter.counters = 0


@variable("percpu_counter_batch", 4)
def percpu_counter_batch(guest: Guest, address: int) -> None:
    """How far the processor's part may be from 0 before the sum hears of it."""
    guest.memory.put(address, max(32, 2 * guest.machine.cpus), 4)


def _part(guest: Guest, address: int) -> int:
    """Where the processor's part stands."""
    return int(view(guest, "percpu_counter", address).counters) + space.PER_CPU & (1 << 64) - 1


@function("void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)")
def percpu_counter_add_batch(guest: Guest, address: int, amount: int, batch: int) -> None:
    """To the processor's part; when that becomes too large, it goes to the sum."""
    place = _part(guest, address)
    part = guest.memory.s32(place) + amount
    if abs(part) >= batch:
        view(guest, "percpu_counter", address).count += part
        part = 0
    guest.memory.put(place, part, 4)


@function("void percpu_counter_set(struct percpu_counter *fbc, s64 amount)")
def percpu_counter_set(guest: Guest, address: int, amount: int) -> None:
    """The sum."""
    guest.memory.put(_part(guest, address), 0, 4)
    view(guest, "percpu_counter", address).count = amount


@function("void percpu_counter_sync(struct percpu_counter *fbc)")
def percpu_counter_sync(guest: Guest, address: int) -> None:
    """The sum hears of the processor's part."""
    percpu_counter_set(guest, address, percpu_counter_sum(guest, address))


@function("s64 __percpu_counter_sum(struct percpu_counter *fbc)")
def percpu_counter_sum(guest: Guest, address: int) -> int:
    """With the processor's part."""
    return int(view(guest, "percpu_counter", address).count) + guest.memory.s32(_part(guest, address))


@function("int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)")
def percpu_counter_compare(guest: Guest, address: int, other: int, _batch: int) -> int:
    """1, 0 or -1."""
    count = percpu_counter_sum(guest, address)
    return int(count > other) - int(count < other)


@function("bool static_key_slow_inc(struct static_key *key)")
def static_key_slow_inc(guest: Guest, key: int) -> bool:
    """The first one switches it on."""
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
    """The last one switches it off."""
    count = guest.memory.s32(key)
    if count <= 0:
        raise Needs("the warning about a static key that is off")
    if count > 1:
        guest.memory.put(key, count - 1, 4)
    else:
        switch(guest, key, False)


@function("void static_key_enable(struct static_key *key)", "void static_key_enable_cpuslocked(struct static_key *key)")
def static_key_enable(guest: Guest, key: int) -> None:
    """On, however often it is asked for."""
    if guest.memory.s32(key) <= 0:
        switch(guest, key, True)


@function(
    "void static_key_disable(struct static_key *key)", "void static_key_disable_cpuslocked(struct static_key *key)"
)
def static_key_disable(guest: Guest, key: int) -> None:
    """Off."""
    if guest.memory.s32(key) > 0:
        switch(guest, key, False)


@function("void getboottime64(struct timespec64 *ts)")
def getboottime64(guest: Guest, result: int) -> None:
    """When the kernel was booted."""
    guest.memory.put(result, REAL_AT_BOOT // NANOSECONDS, 8)
    guest.memory.put(result + 8, REAL_AT_BOOT % NANOSECONDS, 8)


@function("bool ipv6_mod_enabled(void)")
def ipv6_mod_enabled(_guest: Guest) -> bool:
    """Yes."""
    return True


@function("bool drm_firmware_drivers_only(void)")
def drm_firmware_drivers_only(guest: Guest) -> bool:
    """Only with `nomodeset` on the command line."""
    return "nomodeset" in guest.kernel.identity.cmdline.split()


@function("void nf_register_queue_handler(const struct nf_queue_handler *qh)")
def nf_register_queue_handler(guest: Guest, handler: int) -> None:
    """There can be one."""
    guest.table("nf_queue")["handler"] = handler


@function("void nf_unregister_queue_handler(void)")
def nf_unregister_queue_handler(guest: Guest) -> None:
    """Gone."""
    guest.table("nf_queue").pop("handler", None)


@function("int nf_log_register(u8 pf, struct nf_logger *logger)")
def nf_log_register(guest: Guest, family: int, logger: int) -> int:
    """`struct nf_logger`: name 0, type 8: one of a type for each family; family 0 is all of them."""
    table = guest.table("nf_loggers")
    kind = guest.memory.u32(logger + 8)
    wanted = range(13) if not family else (family,)
    if any((number, kind) in table for number in wanted):
        return -EEXIST
    table.update({(number, kind): logger for number in wanted})
    return 0


@function("void nf_log_unregister(struct nf_logger *logger)")
def nf_log_unregister(guest: Guest, logger: int) -> None:
    """From all families."""
    table = guest.table("nf_loggers")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]


@function("int nf_log_set(struct net *net, u8 pf, const struct nf_logger *logger)")
def nf_log_set(guest: Guest, _net: int, family: int, logger: int) -> int:
    """The one that is used, unless there is one."""
    guest.table("nf_log_used").setdefault(family, logger)
    return 0


@function("void nf_log_unset(struct net *net, const struct nf_logger *logger)")
def nf_log_unset(guest: Guest, _net: int, logger: int) -> None:
    """Used no more."""
    table = guest.table("nf_log_used")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]


@function("struct regmap *dev_get_regmap(struct device *dev, const char *name)")
def dev_get_regmap(_guest: Guest, _device: int, _name: int) -> int:
    """None was ever made."""
    return 0


@variable("nf_conn_btf_access_lock", 32)
def nf_conn_btf_access_lock(guest: Guest, address: int) -> None:
    """A mutex."""
    guest.memory.put(address + 16, address + 16, 8)
    guest.memory.put(address + 24, address + 16, 8)


@variable("nfct_btf_struct_access", 8)
def nfct_btf_struct_access(_guest: Guest, _address: int) -> None:
    """NULL until nf_conntrack sets it."""


@variable("edac_op_state", 4)
def edac_op_state(guest: Guest, address: int) -> None:
    """`drivers/edac/edac_module.c`: EDAC_OPSTATE_INVAL."""
    guest.memory.put(address, -1, 4)


@function("int anon_transport_class_register(struct anon_transport_class *atc)")
def anon_transport_class_register(guest: Guest, address: int) -> int:
    """A container whose attributes nobody shows."""
    whole = view(guest, "anon_transport_class", address)
    container = whole.container
    setattr(container, "class", address)
    container.flags |= 1
    attribute_container_register(guest, container.address())
    return 0


@function("void anon_transport_class_unregister(struct anon_transport_class *atc)")
def anon_transport_class_unregister(guest: Guest, address: int) -> None:
    """Gone."""
    attribute_container_unregister(guest, view(guest, "anon_transport_class", address).container.address())


@function("async_cookie_t async_schedule_node(void *func, void *data, int node)")
def async_schedule_node(guest: Guest, call: int, data: int, _node: int) -> int:
    """Done at once, which is one of the orders that are possible."""
    table = guest.table("async")
    table["cookie"] = table.get("cookie", 0) + 1
    guest.call(call, data, table["cookie"])
    return int(table["cookie"])


@function("void async_synchronize_full(void)")
def async_synchronize_full(_guest: Guest) -> None:
    """All is done."""


@function("void async_synchronize_full_domain(struct async_domain *domain)")
def async_synchronize_full_domain(_guest: Guest, _domain: int) -> None:
    """All is done."""


@function("void async_synchronize_cookie(async_cookie_t cookie)")
def async_synchronize_cookie(_guest: Guest, _cookie: int) -> None:
    """All is done."""

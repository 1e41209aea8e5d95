"""Functions of subsystems of which few functions are provided.

From Linux 6.1: the files named beside each.
"""

from __future__ import annotations

from modtools.emulate import kobjects, listhead, space
from modtools.emulate.functions.pages import page_of
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new, offset_of, size_of, view
from modtools.kernel.log import NOTICE
from modtools.link.memory import PAGE
from modtools.linuxerrno import EINVAL, EIO, ENOMEM, ESRCH

_UNKNOWN = (1 << 64) - 1
_NOT_FOUND, _OK = 5, 0


@variable("efi", 264)
def efi(guest: Guest, address: int) -> None:
    """`drivers/firmware/efi/efi.c`: Mark all tables and services as missing: a BIOS has started the machine."""
    row = view(guest, "efi", address)
    for field in "acpi acpi20 smbios smbios3 esrt tpm_log tpm_final_log mokvar_table coco_secret".split():
        setattr(row, field, _UNKNOWN)


@function("acpi_status acpi_get_table(char *signature, u32 instance, struct acpi_table_header **out_table)")
def acpi_get_table(guest: Guest, signature: int, _instance: int, _result: int) -> int:
    """`drivers/acpi/acpica/tbxface.c`: Return AE_NOT_FOUND for a table that the machine lacks; a table that it has
    stops the run.
    """
    name = guest.text(signature, 4)
    if name in guest.machine.tables:
        raise Needs(f"the ACPI table {name}")
    return _NOT_FOUND


@function(
    "acpi_status acpi_install_address_space_handler(acpi_handle device, u8 space_id,"
    " void *handler, void *setup, void *context)"
)
def acpi_install_address_space_handler(
    guest: Guest, _device: int, number: int, handler: int, _setup: int, _context: int
) -> int:
    """`drivers/acpi/acpica/evxfregn.c`: Note the handler of an address space; return AE_OK. It is never called,
    because the machine's tables touch no such address.
    """
    guest.table("acpi_spaces")[number] = handler
    return _OK


@function("acpi_status acpi_remove_address_space_handler(acpi_handle device, u8 space_id, void *handler)")
def acpi_remove_address_space_handler(guest: Guest, _device: int, number: int, _handler: int) -> int:
    """`drivers/acpi/acpica/evxfregn.c`: Forget the handler of an address space; return AE_OK."""
    guest.table("acpi_spaces").pop(number, None)
    return _OK


@function("const struct dmi_device *dmi_find_device(int type, const char *name, const struct dmi_device *from)")
def dmi_find_device(_guest: Guest, _kind: int, _name: int, _start: int) -> int:
    """`drivers/firmware/dmi_scan.c`: Return NULL: SMBIOS tells of no device."""
    return 0


@function("int register_asymmetric_key_parser(struct asymmetric_key_parser *parser)")
def register_asymmetric_key_parser(guest: Guest, address: int) -> int:
    """`crypto/asymmetric_keys/asymmetric_type.c`: Note a parser of keys and log its name; return 0."""
    name = guest.text(view(guest, "asymmetric_key_parser", address).name)
    guest.table("key_parsers")[name] = address
    guest.printk(NOTICE, f"Asymmetric key parser '{name}' registered")
    return 0


@function("void unregister_asymmetric_key_parser(struct asymmetric_key_parser *parser)")
def unregister_asymmetric_key_parser(guest: Guest, address: int) -> None:
    """`crypto/asymmetric_keys/asymmetric_type.c`: Forget a parser of keys and log its name."""
    name = guest.text(view(guest, "asymmetric_key_parser", address).name)
    guest.table("key_parsers").pop(name, None)
    guest.printk(NOTICE, f"Asymmetric key parser '{name}' unregistered")


@function("struct class_compat *class_compat_register(const char *name)")
def class_compat_register(guest: Guest, name: int) -> int:
    """`drivers/base/class.c`: Make a folder under /sys/class; return a `struct class_compat` for it."""
    row = new(guest, "class_compat")
    row.kobj = kobjects.create(guest, guest.memory.text(name), kobjects.root(guest, "class_kset"))
    return row.address()


@function("void class_compat_unregister(struct class_compat *cls)")
def class_compat_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/class.c`: Remove the folder of a `struct class_compat`, and free it."""
    folder = view(guest, "class_compat", address).kobj
    kobjects.delete(guest, folder)
    kobjects.put(guest, folder)
    guest.heap.free(address)


@function("bool set_freezable(void)")
def set_freezable(_guest: Guest) -> bool:
    """`kernel/freezer.c`: Return False: nothing is ever frozen."""
    return False


@function("int static_key_count(struct static_key *key)")
def static_key_count(guest: Guest, key: int) -> int:
    """`kernel/jump_label.c`: Return how many times a key is switched on."""
    count = guest.memory.s32(key)
    return count if count >= 0 else 1


@function("void sg_init_table(struct scatterlist *sgl, unsigned int nents)")
def sg_init_table(guest: Guest, address: int, count: int) -> None:
    """`lib/scatterlist.c`: Clear a table of `nents` entries and mark the last one as the end."""
    guest.memory.write(address, bytes(guest.bounded(size_of("scatterlist") * count)))
    view(guest, "scatterlist", address + size_of("scatterlist") * (count - 1)).page_link = 2


@function("void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)")
def sg_init_one(guest: Guest, address: int, buffer: int, size: int) -> None:
    """`lib/scatterlist.c`: Make a table of one entry for `buflen` bytes of the direct map."""
    if not space.PAGE_OFFSET <= buffer < space.PAGE_OFFSET + space.DIRECT_SIZE:
        raise Needs("sg_init_one() outside of the direct map")
    sg_init_table(guest, address, 1)
    row = view(guest, "scatterlist", address)
    row.page_link, row.offset, row.length = page_of(buffer) | 2, buffer % PAGE, size


@function("int dst_cache_init(struct dst_cache *dst_cache, gfp_t gfp)")
def dst_cache_init(guest: Guest, address: int, flags: int) -> int:
    """`net/core/dst_cache.c`: Initialise an empty cache of routes; return 0 or -ENOMEM."""
    from modtools.emulate.functions.processors import alloc_percpu

    row = view(guest, "dst_cache", address)
    row.cache = alloc_percpu(guest, size_of("dst_cache_pcpu"), 8, flags) & _UNKNOWN
    row.reset_ts = guest.jiffies
    return 0 if row.cache else -ENOMEM


@function("void dst_cache_destroy(struct dst_cache *dst_cache)")
def dst_cache_destroy(guest: Guest, address: int) -> None:
    """`net/core/dst_cache.c`: Free a cache of routes; one that holds a route, which takes packets, stops the run."""
    from modtools.emulate.functions.processors import free_percpu

    place = view(guest, "dst_cache", address).cache
    if place and guest.memory.u64(place + space.PER_CPU & _UNKNOWN):
        raise Needs("dst_cache_destroy() with a route")
    free_percpu(guest, place)


@function("int xfrm_state_flush(struct net *net, u8 proto, bool task_valid)")
def xfrm_state_flush(_guest: Guest, _net: int, _protocol: int, _checked: int) -> int:
    """`net/xfrm/xfrm_state.c`: Return -ESRCH: there is no state to remove, because only programs make any."""
    return -ESRCH


@function("void xfrm_flush_gc(void)")
def xfrm_flush_gc(_guest: Guest) -> None:
    """`net/xfrm/xfrm_state.c`: Return at once, because no state waits to be freed."""


@function("int inet_hashinfo2_init_mod(struct inet_hashinfo *h)")
def inet_hashinfo2_init_mod(guest: Guest, address: int) -> int:
    """`net/ipv4/inet_hashtables.c`: Allocate 32 lists of listeners, each with an end mark of its own; return 0."""
    row, size = view(guest, "inet_hashinfo", address), size_of("inet_listen_hashbucket")
    row.lhash2 = guest.heap.kmalloc(32 * size)
    at = offset_of("inet_listen_hashbucket", "nulls_head")
    for number in range(32):
        guest.memory.put(row.lhash2 + size * number + at, (1 << 29 | number) << 1 | 1, 8)
    row.lhash2_mask = 31
    return 0


@function("int inet_ehash_locks_alloc(struct inet_hashinfo *hashinfo)")
def inet_ehash_locks_alloc(guest: Guest, address: int) -> int:
    """`net/ipv4/inet_hashtables.c`: Allocate two cache lines of locks for each processor, at most one lock for each
    list; return 0.
    """
    row = view(guest, "inet_hashinfo", address)
    count = 1 << (32 * guest.machine.cpus - 1).bit_length()
    count = min(count, row.ehash_mask + 1)
    row.ehash_locks = guest.heap.kmalloc(4 * count)
    row.ehash_locks_mask = count - 1
    return 0


@function("int dev_alloc_name(struct net_device *dev, const char *name)")
def dev_alloc_name(guest: Guest, address: int, pattern: int) -> int:
    """`net/core/dev.c`: Give a device the first free name of a pattern such as `eth%d`; return its
    number or -EINVAL.
    """
    text, taken = guest.text(pattern), guest.table("netdevs").values()
    if text.count("%") != 1 or "%d" not in text:
        return -EINVAL
    number = next(n for n in range(1 << 15) if text.replace("%d", str(n)) not in taken)
    place = view(guest, "net_device", address).address("name")
    guest.memory.write(place, text.replace("%d", str(number)).encode("utf-8", "surrogateescape")[:15] + b"\0")
    return number


@variable("hwpoison_filter_dev_major", 4)
@variable("hwpoison_filter_dev_minor", 4)
def hwpoison_filter_device(guest: Guest, address: int) -> None:
    """`mm/memory-failure.c`: Store ~0: the filter takes any device."""
    guest.memory.put(address, 0xFFFFFFFF, 4)


@variable("hwpoison_filter_enable", 4)
@variable("hwpoison_filter_flags_mask", 8)
@variable("hwpoison_filter_flags_value", 8)
@variable("hwpoison_filter_memcg", 8)
def hwpoison_filter(_guest: Guest, _address: int) -> None:
    """`mm/memory-failure.c`: Leave it 0: the filter is off."""


@variable("ibft_phys_addr", 8)
def ibft_phys_addr(_guest: Guest, _address: int) -> None:
    """`drivers/firmware/iscsi_ibft_find.c`: Leave it 0: the BIOS has started nothing from iSCSI."""


@function("void cxl_bus_drain(void)")
def cxl_bus_drain(_guest: Guest) -> None:
    """`drivers/cxl/core/port.c`: Return at once, because no work waits."""


@function("bool alloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)")
def alloc_cpumask_var_node(guest: Guest, place: int, _flags: int, _node: int) -> bool:
    """`lib/cpumask.c`: Allocate a mask with a bit for each processor and store its address; return True."""
    guest.memory.put(place, guest.heap.kmalloc(-(-guest.machine.cpus // 64) * 8), 8)
    return True


@function("void free_cpumask_var(void *mask)")
def free_cpumask_var(guest: Guest, address: int) -> None:
    """`lib/cpumask.c`: Free a mask of processors."""
    guest.heap.free(address)


@function("int dma_set_mask(struct device *dev, u64 mask)")
def dma_set_mask(guest: Guest, device: int, mask: int) -> int:
    """`kernel/dma/mapping.c`: Set a device's DMA mask, any of which reaches all memory; return 0, or -EIO for a device
    that has none.
    """
    place = view(guest, "device", device).dma_mask
    if not place:
        return -EIO
    guest.memory.put(place, mask, 8)
    return 0


@function("int dma_set_coherent_mask(struct device *dev, u64 mask)")
def dma_set_coherent_mask(guest: Guest, device: int, mask: int) -> int:
    """`kernel/dma/mapping.c`: Set a device's mask for coherent DMA; return 0."""
    view(guest, "device", device).coherent_dma_mask = mask
    return 0


@function(
    "int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key, struct shrinker *shrinker)"
)
def list_lru_init(guest: Guest, address: int, aware: int, _key: int, shrinker: int) -> int:
    """`mm/list_lru.c`: Initialise an empty list for the only memory node; return 0."""
    row = view(guest, "list_lru", address)
    row.node = guest.heap.kmalloc(size_of("list_lru_node"))
    listhead.init(guest, view(guest, "list_lru_node", row.node).lru.list.address())
    row.memcg_aware, row.shrinker_id = aware, view(guest, "shrinker", shrinker).id if shrinker else -1
    if aware:
        for place in (row.list.address(), row.list.address() + 8):
            guest.memory.put(place, row.list.address(), 8)
    return 0


@function("void list_lru_destroy(struct list_lru *lru)")
def list_lru_destroy(guest: Guest, address: int) -> None:
    """`mm/list_lru.c`: Free the list of the memory node."""
    row = view(guest, "list_lru", address)
    guest.heap.free(row.node)
    row.node = 0

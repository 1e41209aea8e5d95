"""The places in the kernel's own code where it warns or stops, found in the table of the kernel that runs.

Which WARN() of a function it is, is told by its number among those of a file of the source, from 0, in the order of
lines: that is the same in kernels whose lines and addresses differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from modtools.emulate.cpu.bug_table import WARNING
from modtools.light import NamedTuple
from modtools.profiles.bugs import Place

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


class Spot(NamedTuple):
    """A WARN() or BUG() as the source has it: file, function, and its number in both."""

    file: str
    function: str
    number: int = 0


SPOTS: Mapping[str, tuple[Spot, ...]] = {
    "__alloc_pages": (Spot("mm/page_alloc.c", "__alloc_pages"), Spot("mm/page_alloc.c", "__alloc_pages_noprof")),
    "__copy_overflow": (Spot("mm/maccess.c", "__copy_overflow"),),
    "__enable_irq": (Spot("kernel/irq/manage.c", "__enable_irq"),),
    "__flush_work": (Spot("kernel/workqueue.c", "__flush_work", 3), Spot("kernel/workqueue.c", "__flush_work", 1)),
    "__queue_work": (
        Spot("kernel/workqueue.c", "__queue_work", 2),
        Spot("kernel/workqueue.c", "__queue_work.part.0", 2),
    ),
    "__symbol_put": (Spot("kernel/module/main.c", "__symbol_put"),),
    "__timer_delete_sync": (Spot("kernel/time/timer.c", "__timer_delete_sync"),),
    "__queue_work: draining": (Spot("kernel/workqueue.c", "__queue_work"),),
    "__xlate_proc_name": (Spot("fs/proc/generic.c", "__xlate_proc_name"),),
    **{f"__proc_create {number}": (Spot("fs/proc/generic.c", "__proc_create", number),) for number in range(4)},
    "cache_from_obj": (Spot("mm/slab.h", "cache_from_obj", 1), Spot("mm/slub.c", "kmem_cache_free", 1)),
    "call_timer_fn": (Spot("kernel/time/timer.c", "call_timer_fn"),),
    "__dma_map_sg_attrs": (Spot("kernel/dma/mapping.c", "__dma_map_sg_attrs"),),
    "dma_alloc_attrs": (Spot("kernel/dma/mapping.c", "dma_alloc_attrs"),),
    "dma_map_page_attrs": (Spot("kernel/dma/mapping.c", "dma_map_page_attrs"),),
    "cdev_add": (Spot("fs/char_dev.c", "cdev_add"),),
    "device_create_file: store": (Spot("drivers/base/core.c", "device_create_file"),),
    "device_create_file: show": (Spot("drivers/base/core.c", "device_create_file", 1),),
    "device_release": (Spot("drivers/base/core.c", "device_release"),),
    "do_user_addr_fault": (Spot("arch/x86/mm/fault.c", "do_user_addr_fault", 1),),
    "__warn_thunk": (Spot("arch/x86/kernel/cpu/bugs.c", "__warn_thunk"),),
    "do_one_initcall": (Spot("init/main.c", "do_one_initcall"),),
    "driver_unregister": (Spot("drivers/base/driver.c", "driver_unregister"),),
    "flush_work": (Spot("kernel/workqueue.c", "flush_work", 1), Spot("kernel/workqueue.c", "__flush_work", 3)),
    "format_decode": (Spot("lib/vsprintf.c", "format_decode"),),
    "fortify_panic": (Spot("lib/string_helpers.c", "fortify_panic"), Spot("lib/string_helpers.c", "__fortify_panic")),
    "__fortify_report": (Spot("lib/string_helpers.c", "__fortify_report"),),
    "free_irq": (Spot("kernel/irq/manage.c", "free_irq", 1),),
    "free_large_kmalloc": (Spot("mm/slab_common.c", "free_large_kmalloc"), Spot("mm/slub.c", "free_large_kmalloc")),
    "__i2c_add_numbered_adapter": (Spot("drivers/i2c/i2c-core-base.c", "__i2c_add_numbered_adapter"),),
    "i2c_register_adapter": (Spot("drivers/i2c/i2c-core-base.c", "i2c_register_adapter", 1),),
    "__kernel_read": (Spot("fs/read_write.c", "__kernel_read"),),
    "__kernel_write": (Spot("fs/read_write.c", "__kernel_write_iter"),),
    "ioremap on RAM": (Spot("arch/x86/mm/ioremap.c", "__ioremap_caller"),),
    "ioremap: invalid": (Spot("arch/x86/mm/ioremap.c", "__ioremap_caller.cold"),),
    "kmem_cache_destroy": (Spot("mm/slab_common.c", "kmem_cache_destroy"),),
    "kvmalloc_node": (Spot("mm/util.c", "kvmalloc_node"), Spot("mm/util.c", "__kvmalloc_node_noprof")),
    "memremap": (Spot("kernel/iomem.c", "memremap", 1),),
    "ida_free": (Spot("lib/idr.c", "ida_free"),),
    "internal_create_group": (Spot("fs/sysfs/group.c", "internal_create_group", 3),),
    "kobject_add_internal": (Spot("lib/kobject.c", "kobject_add_internal"),),
    "kobject_get": (Spot("lib/kobject.c", "kobject_get"),),
    "kobject_put": (Spot("lib/kobject.c", "kobject_put"),),
    "misc_deregister": (Spot("drivers/char/misc.c", "misc_deregister"),),
    "module_put": (Spot("kernel/module/main.c", "module_put"),),
    "proc_register": (Spot("fs/proc/generic.c", "proc_register"),),
    "remove_proc_entry: name": (Spot("fs/proc/generic.c", "remove_proc_entry", 1),),
    "remove_proc_entry: leak": (Spot("fs/proc/generic.c", "remove_proc_entry", 2),),
    "set_freepointer": (
        Spot("mm/slub.c", "__slab_free"),
        Spot("mm/slub.c", "kmem_cache_free"),
        Spot("mm/slub.c", "kfree"),
    ),
    "warn_kprobe_rereg": (Spot("kernel/kprobes.c", "register_kprobe", 1),),
    "sysfs_remove_group": (Spot("fs/sysfs/group.c", "sysfs_remove_group"),),
    "rcu_note_context_switch": (Spot("kernel/rcu/tree_plugin.h", "rcu_note_context_switch", 7),),
    "usercopy_abort": (Spot("mm/usercopy.c", "usercopy_abort"),),
    "vfree: bad address": (Spot("mm/vmalloc.c", "__vunmap"), Spot("mm/vmalloc.c", "remove_vm_area")),
    "vfree: no area": (Spot("mm/vmalloc.c", "__vunmap", 1), Spot("mm/vmalloc.c", "vfree")),
    "vmalloc": (Spot("mm/vmalloc.c", "__vmalloc_node_range"), Spot("mm/vmalloc.c", "__vmalloc_node_range_noprof")),
    **{f"refcount_t {number}": (Spot("lib/refcount.c", "refcount_warn_saturate", number),) for number in range(6)},
}
"""By a name: where it is in the kernels that are known, each of which has one of these. The first is Linux 6.1's."""


def find(guest: Guest, name: str, *, warning: bool = True) -> Place | None:
    """Return the place of this name in the kernel that runs, None where it is not known."""
    for spot in SPOTS[name]:
        rows = _rows(guest, spot, spot.function) or _rows(guest, spot, f"{spot.function}.part.0")
        rows = [row for row in rows if bool(row.flags & WARNING) == warning]
        if spot.number < len(rows):
            return rows[spot.number]
    return None


def _rows(guest: Guest, spot: Spot, function: str) -> list[Place]:
    """Return the places of a file of the source that are in a function of the kernel's."""
    return [row for row in _in_function(guest, function) if row.file == spot.file]


def _in_function(guest: Guest, function: str) -> Iterator[Place]:
    """Yield the places in a function of the kernel's, by file and line; none where they are not known."""
    rows = guest.kernel.kallsyms if guest.profile.bugs else []
    start = next((address for address, _, name in rows if name == function), None)
    if start is not None:
        end = next((address for address, _, _ in rows if address > start), start)
        yield from (place for place in guest.profile.bugs if start <= place.address < end)

"""block/elevator.c: Registering I/O schedulers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm import slab_common
from modtools.emulate.objects import caches
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import layout, view
from modtools.kernel.log import INFO
from modtools.linuxerrno import EBUSY

_BUILT_IN = "mq-deadline"


@function("int elv_register(struct elevator_type *e)")
def elv_register(guest: Guest, address: int) -> int:
    """Register an I/O scheduler and say so; return 0, or -EBUSY for a name that is taken. One without the operations
    that it must have stops the run.
    """
    kind = view(guest, "elevator_type", address)
    if not (kind.ops.finish_request and kind.ops.insert_requests and kind.ops.dispatch_request):
        raise Needs("the warning of elv_register()")
    name, table = guest.text(kind.elevator_name), guest.table("elevators")
    if name in table or name == _BUILT_IN:
        return -EBUSY
    if kind.icq_size:
        limit = layout(guest, "elevator_type").fields["icq_cache_name"][1]
        text = f"{name}_io_cq".encode("utf-8", "surrogateescape")[: limit - 1] + b"\0"
        guest.memory.write(kind.address("icq_cache_name"), text)
        kind.icq_cache = caches.create(guest, kind.address("icq_cache_name"), kind.icq_size, kind.icq_align, 0)
    table[name] = address
    guest.printk(INFO, f"io scheduler {name} registered")
    return 0


@function("void elv_unregister(struct elevator_type *e)")
def elv_unregister(guest: Guest, address: int) -> None:
    """Forget an I/O scheduler, and free the cache that was made for it."""
    kind = view(guest, "elevator_type", address)
    guest.table("elevators").pop(guest.text(kind.elevator_name), None)
    slab_common.kmem_cache_destroy(guest, kind.icq_cache)
    kind.icq_cache = 0

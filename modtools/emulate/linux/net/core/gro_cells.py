"""net/core/gro_cells.c: Polling for tunnels."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.percpu import alloc_percpu, free_percpu
from modtools.emulate.linux.net.core.dev import (
    NO_BUSY_POLL,
    napi_disable,
    napi_enable,
    netif_napi_add_weight,
    netif_napi_del,
)
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, size_of, view
from modtools.linuxerrno import ENOMEM


@function("int gro_cells_init(struct gro_cells *gcells, struct net_device *dev)")
def gro_cells_init(guest: Guest, address: int, device: int) -> int:
    """Give a device a queue and a poll function for each processor; return 0 or -ENOMEM."""
    place = alloc_percpu(guest, size_of(guest, "gro_cell"), 8)
    view(guest, "gro_cells", address).cells = place
    if not place:
        return -ENOMEM
    listhead.init(guest, guest.per_cpu.here(place) + offset_of(guest, "gro_cell", "napi_skbs"))
    napi = guest.per_cpu.here(place) + offset_of(guest, "gro_cell", "napi")
    view(guest, "napi_struct", napi).state |= NO_BUSY_POLL
    netif_napi_add_weight(guest, device, napi, guest.address_of("gro_cell_poll"), 64)
    napi_enable(guest, napi)
    return 0


@function("void gro_cells_destroy(struct gro_cells *gcells)")
def gro_cells_destroy(guest: Guest, address: int) -> None:
    """Remove a device's queues with their poll functions, and free them."""
    cells = view(guest, "gro_cells", address)
    if cells.cells:
        napi = guest.per_cpu.here(cells.cells) + offset_of(guest, "gro_cell", "napi")
        napi_disable(guest, napi)
        netif_napi_del(guest, napi)
        free_percpu(guest, cells.cells)
        cells.cells = 0

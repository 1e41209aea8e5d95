"""Polling of network devices: set up and taken down. No device ever has a packet, so nothing is polled.

From Linux 6.1: `net/core/dev.c`, `net/core/gro_cells.c`, `include/linux/netdevice.h`.
"""

from __future__ import annotations

from modtools.emulate import listhead, space
from modtools.emulate.functions.processors import alloc_percpu, free_percpu
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import offset_of, size_of, view
from modtools.integers import MASK64
from modtools.linuxerrno import ENOMEM

_SCHEDULED, _NETPOLL, _LISTED, _NO_BUSY_POLL = 1 << 0, 1 << 3, 1 << 4, 1 << 5


def napi_add(guest: Guest, device: int, address: int, poll: int, weight: int) -> None:
    """Add a poll function to a device: not scheduled, and off."""
    napi = view(guest, "napi_struct", address)
    if napi.state & _LISTED:
        return
    for field in ("poll_list", "rx_list"):
        listhead.init(guest, napi.address(field))
    napi.poll, napi.weight, napi.dev, napi.poll_owner = poll, weight, device, -1
    napi.state |= _LISTED | _SCHEDULED | _NETPOLL
    listhead.add(guest, napi.address("dev_list"), view(guest, "net_device", device).address("napi_list"))


@function("void netif_napi_add_weight(struct net_device *dev, struct napi_struct *napi, void *poll, int weight)")
def netif_napi_add_weight(guest: Guest, device: int, address: int, poll: int, weight: int) -> None:
    """`net/core/dev.c`: Add a poll function to a device; it is off until `napi_enable()`."""
    napi_add(guest, device, address, poll, weight)


@function("void __netif_napi_del(struct napi_struct *napi)")
def netif_napi_del(guest: Guest, address: int) -> None:
    """`net/core/dev.c`: Remove a poll function from its device's list."""
    napi = view(guest, "napi_struct", address)
    if napi.state & _LISTED:
        napi.state &= ~_LISTED
        listhead.take_out(guest, napi.address("dev_list"))


@function("void napi_enable(struct napi_struct *n)")
def napi_enable(guest: Guest, address: int) -> None:
    """`net/core/dev.c`: Allow a poll function to be scheduled."""
    view(guest, "napi_struct", address).state &= ~(_SCHEDULED | _NETPOLL)


@function("void napi_disable(struct napi_struct *n)")
def napi_disable(guest: Guest, address: int) -> None:
    """`net/core/dev.c`: Keep a poll function from being scheduled."""
    view(guest, "napi_struct", address).state |= _SCHEDULED | _NETPOLL


def _cell(place: int) -> int:
    return place + space.PER_CPU & MASK64


@function("int gro_cells_init(struct gro_cells *gcells, struct net_device *dev)")
def gro_cells_init(guest: Guest, address: int, device: int) -> int:
    """`net/core/gro_cells.c`: Give a device a queue and a poll function for each processor; return 0 or -ENOMEM."""
    place = alloc_percpu(guest, size_of("gro_cell"), 8) & MASK64
    view(guest, "gro_cells", address).cells = place
    if not place:
        return -ENOMEM
    listhead.init(guest, _cell(place) + offset_of("gro_cell", "napi_skbs"))
    napi = _cell(place) + offset_of("gro_cell", "napi")
    view(guest, "napi_struct", napi).state |= _NO_BUSY_POLL
    napi_add(guest, device, napi, guest.address_of("gro_cell_poll"), 64)
    napi_enable(guest, napi)
    return 0


@function("void gro_cells_destroy(struct gro_cells *gcells)")
def gro_cells_destroy(guest: Guest, address: int) -> None:
    """`net/core/gro_cells.c`: Remove and free a device's queues with their poll functions."""
    cells = view(guest, "gro_cells", address)
    if cells.cells:
        napi = _cell(cells.cells) + offset_of("gro_cell", "napi")
        napi_disable(guest, napi)
        netif_napi_del(guest, napi)
        free_percpu(guest, cells.cells)
        cells.cells = 0

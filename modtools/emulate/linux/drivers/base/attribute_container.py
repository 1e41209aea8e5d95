"""drivers/base/attribute_container.c: Containers of attributes, which are added to devices of other subsystems."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function(
    "int attribute_container_register(struct attribute_container *cont)",
    "void attribute_container_register(struct attribute_container *cont)",
)
def attribute_container_register(guest: Guest, address: int) -> int:
    """Note a container and make its list empty (a klist: a lock, then a list); return 0."""
    guest.table("attribute_containers")[address] = 1
    containers = view(guest, "attribute_container", address).containers
    listhead.init(guest, containers.k_list.address())
    return 0


@function("int attribute_container_unregister(struct attribute_container *cont)")
def attribute_container_unregister(guest: Guest, address: int) -> int:
    """Forget a container; return 0. It is empty, because only devices of a transport class fill it."""
    guest.table("attribute_containers").pop(address, None)
    return 0

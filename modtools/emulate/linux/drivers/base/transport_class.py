"""drivers/base/transport_class.c: Transport classes, which add attributes to the devices of a bus."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.attribute_container import (
    attribute_container_register,
    attribute_container_unregister,
)
from modtools.emulate.linux.drivers.base.class_ import class_unregister
from modtools.emulate.objects.classes import register as register_class
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function(
    "int anon_transport_class_register(struct anon_transport_class *atc)",
    "void anon_transport_class_register(struct anon_transport_class *atc)",
)
def anon_transport_class_register(guest: Guest, address: int) -> int:
    """Register the class's container, whose attributes nobody shows; return 0."""
    whole = view(guest, "anon_transport_class", address)
    container = whole.container
    setattr(container, "class", address)
    container.flags |= 1
    attribute_container_register(guest, container.address())
    return 0


@function("void anon_transport_class_unregister(struct anon_transport_class *atc)")
def anon_transport_class_unregister(guest: Guest, address: int) -> None:
    """Unregister the container of an anonymous transport class."""
    attribute_container_unregister(guest, view(guest, "anon_transport_class", address).container.address())


@function("int transport_class_register(struct transport_class *tclass)")
def transport_class_register(guest: Guest, address: int) -> int:
    """Register the class of a transport class; return 0 or an error."""
    return register_class(guest, address)


@function("void transport_class_unregister(struct transport_class *tclass)")
def transport_class_unregister(guest: Guest, address: int) -> None:
    """Unregister the class of a transport class."""
    class_unregister(guest, address)


def _check_containers(guest: Guest) -> None:
    if guest.table("attribute_containers"):
        raise Needs("devices of a transport class")


@function("int transport_add_device(struct device *dev)")
def transport_add_device(guest: Guest, _device: int) -> int:
    """Return 0 where there is no container; one that might want the device stops the run."""
    _check_containers(guest)
    return 0


@function(
    "void transport_setup_device(struct device *dev)",
    "void transport_remove_device(struct device *dev)",
    "void transport_configure_device(struct device *dev)",
    "void transport_destroy_device(struct device *dev)",
)
def transport_setup_device(guest: Guest, _device: int) -> None:
    """Do nothing where there is no container; one that might want the device stops the run."""
    _check_containers(guest)

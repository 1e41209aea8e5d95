"""Transport classes, and drivers of auxiliary devices and of devices behind serial ports.

From Linux 6.1: `drivers/base/attribute_container.c`, `drivers/base/transport_class.c`, `drivers/base/auxiliary.c`,
`drivers/tty/serdev/core.c`.
"""

from __future__ import annotations

from modtools.emulate import listhead
from modtools.emulate.builtin import fill_bus, register
from modtools.emulate.functions import bus as buses
from modtools.emulate.functions.devclass import class_unregister
from modtools.emulate.functions.devclass import register as register_class
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view


@function("int attribute_container_register(struct attribute_container *cont)")
def attribute_container_register(guest: Guest, address: int) -> int:
    """`drivers/base/attribute_container.c`: Note a container and make its list empty (a klist: a lock, then a list);
    return 0.
    """
    guest.table("attribute_containers")[address] = 1
    containers = view(guest, "attribute_container", address).containers
    listhead.init(guest, containers.k_list.address())
    return 0


@function("int attribute_container_unregister(struct attribute_container *cont)")
def attribute_container_unregister(guest: Guest, address: int) -> int:
    """`drivers/base/attribute_container.c`: Forget a container; return 0. It is empty, because only devices of a
    transport class fill it.
    """
    guest.table("attribute_containers").pop(address, None)
    return 0


@function("int transport_class_register(struct transport_class *tclass)")
def transport_class_register(guest: Guest, address: int) -> int:
    """`drivers/base/transport_class.c`: Register the class of a transport class; return 0 or an error."""
    return register_class(guest, address)


@function("void transport_class_unregister(struct transport_class *tclass)")
def transport_class_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/transport_class.c`: Unregister the class of a transport class."""
    class_unregister(guest, address)


def _check_containers(guest: Guest) -> None:
    if guest.table("attribute_containers"):
        raise Needs("devices of a transport class")


@function("int transport_add_device(struct device *dev)")
def transport_add_device(guest: Guest, _device: int) -> int:
    """`drivers/base/transport_class.c`: Return 0 where there is no container; one that might want the device stops the
    run.
    """
    _check_containers(guest)
    return 0


@function(
    "void transport_setup_device(struct device *dev)",
    "void transport_remove_device(struct device *dev)",
    "void transport_configure_device(struct device *dev)",
    "void transport_destroy_device(struct device *dev)",
)
def transport_setup_device(guest: Guest, _device: int) -> None:
    """`drivers/base/transport_class.c`: Do nothing where there is no container; one that might want the device stops
    the run.
    """
    _check_containers(guest)


@variable("auxiliary_bus_type", 184)
def auxiliary_bus_type(guest: Guest, address: int) -> None:
    """`drivers/base/auxiliary.c`: Fill in the bus of devices that are parts of others."""
    fill_bus(guest, address, "auxiliary")


@function("int __auxiliary_driver_register(struct auxiliary_driver *auxdrv, struct module *owner, const char *modname)")
def auxiliary_driver_register(guest: Guest, address: int, owner: int, module_name: int) -> int:
    """`drivers/base/auxiliary.c`: Register a driver as `module.name`, or `module`; return 0 or an error."""
    driver = view(guest, "auxiliary_driver", address)
    text = guest.memory.text(module_name)
    if driver.name:
        text += b"." + guest.memory.text(driver.name)
    own = driver.driver
    own.mod_name = module_name
    return register(guest, own.address(), "auxiliary_bus_type", owner, guest.new_text(text))


@function("void auxiliary_driver_unregister(struct auxiliary_driver *auxdrv)")
def auxiliary_driver_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/auxiliary.c`: Unregister a driver and free its name."""
    own = view(guest, "auxiliary_driver", address).driver
    name = own.name
    buses.unregister(guest, own.address())
    guest.heap.free(name)


@variable("serdev_bus_type", 184)
def serdev_bus_type(guest: Guest, address: int) -> None:
    """`drivers/tty/serdev/core.c`: Fill in the bus of devices behind serial ports; there are none."""
    fill_bus(guest, address, "serial")


@function("int __serdev_device_driver_register(struct serdev_device_driver *sdrv, struct module *owner)")
def serdev_device_driver_register(guest: Guest, address: int, owner: int) -> int:
    """`drivers/tty/serdev/core.c`: Register a driver of devices behind serial ports; return 0 or an error.
    `driver_unregister()` unregisters it.
    """
    return register(guest, view(guest, "serdev_device_driver", address).driver.address(), "serdev_bus_type", owner)

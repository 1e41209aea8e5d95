"""drivers/hv/vmbus_drv.c: The bus of Hyper-V's devices, which this machine does not have."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import INFO
from modtools.linuxerrno import ENODEV


def _name(guest: Guest, driver: int) -> str:
    return guest.text(guest.memory.u64(driver))  # the first field of a struct hv_driver


@function("int __vmbus_driver_register(struct hv_driver *hv_driver, struct module *owner, const char *mod_name)")
def vmbus_driver_register(guest: Guest, driver: int, _owner: int, _module: int) -> int:
    """Say which driver is registered, and return -ENODEV: there is no such bus."""
    guest.printk(INFO, f"hv_vmbus: registering driver {_name(guest, driver)}")
    return -ENODEV


@function("void vmbus_driver_unregister(struct hv_driver *hv_driver)")
def vmbus_driver_unregister(guest: Guest, driver: int) -> None:
    """Say which driver is unregistered; none is registered."""
    guest.printk(INFO, f"hv_vmbus: unregistering driver {_name(guest, driver)}")

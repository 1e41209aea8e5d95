"""Drivers of buses that some kernels have built in."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.acpi import bus as acpi
from modtools.emulate.linux.drivers.cxl.core import port
from modtools.emulate.linux.drivers.dax import bus as dax
from modtools.emulate.linux.drivers.firmware.google import coreboot_table
from modtools.emulate.linux.drivers.i2c import i2c_core_base
from modtools.emulate.linux.drivers.virtio import virtio
from modtools.emulate.objects import records
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Variable, find
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import EINVAL
from tests.emulated import code, words


@pytest.mark.parametrize(
    ("kind", "field", "bus", "entry", "register", "unregister"),
    [
        (
            "virtio_driver",
            "driver",
            "virtio_bus",
            find("virtio_bus"),
            virtio.register_virtio_driver,
            virtio.unregister_virtio_driver,
        ),
        (
            "coreboot_driver",
            "drv",
            "coreboot_bus_type",
            find("coreboot_bus_type"),
            coreboot_table.coreboot_driver_register,
            coreboot_table.coreboot_driver_unregister,
        ),
        (
            "acpi_driver",
            "drv",
            "acpi_bus_type",
            find("acpi_bus_type"),
            acpi.acpi_bus_register_driver_of,
            acpi.acpi_bus_unregister_driver,
        ),
        (
            "cxl_driver",
            "drv",
            "cxl_bus_type",
            find("cxl_bus_type"),
            port.cxl_driver_register,
            port.cxl_driver_unregister,
        ),
        (
            "dax_device_driver",
            "drv",
            "dax_bus_type",
            find("dax_bus_type"),
            dax.dax_driver_register,
            dax.dax_driver_unregister,
        ),
    ],
)
def test_a_driver_comes_and_goes(
    guest: Guest, kind: str, field: str, bus: str, entry: object, register: object, unregister: object
) -> None:
    """It is on its bus, and its module's; then it is gone."""
    assert isinstance(entry, Variable)
    assert callable(register)
    assert callable(unregister)
    driver = new(guest, kind)
    if kind == "cxl_driver":
        assert port.cxl_driver_register(guest, driver.address(), 0, 0) == -EINVAL
        driver.name, driver.probe, driver.id = guest.new_text(b"demo"), 1, 1
    if kind == "dax_device_driver":
        assert dax.dax_driver_register(guest, driver.address(), 0, 0) == -EINVAL
        driver.probe = 1
    own = getattr(driver, field)
    own.name = guest.new_text(b"demo")
    if kind == "acpi_driver":
        guest.memory.write(driver.address("name"), b"demo\0")
    assert (
        register(guest, driver.address(), 0x1234, *((own.name,) if kind in ("cxl_driver", "dax_device_driver") else ()))
        == 0
    )
    assert (own.bus, own.owner) == (guest.address_of(bus), 0x1234)
    drivers = guest.table("buses")[own.bus]["drivers"]
    assert drivers == [own.address()]
    unregister(guest, driver.address())
    assert drivers == []


def test_features_of_a_virtio_driver_have_a_table(guest: Guest) -> None:
    """Linux has a BUG() where they have none."""
    driver = view(guest, "virtio_driver", new(guest, "virtio_driver").address())
    driver.feature_table_size = 1
    with pytest.raises(Needs, match="BUG"):
        virtio.register_virtio_driver(guest, driver.address(), 0)


@pytest.mark.parametrize(("answer", "calls"), [(0, 2), (5, 1)])
def test_devices_on_i2c_are_gone_through(guest: Guest, answer: int, calls: int) -> None:
    """Until the function returns other than 0, which is returned."""
    bus = guest.address_of("i2c_bus_type")
    guest.memory.u64(bus)
    records.bus_row(guest, bus)["devices"] += [0x1000, 0x2000]
    count = words(guest, 0)
    call = code(guest, f"ff06 b8{answer:02x}000000 c3".replace(" ", ""))  # incl (%rsi); mov $answer, %eax; ret
    assert i2c_core_base.i2c_for_each_dev(guest, count, call) == answer
    assert guest.memory.u64(count) == calls

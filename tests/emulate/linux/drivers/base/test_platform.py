"""Tests of modtools/emulate/linux/drivers/base/platform.py."""

from __future__ import annotations

import pytest

from modtools.emulate.files import entries, fileops
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import bus, platform
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, size_of, view
from modtools.kernel.log import raw_lines
from modtools.linuxerrno import EBUSY, ENXIO
from tests.emulated import both_kernels, code, log

pytest.importorskip("unicorn")


def resource(guest: Guest, *rows: tuple[int, int, int, bytes]) -> int:
    """A table of resources: first, last, flags, name."""
    table = guest.heap.kmalloc(size_of(guest, "resource") * len(rows))
    for number, (first, last, flags, name) in enumerate(rows):
        row = view(guest, "resource", table + number * size_of(guest, "resource"))
        row.start, row.end, row.flags, row.name = first, last, flags, guest.new_text(name) if name else 0
    return table


def device(guest: Guest, number: int, table: int, count: int) -> int:
    """A platform device with resources, not added yet."""
    address = platform.platform_device_alloc(guest, guest.new_text(b"demo"), number)
    assert platform.platform_device_add_resources(guest, address, table, count) == 0
    return int(address)


@both_kernels
def test_resources_of_a_platform_device(guest: Guest) -> None:
    """They are found by kind and number or name; one across the border of another's is not given, and that is told."""
    table = resource(
        guest,
        (0x50000000, 0x50000FFF, 0x200, b""),
        (5, 5, 0x400, b"ready"),
        (0x50001000, 0x500010FF, 0x200, b"second"),
    )
    one = device(guest, 0, table, 3)
    assert platform.platform_device_add(guest, one) == 0
    found = platform.platform_get_resource(guest, one, 0x200, 1)
    assert view(guest, "resource", found).start == 0x50001000
    assert platform.platform_get_resource_byname(guest, one, 0x200, guest.new_text(b"second")) == found
    assert platform.platform_get_resource_byname(guest, one, 0x200, guest.new_text(b"demo.0")) != 0
    assert platform.platform_get_resource(guest, one, 0x200, 2) == 0
    assert platform.platform_get_irq(guest, one, 0) == 5
    assert platform.platform_get_irq_byname(guest, one, guest.new_text(b"ready")) == 5
    assert platform.platform_irq_count(guest, one) == 1
    assert platform.platform_get_irq(guest, one, 1) == -ENXIO
    two = device(guest, 1, resource(guest, (0x50000800, 0x500017FF, 0x200, b"")), 1)
    assert platform.platform_device_add(guest, two) == -EBUSY
    platform.platform_device_del(guest, one)
    assert platform.platform_device_add(guest, device(guest, 2, table, 3)) == 0
    assert list(raw_lines(guest.kernel.log.readable())) == [
        "<3>platform demo.0: error -ENXIO: IRQ index 1 not found",
        "<3>platform demo.1: failed to claim resource 0: [mem 0x50000800-0x500017ff]",
    ]


@both_kernels
def test_where_the_machine_has_memory_nobody_is_asked(guest: Guest) -> None:
    """A resource within what the machine itself has stops the run."""
    with pytest.raises(Needs, match="memory map"):
        platform.platform_device_add(guest, device(guest, 0, resource(guest, (0x1000, 0x1FFF, 0x200, b"")), 1))


def failing(guest: Guest) -> list[str]:
    """What is logged of a probe() that returns -EIO."""
    driver = new(guest, "platform_driver")
    driver.driver.name, driver.probe = guest.new_text(b"demo"), code(guest, "b8fbffffffc3")  # mov $-5, %eax; ret
    assert platform.platform_driver_register(guest, driver.address(), 0) == 0
    one = platform.platform_device_alloc(guest, guest.new_text(b"demo"), 5)
    assert platform.platform_device_add(guest, one) == 0
    return log(guest)


def test_a_probe_that_fails_is_a_warning(guest: Guest) -> None:
    """Linux 6.1 warns in its driver's name."""
    assert failing(guest) == ["<4>demo: probe of demo.5 failed with error -5"]


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
def test_a_probe_that_fails_is_the_devices_error(guest: Guest) -> None:
    """Later it is an error of the device's."""
    assert failing(guest) == ["<3>demo demo.5: probe with driver demo failed with error -5"]


@pytest.mark.parametrize(("guest", "first"), [("debian-12", 1), ("debian-13", 0)], indirect=["guest"])
def test_notifiers_of_a_bus_are_told(guest: Guest, first: int) -> None:
    """Of a device that comes and goes, with the numbers of the kernel's version: added, to be removed, removed."""
    told = guest.heap.pages(1)
    # mov $told + 8, %rax; mov -8(%rax), %rcx; mov %esi, (%rax,%rcx,4); incl -8(%rax); xor %eax, %eax; ret
    call = code(guest, f"48b8{(told + 8).to_bytes(8, 'little').hex()}488b48f8893488ff40f831c0c3")
    block = new(guest, "notifier_block")
    block.notifier_call = call
    kind = guest.address_of("platform_bus_type")
    guest.memory.u64(kind)
    assert bus.bus_register_notifier(guest, kind, block.address()) == 0
    one = platform.platform_device_alloc(guest, guest.new_text(b"demo"), 5)
    assert platform.platform_device_add(guest, one) == 0
    platform.platform_device_del(guest, one)
    assert guest.memory.u64(told) == 3
    assert [guest.memory.u32(told + 8 + 4 * number) for number in range(3)] == [first, first + 1, first + 2]


@both_kernels
def test_the_files_of_a_platform_device(guest: Guest) -> None:
    """Its alias stands in `modalias` and in its uevent; `driver_override` is one line, none if that is empty."""
    one = platform.platform_device_alloc(guest, guest.new_text(b"demo"), 3)
    assert platform.platform_device_add(guest, one) == 0
    shown = entries.entries(guest, "/sys/devices/platform/demo.3")
    assert shown.keys() == {"uevent", "subsystem", "power", "modalias", "driver_override"}
    environment = new(guest, "kobj_uevent_env")
    own = view(guest, "platform_device", one).dev.address()
    assert platform.platform_uevent(guest, own, environment.address()) == 0
    assert guest.text(environment.address("buf")) == "MODALIAS=platform:demo"

    def text(name: str) -> bytes:
        assert fileops.read(guest, shown[name].key) == 0
        return bytes(guest.table("answer").pop("data"))

    assert (text("modalias"), text("uevent")) == (b"platform:demo\n", b"MODALIAS=platform:demo\n")
    assert text("driver_override") == b"(null)\n"
    for written, read in ((b"other\nmore", b"other\n"), (b"second", b"second\n"), (b"\n", b"(null)\n")):
        assert fileops.write(guest, shown["driver_override"].key, written) == 0
        assert text("driver_override") == read
    platform.platform_device_unregister(guest, one)
    assert not entries.entries(guest, "/sys/bus/platform/devices")
    assert not [key for key in guest.table("sysfs") if key[0] == own]

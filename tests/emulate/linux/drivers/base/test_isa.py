"""Tests of modtools/emulate/linux/drivers/base/isa.py."""

from __future__ import annotations

import pytest

from modtools.emulate.files import entries
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import isa
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import View, new
from modtools.linuxerrno import EBUSY, ENODEV
from tests.emulated import code, log

pytest.importorskip("unicorn")
pytestmark = pytest.mark.parametrize("guest", ["debian-13"], indirect=True)

ODD, EVEN = "89f083e001c3", "89f083e00183f001c3"  # mov %esi, %eax; and $1, %eax; (xor $1, %eax;) ret


def driver(guest: Guest, **calls: str) -> View:
    """A driver with functions of this machine code."""
    row = new(guest, "isa_driver")
    row.driver.name = guest.new_text(b"demo")
    for field, text in calls.items():
        setattr(row, field, code(guest, text))
    return row


def shown(guest: Guest) -> list[str]:
    """The devices of the bus."""
    return sorted(set(entries.entries(guest, "/sys/devices/isa")) - {"uevent", "power"})


def test_a_driver_gets_as_many_devices_as_it_wants(guest: Guest) -> None:
    """They lie in /sys/devices/isa while it is there; match() is asked for each."""
    row = driver(guest, match=ODD)
    assert isa.isa_register_driver(guest, row.address(), 3) == 0
    assert shown(guest) == ["demo.0", "demo.1", "demo.2"]
    assert isa.isa_register_driver(guest, driver(guest).address(), 3) == -EBUSY
    isa.isa_unregister_driver(guest, row.address())
    assert shown(guest) == []


def test_a_probe_that_fails_leaves_the_device(guest: Guest) -> None:
    """Its number is what probe() and match() are given; only what -ENODEV is not is told."""
    row = driver(guest, match=EVEN, probe="89f083e802c3")  # mov %esi, %eax; sub $2, %eax; ret
    assert isa.isa_register_driver(guest, row.address(), 4) == 0
    assert log(guest) == ["<3>demo demo.0: probe with driver demo failed with error -2"]
    assert shown(guest) == ["demo.0", "demo.1", "demo.2", "demo.3"]
    isa.isa_unregister_driver(guest, row.address())


def test_no_device_is_an_error(guest: Guest) -> None:
    """A driver that wants none is not registered."""
    row = driver(guest)
    assert isa.isa_register_driver(guest, row.address(), 0) == -ENODEV
    assert isa.isa_register_driver(guest, row.address(), 1) == 0
    isa.isa_unregister_driver(guest, row.address())


def test_a_device_is_its_makers_alone(guest: Guest) -> None:
    """Another driver does not match it, and one that its maker does not want is nobody's: nothing is probed."""
    assert find("isa_bus")
    assert find("isa_bus_type")
    row, other = driver(guest, match=ODD, probe=ODD, remove="c3"), driver(guest)
    assert isa.isa_register_driver(guest, row.address(), 2) == 0
    unwanted, wanted = guest.table("buses")[guest.address_of("isa_bus_type")]["devices"]
    assert not isa.isa_bus_match(guest, wanted, other.driver.address())
    assert isa.isa_bus_match(guest, wanted, row.driver.address())
    assert not isa.isa_bus_match(guest, unwanted, row.driver.address())
    assert [isa.isa_bus_probe(guest, device) for device in (unwanted, wanted)] == [0, 1]
    isa.isa_bus_remove(guest, unwanted)
    isa.isa_bus_remove(guest, wanted)
    isa.isa_dev_release(guest, new(guest, "isa_dev").address())
    isa.isa_unregister_driver(guest, row.address())

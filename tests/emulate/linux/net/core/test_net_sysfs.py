"""Tests of modtools/emulate/linux/net/core/net_sysfs.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import kobject_uevent
from modtools.emulate.linux.net.core import net_sysfs
from modtools.emulate.objects import netdevices, sysfs
from modtools.emulate.symbols.registry import find
from modtools.emulate.symbols.structs import View, new, view
from modtools.linuxerrno import EINVAL
from tests.emulated import both_kernels

pytest.importorskip("unicorn")


def device(guest: Guest) -> View:
    """A network device that is registered, and has no functions."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, 0, b"demo0", 1, 1)
    dev.netdev_ops = new(guest, "net_device_ops").address()
    assert netdevices.register(guest, dev.address()) == 0
    return dev


def shown(guest: Guest, dev: View, attribute: int, show: str) -> bytes | int:
    """What a file of the device shows, by the kernel's function of this name; an error where it shows none."""
    page = guest.heap.pages(1)
    length = guest.call_signed(guest.address_of(show), dev.dev.address(), attribute, page)
    return guest.memory.read(page, length) if length >= 0 else length


@both_kernels
def test_each_file_of_a_device_shows_something(guest: Guest) -> None:
    """All are there in each kernel; what only a running device has is -EINVAL."""
    dev = device(guest)
    group = view(guest, "attribute_group", guest.address_of("net_class_group"))
    answers = {}
    for attribute in sysfs.null_terminated(guest, group.attrs):
        name = guest.text(view(guest, "device_attribute", attribute).attr.name)
        answers[name] = shown(guest, dev, attribute, "netdev_show")
    assert guest.memory.u64(guest.address_of("net_class_groups")) == group.address()
    assert answers["ifindex"] == b"2\n"
    assert answers["operstate"] == b"down\n"
    assert answers["carrier"] == answers["speed"] == -EINVAL
    for entry in (find("eth_header_ops"), find("net_class_group"), find("net_class_groups")):
        assert entry


@both_kernels
def test_counters_are_shown_by_their_names(guest: Guest) -> None:
    """Those of the device itself, by the place that each has in its structure."""
    dev = device(guest)
    guest.memory.put(dev.address("stats") + 8, 5, 8)
    group = view(guest, "attribute_group", guest.address_of("netstat_group"))
    answers = [shown(guest, dev, at, "netstat_show") for at in sysfs.null_terminated(guest, group.attrs)]
    assert answers[:3] == [b"0\n", b"5\n", b"0\n"]
    assert len(answers) == 24
    assert find("netstat_show")
    assert find("netstat_group")


def test_a_device_names_itself_in_its_event(guest: Guest) -> None:
    """The class adds its name and its number; a module would say add_uevent_var()."""
    dev, environment = device(guest), new(guest, "kobj_uevent_env")
    assert net_sysfs.netdev_uevent(guest, dev.dev.address(), environment.address()) == 0
    assert kobject_uevent.add_variable(guest, environment.address(), b"A=1") == 0
    texts = [guest.text(guest.memory.u64(environment.address("envp") + 8 * at)) for at in range(3)]
    assert texts == ["INTERFACE=demo0", "IFINDEX=2", "A=1"]
    assert find("add_uevent_var")

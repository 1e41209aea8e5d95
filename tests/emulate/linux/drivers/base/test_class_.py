"""Tests of modtools/emulate/linux/drivers/base/class_.py."""

from __future__ import annotations

import stat

import pytest

from modtools.emulate.files import entries, fileops
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import class_, core
from modtools.emulate.objects import devices
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EEXIST, EINVAL
from tests.emulated import both_kernels, code, log

pytest.importorskip("unicorn")


@both_kernels
def test_a_name_of_any_bytes_is_one(guest: Guest) -> None:
    """The kernel's names are bytes: those that are no UTF-8 go in and out as they are."""
    name = b"caf\xe9\xff"
    cls = class_.class_create(guest, guest.new_text(name))
    address = core.create(guest, cls, 0, 240 << 20 | 3, 0, 0, name)
    text = name.decode("utf-8", "surrogateescape")
    shown = entries.entries(guest, f"/sys/devices/virtual/{text}/{text}")
    assert fileops.read(guest, shown["uevent"].key) == 0
    assert guest.table("answer")["data"] == b"MAJOR=240\nMINOR=3\nDEVNAME=" + name + b"\n"
    devices.unregister(guest, address)
    assert not entries.entries(guest, f"/sys/class/{text}")


@both_kernels
@pytest.mark.parametrize("mode", [0o666, 0o600])
def test_a_device_stands_in_its_class_and_in_dev(guest: Guest, mode: int) -> None:
    """With the kernel's own files, and the path and permissions that the class's devnode() says."""
    cls = class_.class_create(guest, guest.new_text(b"lesson"))
    path = guest.new_text(b"lessons/one")  # mov the mode into *mode, and the path is the result
    number = mode.to_bytes(2, "little").hex()
    view(guest, "class", cls).devnode = code(guest, f"66c706{number}48b8{path.to_bytes(8, 'little').hex()}c3")
    address = core.create(guest, cls, 0, 240 << 20 | 3, 0, 0, b"one")
    link = entries.entries(guest, "/sys/class/lesson")["one"]
    assert link.target == "../../devices/virtual/lesson/one"
    shown = entries.entries(guest, "/sys/devices/virtual/lesson/one")
    assert shown.keys() == {"uevent", "dev", "subsystem", "power"}
    assert fileops.read(guest, shown["uevent"].key) == 0
    assert guest.table("answer")["data"] == b"MAJOR=240\nMINOR=3\nDEVNAME=lessons/one\nDEVMODE=0%o\n" % mode
    assert fileops.write(guest, shown["uevent"].key, b"add\n") == 0
    assert fileops.write(guest, shown["uevent"].key, b"nonsense") == -EINVAL
    assert entries.entries(guest, "/dev/lessons")["one"].mode == stat.S_IFCHR | mode
    devices.unregister(guest, address)
    assert not entries.entries(guest, "/sys/class/lesson")
    assert "lessons" not in entries.entries(guest, "/dev")


@both_kernels
def test_a_name_in_sys_is_taken_once(guest: Guest) -> None:
    """The second gets -EEXIST and the kernel complains, with the stack; what it had done is taken back."""
    cls = class_.class_create(guest, guest.new_text(b"lesson"))
    assert class_.class_create(guest, guest.new_text(b"lesson")) == -EEXIST
    lines = log(guest)
    assert lines[0] == "<4>sysfs: cannot create duplicate filename '/class/lesson'"
    assert lines[-3:-1] == ["<4> <TASK>", "<4> </TASK>"]
    why = "don't try to register things with the same name in the same directory."
    prefix = guest.kernel.identity.features.kobject_prefix
    assert lines[-1] == f"<3>{prefix}kobject_add_internal failed for lesson with -EEXIST, {why}"
    assert not [line for line in lines if "RIP" in line or "Modules linked in" in line]
    attribute = guest.heap.kmalloc(32)
    guest.memory.put(attribute, guest.new_text(b"value"), 8)
    assert [class_.class_create_file_ns(guest, cls, attribute, 0) for _ in range(2)] == [0, -EEXIST]
    assert core.create(guest, cls, 0, 0, 0, 0, b"one") > 0
    assert core.create(guest, cls, 0, 0, 0, 0, b"one") == -EEXIST
    assert list(entries.entries(guest, "/sys/devices/virtual/lesson")) == ["one"]


def test_a_class_has_an_owner_where_there_is_room(guest: Guest) -> None:
    """As long as a class knows its module; a name that is taken is refused before."""
    name = guest.new_text(b"lesson")
    cls = class_.class_create_of_owner(guest, 0x1234, name, 0)
    assert view(guest, "class", cls).owner == 0x1234
    assert class_.class_create_of_owner(guest, 0x1234, name, 0) == -EEXIST

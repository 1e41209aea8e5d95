"""Input devices that modules make."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.input import input
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import raw_lines
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE
from modtools.linuxerrno import EFAULT

pytest.importorskip("unicorn")

KEY, RELATIVE, ABSOLUTE, LED = 1, 2, 3, 0x11


def marker(guest: Guest) -> tuple[int, int]:
    """A function that counts its calls, and where it counts."""
    place, counter = guest.heap.pages(1), guest.heap.kmalloc(8)
    guest.memory.write(place, b"\x48\xb8" + counter.to_bytes(8, "little") + bytes.fromhex("ff00 31c0 c3"))
    guest.memory.protect(place, PAGE, READ | WRITE | EXECUTE)
    guest.memory_changed()
    return place, counter


def test_input_devices_are_numbered_on(guest: Guest) -> None:
    """The machine has two; the third is told with its path, and a number that was free again is not given again."""
    first = input.input_allocate_device(guest)
    view(guest, "input_dev", first).name = guest.new_text(b"demo")
    input.input_set_capability(guest, first, KEY, 0x100)
    assert input.input_register_device(guest, first) == 0
    input.input_unregister_device(guest, first)
    assert guest.heap.size(first) == 0
    assert input.input_register_device(guest, input.input_allocate_device(guest)) == 0
    assert list(raw_lines(guest.kernel.log.readable())) == [
        "<6>input: demo as /devices/virtual/input/input2",
        "<6>input: Unspecified device as /devices/virtual/input/input3",
    ]


@pytest.mark.parametrize(("key", "opened"), [(30, 1), (0x100, 0), (0x1F1, 1)])
def test_the_keyboard_handler_opens_what_has_keys(guest: Guest, key: int, opened: int) -> None:
    """Letters and braille dots are taken, buttons are not; what was opened is closed when the device goes."""
    address = input.input_allocate_device(guest)
    row, (place, counter) = view(guest, "input_dev", address), marker(guest)
    row.open = row.close = place
    input.input_set_capability(guest, address, KEY, key)
    input.input_register_device(guest, address)
    assert (guest.memory.u32(counter), row.users) == (opened, opened)
    input.input_unregister_device(guest, address)
    assert guest.memory.u32(counter) == 2 * opened


def test_events_change_keys_and_axes(guest: Guest) -> None:
    """A key is down until it is up; an axis has its last value; what the device cannot have is passed over."""
    address = input.input_allocate_device(guest)
    row = view(guest, "input_dev", address)
    input.input_set_capability(guest, address, KEY, 30)
    input.input_set_abs_params(guest, address, 1, -5, 100, 0, 2)
    assert [guest.memory.s32(row.absinfo + 24 + at) for at in (4, 8, 12, 16)] == [-5, 100, 0, 2]
    for kind, code, value in ((KEY, 30, 1), (KEY, 31, 1), (RELATIVE, 0, 1), (ABSOLUTE, 1, 42), (LED, 0, 1)):
        input.input_event(guest, address, kind, code, value)
    assert guest.memory.u64(row.address("key")) == 1 << 30
    assert guest.memory.s32(row.absinfo + 24) == 42
    input.input_event(guest, address, KEY, 30, 2)
    assert guest.memory.u64(row.address("key")) == 1 << 30
    input.input_event(guest, address, KEY, 30, 0)
    assert guest.memory.u64(row.address("key")) == 0
    with pytest.raises(Needs, match="complaint about a capability"):
        input.input_set_capability(guest, address, RELATIVE, 16)


def test_events_are_copied_from_programs_and_to_them(guest: Guest) -> None:
    """All 24 bytes, or none where nothing is mapped."""
    here, there = guest.heap.kmalloc(24), guest.heap.kmalloc(24)
    guest.memory.write(here, bytes(range(24)))
    assert input.input_event_to_user(guest, there, here) == 0
    assert guest.memory.read(there, 24) == bytes(range(24))
    guest.memory.write(here, bytes(24))
    assert input.input_event_from_user(guest, there, here) == 0
    assert guest.memory.read(here, 24) == bytes(range(24))
    assert input.input_event_to_user(guest, 0x1000, here) == -EFAULT


def test_the_nodes_of_input_devices_are_in_a_folder(guest: Guest) -> None:
    """/dev/input; a device cannot be inhibited yet."""
    device = view(guest, "input_dev", input.input_allocate_device(guest)).dev.address()
    assert guest.text(input.input_devnode(guest, device, 0)) == "input/input2"
    with pytest.raises(Needs, match="inhibiting"):
        input.input_dev_inhibit(guest, device, 0, 0, 0)

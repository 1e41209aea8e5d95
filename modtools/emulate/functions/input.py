"""Registering handlers of input events.

From Linux 6.1: `drivers/input/input.c`. There are those input devices that the machine has, and the mouse
buttons that the kernel makes of keys. A handler that would be connected to one of them stops the run.
"""

from __future__ import annotations

from modtools.emulate import listhead
from modtools.emulate.builtin import MOUSE_BUTTONS
from modtools.emulate.guest import Guest
from modtools.emulate.hardware import InputDevice
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, size_of, view

BUTTONS = 0x100
_NOT_ON_KEYBOARD = frozenset((237, 238, 239, 246, 247))
"""Keys for Bluetooth, WLAN, UWB, WiMAX and rfkill, which no scan code of a plain keyboard stands for."""
_NONE = ("absbit", "sndbit", "ffbit", "swbit", "propbit")


def _number(guest: Guest, row: View, field: str, size: int) -> int:
    return int.from_bytes(guest.memory.read(row.address(field), size), "little")


def _keys_fit(wanted: int, device: InputDevice) -> bool:
    keys = {bit for bit in range(wanted.bit_length()) if wanted >> bit & 1}
    if device.keys is not None:
        return keys <= device.keys
    return not any(key >= BUTTONS or key in _NOT_ON_KEYBOARD for key in keys)


def _fits(guest: Guest, row: View, device: InputDevice) -> bool:
    """Return whether an id fits a device, as input_match_device_id() does; flags 1, 2, 4 are bus, vendor, product."""
    wanted = ((1, row.bustype, device.bus), (2, row.vendor, device.vendor), (4, row.product, device.product))
    if any(row.flags & flag and value != actual for flag, value, actual in wanted):
        return False
    if _number(guest, row, "evbit", 8) & ~device.events or _number(guest, row, "relbit", 8) & ~device.axes:
        return False
    if any(_number(guest, row, field, 8) for field in _NONE):
        return False
    return _keys_fit(_number(guest, row, "keybit", 96), device)


@function("int input_register_handler(struct input_handler *handler)")
def input_register_handler(guest: Guest, address: int) -> int:
    """Register a handler of input events and return 0; one that fits a device stops the run, because
    connecting is not modelled.
    """
    handler = view(guest, "input_handler", address)
    if guest.table("input_devices"):
        raise Needs("connecting input handlers and devices")
    listhead.init(guest, handler.h_list.address())
    table = handler.id_table
    while table:
        row = view(guest, "input_device_id", table)
        if not row.flags and not row.driver_info:
            break
        if any(_fits(guest, row, device) for device in (*guest.machine.inputs, MOUSE_BUTTONS)):
            raise Needs("connecting an input handler to the keyboard")
        table += size_of("input_device_id")
    guest.table("input_handlers")[address] = 1
    return 0


@function("void input_unregister_handler(struct input_handler *handler)")
def input_unregister_handler(guest: Guest, address: int) -> None:
    """Forget a handler of input events."""
    guest.table("input_handlers").pop(address, None)

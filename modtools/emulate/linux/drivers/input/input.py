"""drivers/input/input.c: Input devices that modules make, and handlers of input events.

They have no files under /sys. Events change the device's state; the keyboard handler that is built in takes keys and
shows nothing of them.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.objects import devices, kobjects, listhead, locks, sysfs
from modtools.emulate.objects.classes import register as register_class
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.kernel.log import INFO
from modtools.profiles.hardware import InputDevice

_SYN, _KEY, _REL, _ABS, _MSC, _SW, _LED, _SND, _FF, _PWR = *range(6), 0x11, 0x12, 0x15, 0x16
_BITS = {
    _KEY: ("keybit", 0x2FF),
    _REL: ("relbit", 15),
    _ABS: ("absbit", 63),
    _MSC: ("mscbit", 7),
    _SW: ("swbit", 16),
    _LED: ("ledbit", 15),
    _SND: ("sndbit", 7),
    _FF: ("ffbit", 127),
}
"""The bitmap of each type of events, and the highest code."""
_ABS_COUNT = 64
_BRAILLE, _SYSRQ = range(0x1F1, 0x1FB), 99
_BUTTONS = 0x100
_NOT_ON_KEYBOARD = frozenset((237, 238, 239, 246, 247))
"""Keys for Bluetooth, WLAN, UWB, WiMAX and rfkill, which no scan code of a plain keyboard stands for."""
_NONE = ("absbit", "sndbit", "ffbit", "swbit", "propbit")


def _number(guest: Guest, row: View, field: str, size: int) -> int:
    return int.from_bytes(guest.memory.read(row.address(field), size), "little")


def _keys_fit(wanted: int, device: InputDevice) -> bool:
    keys = {bit for bit in range(wanted.bit_length()) if wanted >> bit & 1}
    if device.keys is not None:
        return keys <= device.keys
    return not any(key >= _BUTTONS or key in _NOT_ON_KEYBOARD for key in keys)


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
    """Register a handler of input events and return 0; one that fits a device stops the run, because connecting is not
    modelled.
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
        if any(_fits(guest, row, device) for device in (*guest.hardware.inputs, *builtin(guest).inputs)):
            raise Needs("connecting an input handler to the keyboard")
        table += size_of(guest, "input_device_id")
    guest.table("input_handlers")[address] = 1
    return 0


@function("void input_unregister_handler(struct input_handler *handler)")
def input_unregister_handler(guest: Guest, address: int) -> None:
    """Forget a handler of input events."""
    guest.table("input_handlers").pop(address, None)


@variable("input_class", "class")
def input_class(guest: Guest, address: int) -> None:
    """Register the class "input", which is /sys/class/input."""
    view(guest, "class", address).name = guest.new_text(b"input")
    register_class(guest, address)


def _row(guest: Guest, address: int) -> View:
    return view(guest, "input_dev", address)


def _set(guest: Guest, bitmap: int, bit: int) -> None:
    place = bitmap + bit // 8
    guest.memory.put(place, guest.memory.u8(place) | 1 << bit % 8, 1)


def _has(guest: Guest, bitmap: int, bit: int) -> bool:
    return bool(guest.memory.u8(bitmap + bit // 8) >> bit % 8 & 1)


@function("struct input_dev *input_allocate_device(void)")
def input_allocate_device(guest: Guest) -> int:
    """Allocate an input device with one reference; return it. Its number follows those of the machine's own, and is
    never given again.
    """
    table, row = guest.table("input_numbers"), new(guest, "input_dev")
    number = table["next"] = table.get("next", len((*guest.hardware.inputs, *builtin(guest).inputs)) - 1) + 1
    own = row.dev.address()
    setattr(row.dev, "class", guest.address_of("input_class"))
    devices.initialize(guest, own)
    row.dev.release = guest.address_of("input_dev_release")
    locks.init_mutex(guest, row.mutex.address())
    for head in (row.h_list.address(), row.node.address()):
        listhead.init(guest, head)
    kobjects.set_name(guest, own, f"input{number}".encode())
    return row.address()


@function("void input_dev_release(struct device *device)")
def input_dev_release(guest: Guest, device: int) -> None:
    """Free an input device with its tables of axes and values."""
    row = _row(guest, device - view(guest, "input_dev", 0).address("dev"))
    for place in (row.absinfo, row.vals, row.address()):
        guest.heap.free(place)


@function("void input_free_device(struct input_dev *dev)")
def input_free_device(guest: Guest, address: int) -> None:
    """Drop a reference on an input device; NULL is ignored."""
    if address:
        kobjects.put(guest, _row(guest, address).dev.address())


@function("void input_alloc_absinfo(struct input_dev *dev)")
def input_alloc_absinfo(guest: Guest, address: int) -> None:
    """Allocate the table of absolute axes, unless the device has it."""
    row = _row(guest, address)
    row.absinfo = row.absinfo or guest.heap.kmalloc(_ABS_COUNT * size_of(guest, "input_absinfo"))


@function("void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min, int max, int fuzz, int flat)")
def input_set_abs_params(guest: Guest, address: int, axis: int, low: int, high: int, fuzz: int, flat: int) -> None:
    """Give a device an absolute axis with its range, fuzz and flat."""
    input_set_capability(guest, address, _ABS, axis)
    info = _axis(guest, _row(guest, address), axis)
    info.minimum, info.maximum, info.fuzz, info.flat = low, high, fuzz, flat


@function("void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code)")
def input_set_capability(guest: Guest, address: int, kind: int, code: int) -> None:
    """Declare that a device can send events of this type and code; the complaint about a wrong one is not modelled."""
    row = _row(guest, address)
    if kind != _PWR:
        field, most = _BITS.get(kind, ("", -1))
        if code > most:
            raise Needs("the complaint about a capability of an input device")
        if kind == _ABS:
            input_alloc_absinfo(guest, address)
        _set(guest, row.address(field), code)
    _set(guest, row.address("evbit"), kind)


def _taken_by_keyboard(guest: Guest, row: View) -> bool:
    """Return whether the built-in keyboard handler opens the device, as kbd_match() of `drivers/tty/vt/keyboard.c`
    decides.
    """
    if _has(guest, row.address("evbit"), _SND):
        return True
    keys = row.address("keybit")
    return _has(guest, row.address("evbit"), _KEY) and any(
        _has(guest, keys, key) for key in (*range(_BUTTONS), *_BRAILLE)
    )


@function("int input_register_device(struct input_dev *dev)")
def input_register_device(guest: Guest, address: int) -> int:
    """Add an input device to /sys, log it, and open it if the built-in keyboard handler takes it; return 0 or an error.
    Handlers of modules stop the run.
    """
    row = _row(guest, address)
    events, own = row.address("evbit"), row.dev.address()
    if guest.table("input_handlers"):
        raise Needs("connecting input handlers and devices")
    if _has(guest, events, _ABS) and not row.absinfo:
        raise Needs("the complaint about an input device with axes of no range")
    _set(guest, events, _SYN)
    guest.memory.put(row.address("keybit"), guest.memory.u8(row.address("keybit")) & ~1, 1)
    if not guest.memory.u64(row.address("rep")):
        guest.memory.put(row.address("rep"), 33 << 32 | 250, 8)
    result = devices.add(guest, own)
    if result:
        return result
    name = guest.text(row.name) if row.name else "Unspecified device"
    guest.printk(INFO, f"input: {name} as {sysfs.path(guest, own)}")
    guest.table("input_devices")[address] = 0
    if _taken_by_keyboard(guest, row):
        if _has(guest, events, _LED) and row.event:
            raise Needs("the keyboard's lights")
        guest.table("input_devices")[address] = row.users = 1
        if row.open:
            guest.call(row.open, address)
    return 0


@function("void input_unregister_device(struct input_dev *dev)")
def input_unregister_device(guest: Guest, address: int) -> None:
    """Close an input device, remove it from /sys and drop a reference."""
    row = _row(guest, address)
    row.going_away = 1
    if guest.table("input_devices").pop(address, 0):
        row.users = 0
        if row.close:
            guest.call(row.close, address)
    devices.remove(guest, row.dev.address())
    kobjects.put(guest, row.dev.address())


@function("void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)")
def input_event(guest: Guest, address: int, kind: int, code: int, value: int) -> None:
    """Note the state of a key or an absolute axis; ignore relative axes and what the device cannot send. Lights,
    sounds, force feedback, switches, MSC events and SysRq stop the run.
    """
    row = _row(guest, address)
    field, most = _BITS.get(kind, ("", -1))
    if kind > 0x1F or not _has(guest, row.address("evbit"), kind) or kind in (_SYN, _REL, _PWR) or code > most:
        return
    if not _has(guest, row.address(field), code):
        return
    if kind in (_LED, _SND, _FF, _MSC, _SW) or (kind == _KEY and code == _SYSRQ):
        raise Needs(f"an input event of type {kind:#x}, code {code:#x}")
    if kind == _ABS:
        _move(guest, row, code, value)
    elif kind == _KEY and value != 2 and _has(guest, row.address("key"), code) != bool(value):
        place = row.address("key") + code // 8
        guest.memory.put(place, guest.memory.u8(place) ^ 1 << code % 8, 1)


def _axis(guest: Guest, row: View, axis: int) -> View:
    return view(guest, "input_absinfo", row.absinfo + axis * size_of(guest, "input_absinfo"))


def _move(guest: Guest, row: View, axis: int, value: int) -> None:
    info = _axis(guest, row, axis)
    if info.fuzz or row.mt:
        raise Needs("an axis that trembles, or several fingers")
    info.value = value

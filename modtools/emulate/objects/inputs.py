"""Input devices, what handles their events, and the events' way from one to the other.

From Linux 6.1: `drivers/input/input.c`. The tables: `input_devices` and `input_handlers`: "list": addresses in order;
`input_numbers`: "next": the number of the device that is allocated next. The kernel's own handlers and the machine's
keyboard are structures in memory, too, which are made at first use (`start()`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from modtools.emulate.objects import listhead, sysfs
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, layout, new, offset_of, size_of, view
from modtools.emulate.tasks import clock
from modtools.kernel.log import ERR
from modtools.linuxerrno import ENODEV

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SYN, KEY, REL, ABS, MSC, SW, LED, SND, REP, FF, PWR = *range(6), 0x11, 0x12, 0x14, 0x15, 0x16
"""Types of events, EV_* of `include/uapi/linux/input-event-codes.h`."""
BITS = {
    KEY: ("keybit", 0x2FF),
    REL: ("relbit", 15),
    ABS: ("absbit", 63),
    MSC: ("mscbit", 7),
    SW: ("swbit", 16),
    LED: ("ledbit", 15),
    SND: ("sndbit", 7),
    FF: ("ffbit", 127),
}
"""The bitmap of each type of events, and the highest code."""
STATES = {KEY: "key", SW: "sw", LED: "led", SND: "snd"}
"""The bitmap of what is on now."""
SHOWN = (("KEY", KEY), ("REL", REL), ("ABS", ABS), ("MSC", MSC), ("LED", LED), ("SND", SND), ("FF", FF), ("SW", SW))
"""The order in which bitmaps are told."""
REPORT = 0
MAXIMUM_TYPE = 0x1F
_SLOT, _TOUCH_FIRST, _TRACKING, _TOUCH_X = 0x2F, 0x30, 0x39, 0x35
_SYSRQ, _ALTS = 99, (56, 100)
_RELEASED, _REPEATED = 0, 2
_TO_HANDLERS, _TO_DEVICE = 1, 2
_BOTH = _TO_HANDLERS | _TO_DEVICE
_DELAY, _PERIOD = 0, 4
"""Where the two numbers of `rep` are."""


def has(guest: Guest, bitmap: int, bit: int) -> bool:
    """Return whether a bit of a bitmap is set."""
    return bool(guest.memory.u8(bitmap + bit // 8) >> bit % 8 & 1)


def put(guest: Guest, bitmap: int, bit: int, *, on: bool = True) -> None:
    """Set or clear a bit of a bitmap."""
    place = bitmap + bit // 8
    byte = guest.memory.u8(place)
    guest.memory.put(place, byte | 1 << bit % 8 if on else byte & ~(1 << bit % 8), 1)


def bits(guest: Guest, kind: str, row: View, field: str) -> int:
    """Return a bitmap of a structure as a number."""
    return int.from_bytes(guest.memory.read(row.address(field), layout(guest, kind).fields[field][1]), "little")


def device(guest: Guest, address: int) -> View:
    """Return the input device at an address as a view."""
    return view(guest, "input_dev", address)


def devices(guest: Guest) -> list[int]:
    """Return the input devices that are registered, in order."""
    found: list[int] = guest.table("input_devices").setdefault("list", [])
    return found


def handlers(guest: Guest) -> list[int]:
    """Return the handlers that are registered, in order."""
    found: list[int] = guest.table("input_handlers").setdefault("list", [])
    return found


def handles(guest: Guest, address: int) -> list[View]:
    """Return what connects a device with its handlers, in the order in which they get its events."""
    offset = offset_of(guest, "input_handle", "d_node")
    head = device(guest, address).h_list.address()
    return [view(guest, "input_handle", entry - offset) for entry in listhead.entries(guest, head)]


# Connecting.


def attach(guest: Guest, handler: int, address: int) -> None:
    """Connect a handler with a device, if it has an entry for it; log an error of connect() that is not a plain no."""
    row = view(guest, "input_handler", handler)
    entry = _fitting(guest, row, address)
    result = guest.call_signed(row.connect, handler, address, entry) if entry else 0
    if result not in (0, -ENODEV):
        name = sysfs.name(guest, device(guest, address).dev.address())
        text = f"failed to attach handler {guest.text(row.name)} to device {name}, error: {result}"
        guest.printk(ERR, f"input: {text}")


def _fitting(guest: Guest, handler: View, address: int) -> int:
    """Return the entry of a handler's table that fits a device and that its match() accepts; 0 for none."""
    table = handler.id_table
    while table:
        row = view(guest, "input_device_id", table)
        if not row.flags and not row.driver_info:
            return 0
        fitting = fits(guest, row, address)
        if fitting and (not handler.match or guest.call(handler.match, handler.address(), address) & 0xFF):
            return int(table)
        table += size_of(guest, "input_device_id")
    return 0


def fits(guest: Guest, row: View, address: int) -> bool:
    """Return whether an entry fits a device: bus, vendor, product, version as the flags 1, 2, 4, 8 say, and each bitmap
    is a part of the device's.
    """
    own = device(guest, address)
    for number, field in enumerate(("bustype", "vendor", "product", "version")):
        if row.flags >> number & 1 and getattr(row, field) != getattr(own.id, field):
            return False
    fields = ("evbit", "keybit", "relbit", "absbit", "mscbit", "ledbit", "sndbit", "ffbit", "swbit", "propbit")
    return not any(
        bits(guest, "input_device_id", row, field) & ~bits(guest, "input_dev", own, field) for field in fields
    )


def open_handle(guest: Guest, handle: View) -> int:
    """Let a handler get a device's events: open the device, if it is the first; return 0 or an error."""
    own = device(guest, handle.dev)
    if own.going_away:
        return -ENODEV
    handle.open, own.users = handle.open + 1, own.users + 1
    if own.users > 1 or own.inhibited or not own.open:
        return 0
    result = guest.call_signed(own.open, own.address())
    if result:
        handle.open, own.users = handle.open - 1, own.users - 1
    return result


def close_handle(guest: Guest, handle: View) -> None:
    """Take open_handle() back: close the device, if it was the last."""
    own = device(guest, handle.dev)
    if own.grab == handle.address():
        own.grab = 0
    own.users = own.users - 1
    if not own.users and not own.inhibited and own.close:
        guest.call(own.close, own.address())
    handle.open = handle.open - 1


def register_handle(guest: Guest, handle: View) -> None:
    """Enter a handle into the lists of its device and its handler, filters first; tell the handler that it may
    start.
    """
    handler = view(guest, "input_handler", handle.handler)
    enter = listhead.add if handler.filter else listhead.add_tail
    enter(guest, handle.d_node.address(), device(guest, handle.dev).h_list.address())
    listhead.add_tail(guest, handle.h_node.address(), handler.h_list.address())
    if handler.start:
        guest.call(handler.start, handle.address())


def unregister_handle(guest: Guest, handle: View) -> None:
    """Take a handle out of both lists."""
    listhead.take_out(guest, handle.h_node.address())
    listhead.take_out(guest, handle.d_node.address())


# Events.


def event(guest: Guest, address: int, kind: int, code: int, value: int) -> None:
    """Take an event of a device: ignore what it cannot send or what changes nothing, give the rest to the device itself
    or keep it for the handlers, who get all at once with SYN_REPORT (`input_handle_event()`).
    """
    own = device(guest, address)
    if kind > MAXIMUM_TYPE or not has(guest, own.address("evbit"), kind) or own.inhibited:
        return
    goes, value = _disposition(guest, own, kind, code, value)
    if goes & _TO_DEVICE and own.event:
        guest.call(own.event, address, kind, code, value & 0xFFFFFFFF, interrupts=False)
    if not own.vals:
        return
    if goes & _TO_HANDLERS:
        _keep(guest, own, kind, code, value)
    if kind == SYN and code == REPORT:
        if own.num_vals >= 2:
            _pass_on(guest, own)
        own.num_vals = 0
    elif own.num_vals >= own.max_vals - 2:
        _keep(guest, own, SYN, REPORT, 1)
        _pass_on(guest, own)
        own.num_vals = 0


def _keep(guest: Guest, own: View, kind: int, code: int, value: int) -> None:
    row = view(guest, "input_value", own.vals + own.num_vals * size_of(guest, "input_value"))
    row.type, row.code, row.value = kind, code, value
    own.num_vals = own.num_vals + 1


def _disposition(guest: Guest, own: View, kind: int, code: int, value: int) -> tuple[int, int]:
    """Note what an event changes; return where it goes, and its value (`input_get_disposition()`)."""
    if kind == SYN:
        return {0: _TO_HANDLERS, 1: _BOTH, 2: _TO_HANDLERS}.get(code, 0), value
    if kind == PWR:
        return _BOTH, value
    if kind == REP:
        return _set_repeat(guest, own, code, value), value
    field, most = BITS.get(kind, ("", -1))
    if kind == FF:
        return _BOTH if value >= 0 else 0, value
    if code > most or not has(guest, own.address(field), code):
        return 0, value
    if kind == ABS:
        return _move(guest, own, code, value)
    if kind == REL:
        return _TO_HANDLERS if value else 0, value
    if kind in STATES and not (kind == KEY and value == _REPEATED):
        changes = has(guest, own.address(STATES[kind]), code) != bool(value)
        put(guest, own.address(STATES[kind]), code, on=bool(value))
        if not changes and kind != SND:
            return 0, value
    return _TO_HANDLERS if kind in (KEY, SW) else _BOTH, value


def _set_repeat(guest: Guest, own: View, code: int, value: int) -> int:
    place = own.address("rep") + 4 * code
    if code > 1 or value < 0 or guest.memory.u32(place) == value:
        return 0
    guest.memory.put(place, value, 4)
    return _BOTH


def axis(guest: Guest, own: View, code: int) -> View:
    """Return what is known of an absolute axis."""
    return view(guest, "input_absinfo", own.absinfo + code * size_of(guest, "input_absinfo"))


def _move(guest: Guest, own: View, code: int, value: int) -> tuple[int, int]:
    """Note where an axis is now, unless it only trembles; return where the event goes, and its value. Several fingers
    with slots stop the run.
    """
    if own.mt:
        raise Needs("input devices with slots for several fingers")
    if code == _SLOT:
        return 0, value
    if code >= _TOUCH_FIRST:
        return _TO_HANDLERS, value
    info = axis(guest, own, code)
    value = _calm(value, info.value, info.fuzz)
    if value == info.value:
        return 0, value
    info.value = value
    return _TO_HANDLERS, value


def _calm(value: int, old: int, fuzz: int) -> int:
    """Return a value with its trembling taken out (`input_defuzz_abs_event()`)."""
    distance = abs(value - old)
    if fuzz and distance < fuzz // 2:
        return old
    if fuzz and distance < fuzz:
        return int((old * 3 + value) / 4)
    if fuzz and distance < 2 * fuzz:
        return int((old + value) / 2)
    return value


def _pass_on(guest: Guest, own: View) -> None:
    """Give the events that were kept to the handlers that have the device open, or to the one that has grabbed it; then
    begin or end the repeating of a key (`input_pass_values()`).
    """
    count = own.num_vals
    if own.grab:
        count = _give(guest, view(guest, "input_handle", own.grab), own, count)
    else:
        for handle in handles(guest, own.address()):
            if handle.open and count:
                count = _give(guest, handle, own, count)
    if not (has(guest, own.address("evbit"), REP) and has(guest, own.address("evbit"), KEY)):
        return
    for row in _values(guest, own, count):
        if row.type == KEY and row.value != _REPEATED:
            _repeat(guest, own, row.code, down=bool(row.value))


def _values(guest: Guest, own: View, count: int) -> list[View]:
    step = size_of(guest, "input_value")
    return [view(guest, "input_value", own.vals + step * number) for number in range(count)]


def _give(guest: Guest, handle: View, own: View, count: int) -> int:
    """Give events to one handler; return how many are left for the next, as a filter may take some."""
    handler, step = view(guest, "input_handler", handle.handler), size_of(guest, "input_value")
    if handler.filter:
        left = [row for row in _values(guest, own, count) if not _call(guest, handler.filter, handle, row) & 0xFF]
        data = b"".join(guest.memory.read(row.address(), step) for row in left)
        guest.memory.write(own.vals, data)
        count = len(left)
    if count and handler.events:
        guest.call(handler.events, handle.address(), own.vals, count, interrupts=False)
    elif count and handler.event:
        for row in _values(guest, own, count):
            _call(guest, handler.event, handle, row)
    return count


def _call(guest: Guest, function: int, handle: View, row: View) -> int:
    value = row.value & 0xFFFFFFFF
    return guest.call(function, handle.address(), row.type, row.code, value, interrupts=False)


def _repeat(guest: Guest, own: View, code: int, *, down: bool) -> None:
    """Let a timer repeat a key that is held down; stop that when one is released."""
    timer, rep = own.timer, own.address("rep")
    if down and guest.memory.u32(rep + _PERIOD) and guest.memory.u32(rep + _DELAY) and timer.function:
        own.repeat_key = code
        set_timer(guest, own, guest.memory.u32(rep + _DELAY))
    elif not down:
        stop_timer(guest, own)


def set_timer(guest: Guest, own: View, milliseconds: int) -> None:
    """Let a device's timer expire after so many milliseconds."""
    expires = guest.jiffies + clock.jiffies_of(guest, milliseconds, clock.MILLISECOND)
    own.timer.expires = expires
    guest.scheduler.start(own.timer.address(), clock.due(guest, expires))


def stop_timer(guest: Guest, own: View) -> None:
    """Stop a device's timer."""
    if guest.table("timers").pop(own.timer.address(), None) is not None:
        own.timer.entry.pprev = 0


def repeat_key(guest: Guest, own: View) -> None:
    """Send a key again that is still held down, and start the timer for the next time (`input_repeat_key()`)."""
    if own.inhibited or not has(guest, own.address("key"), own.repeat_key):
        return
    event(guest, own.address(), KEY, own.repeat_key, _REPEATED)
    event(guest, own.address(), SYN, REPORT, 1)
    if period := guest.memory.u32(own.address("rep") + _PERIOD):
        set_timer(guest, own, period)


def release_keys(guest: Guest, own: View) -> None:
    """Send that all keys are released that are down."""
    down = bits(guest, "input_dev", own, "key") if has(guest, own.address("evbit"), KEY) else 0
    for code in range(down.bit_length()):
        if down >> code & 1:
            event(guest, own.address(), KEY, code, _RELEASED)
    if down:
        event(guest, own.address(), SYN, REPORT, 1)


def estimate(guest: Guest, own: View) -> int:
    """Return how many events a device sends at once at most, as the kernel guesses."""
    if own.mt:
        raise Needs("input devices with slots for several fingers")
    axes = bits(guest, "input_dev", own, "absbit")
    slots = 2 if axes >> _TOUCH_X & 1 else 0
    if axes >> _TRACKING & 1:
        info = axis(guest, own, _TRACKING)
        slots = min(max(info.maximum - info.minimum + 1, 2), 32)
    count = slots + 1 + 7
    if has(guest, own.address("evbit"), ABS):
        count += sum(slots if code >= _SLOT else 1 for code in range(64) if axes >> code & 1)
    if has(guest, own.address("evbit"), REL):
        count += bits(guest, "input_dev", own, "relbit").bit_count()
    return count


def sysrq(guest: Guest, handle: int, kind: int, code: int, value: int) -> bool:
    """Do what the kernel's filter for SysRq does: let all through. The key itself with Alt stops the run."""
    keys = device(guest, view(guest, "input_handle", handle).dev).address("key")
    if kind == KEY and code == _SYSRQ and value and any(has(guest, keys, alt) for alt in _ALTS):
        raise Needs("what SysRq does")
    return False


# From outside.


def find(guest: Guest, name: str) -> int:
    """Return the registered device that is called so, by its number (`input2`) or by its own name; 0 for none."""
    for address in devices(guest):
        own = device(guest, address)
        if name in (sysfs.name(guest, own.dev.address()), guest.text(own.name) if own.name else None):
            return address
    return 0


def send(guest: Guest, name: str, events: Sequence[tuple[int, int, int]]) -> int:
    """Let a device send events, as in an interrupt of its hardware, with SYN_REPORT behind them; return 0, or -ENODEV
    if there is no such device.
    """
    start(guest)
    address = find(guest, name)
    if not address:
        return -ENODEV
    report = [(SYN, REPORT, 0)] if events and events[-1][:2] != (SYN, REPORT) else []
    for kind, code, value in (*events, *report):
        guest.scheduler.in_hardirq(address, lambda e=(kind, code, value): event(guest, address, *e))  # type: ignore[misc]
    guest.scheduler.run_until_idle()
    return 0


# The kernel's own.


def start(guest: Guest) -> None:
    """Make the kernel's own handlers and the machine's keyboard, if that is not done."""
    if "list" in guest.table("input_devices"):
        return
    devices(guest)
    handlers(guest)
    guest.table("input_numbers")["next"] = 0
    for name, functions in _OWN.items():
        row = new(guest, "input_handler")
        row.name, row.id_table = guest.new_text(name.encode()), _ids(guest, _TABLES[name])
        for field, symbol in functions.items():
            setattr(row, field, guest.address_of(symbol))
        if name == "mousedev":
            row.legacy_minors, row.minor = 1, 32
        listhead.init(guest, row.h_list.address())
        handlers(guest).append(row.address())
    guest.call(guest.address_of("input_add_machine"))


_COMMON = {"connect": "input_own_connect", "disconnect": "input_own_disconnect"}
_OWN: dict[str, dict[str, str]] = {
    "kbd": _COMMON | {"event": "kbd_event", "match": "kbd_match", "start": "kbd_start"},
    "sysrq": _COMMON | {"filter": "sysrq_filter"},
    "leds": _COMMON | {"disconnect": "input_leds_disconnect"},
    "mousedev": dict(_COMMON),
}
"""The kernel's own handlers, and the functions of each."""
_MATCH_EVENTS, _MATCH_KEYS, _MATCH_AXES, _MATCH_ABSOLUTE = 0x10, 0x20, 0x40, 0x80
_LEFT_ALT, _BUTTON_LEFT, _TOUCH, _FINGER = 56, 0x110, 0x14A, 0x145
_TABLES: dict[str, list[dict[str, Any]]] = {
    "kbd": [{"evbit": 1 << KEY}, {"evbit": 1 << SND}],
    "sysrq": [{"evbit": 1 << KEY, "keybit": 1 << _LEFT_ALT}],
    "leds": [{"evbit": 1 << LED}],
    "mousedev": [
        {"evbit": 1 << KEY | 1 << REL, "keybit": 1 << _BUTTON_LEFT, "relbit": 3},
        {"evbit": 1 << KEY | 1 << REL, "relbit": 1 << 8},
        {"evbit": 1 << KEY | 1 << ABS, "keybit": 1 << _TOUCH, "absbit": 3},
        {"evbit": 1 << KEY | 1 << ABS, "keybit": 1 << _FINGER, "absbit": 3 | 1 << 24 | 1 << 28},
        {"evbit": 1 << KEY | 1 << ABS, "keybit": 1 << _BUTTON_LEFT, "absbit": 3},
    ],
}
"""Which devices they are for."""


def _ids(guest: Guest, rows: list[dict[str, int]]) -> int:
    """Return where a table of entries is that have these bitmaps, with an empty one behind them."""
    step = size_of(guest, "input_device_id")
    table = guest.heap.kmalloc(step * (len(rows) + 1))
    for number, fields in enumerate(rows):
        row = view(guest, "input_device_id", table + step * number)
        row.flags = _MATCH_EVENTS
        for field, value in fields.items():
            guest.memory.put(row.address(field), value & (1 << 64) - 1, 8)
            if value >> 64:
                guest.memory.write(row.address(field), value.to_bytes(96, "little"))
    return table


# /proc/bus/input.


def bitmap(guest: Guest, own: View, field: str) -> str:
    """Return a bitmap as /proc and /sys show it: its words, the highest first, without those that are empty."""
    number = bits(guest, "input_dev", own, field)
    words = [f"{number >> 64 * at & (1 << 64) - 1:x}" for at in reversed(range(max(1, -(-number.bit_length() // 64))))]
    return " ".join(words)


def text_of(guest: Guest, place: int) -> str:
    """Return a text that may be missing."""
    return guest.text(place) if place else ""


def show_devices(guest: Guest) -> str:
    """Return the text of /proc/bus/input/devices."""
    start(guest)
    return "".join(_paragraph(guest, device(guest, address)) for address in devices(guest))


def _paragraph(guest: Guest, own: View) -> str:
    number, events = own.id, own.address("evbit")
    names = "".join(f"{text_of(guest, handle.name)} " for handle in handles(guest, own.address()))
    lines = [
        f"I: Bus={number.bustype:04x} Vendor={number.vendor:04x} Product={number.product:04x} "
        f"Version={number.version:04x}",
        f'N: Name="{text_of(guest, own.name)}"',
        f"P: Phys={text_of(guest, own.phys)}",
        f"S: Sysfs={sysfs.path(guest, own.dev.address())}",
        f"U: Uniq={text_of(guest, own.uniq)}",
        f"H: Handlers={names}",
        f"B: PROP={bitmap(guest, own, 'propbit')}",
        f"B: EV={bitmap(guest, own, 'evbit')}",
    ]
    lines += [f"B: {name}={bitmap(guest, own, BITS[kind][0])}" for name, kind in SHOWN if has(guest, events, kind)]
    return "\n".join(lines) + "\n\n"


def show_handlers(guest: Guest) -> str:
    """Return the text of /proc/bus/input/handlers."""
    start(guest)
    lines = []
    for number, address in enumerate(handlers(guest)):
        row = view(guest, "input_handler", address)
        more = " (filter)" if row.filter else ""
        more += f" Minor={row.minor}" if row.legacy_minors else ""
        lines.append(f"N: Number={number} Name={text_of(guest, row.name)}{more}\n")
    return "".join(lines)

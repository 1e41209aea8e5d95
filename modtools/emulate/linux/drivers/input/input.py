"""drivers/input/input.c: Input devices that modules make, and handlers of input events.

How they come together is in `modtools.emulate.objects.inputs`. The kernel's own handlers are there: the keyboard's,
SysRq's, that of lights, which has no files in /sys/class/leds, and that of mice, which has none in /dev/input.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.objects import devices, inputs, kernelgroups, kobjects, listhead, locks, records, sysfs
from modtools.emulate.objects.binding import resources
from modtools.emulate.objects.classes import register as register_class
from modtools.emulate.objects.inputs import ABS, BITS, LED, PWR, SYN, bitmap, has, text_of
from modtools.emulate.objects.kernelgroups import Attribute, add_variable, emit
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, new, offset_of, size_of, view
from modtools.kernel.log import ERR, INFO
from modtools.link.memory import Fault
from modtools.linuxerrno import EBUSY, EFAULT, EINVAL, ENOSPC
from modtools.profiles.hardware import InputDevice

_ABS_COUNT = 64
_DELAY, _PERIOD = 250, 33
_FIRST_DYNAMIC, _MINORS = 256, 1024
_SINCE_BOOT = 8
"""Where the second of a device's three times is."""
_INTERESTING = 0x71
_ALIAS = (
    ("e", "evbit", 0, 0x1F),
    ("k", "keybit", _INTERESTING, 0x2FF),
    ("r", "relbit", 0, 15),
    ("a", "absbit", 0, 63),
    ("m", "mscbit", 0, 7),
    ("l", "ledbit", 0, 15),
    ("s", "sndbit", 0, 7),
    ("f", "ffbit", 0, 127),
    ("w", "swbit", 0, 16),
)
"""The parts of an alias: letter, bitmap, first and last code, which is left out."""
_OWN = ("name", "phys", "uniq", "modalias", "properties")
_NUMBERS = ("bustype", "vendor", "product", "version")
_BITMAPS = ("ev", "key", "rel", "abs", "msc", "led", "snd", "ff", "sw")
_FILES = {
    "": (
        *(Attribute(name, 0o444, "input_dev_show") for name in _OWN),
        Attribute("inhibited", 0o644, "input_dev_show", "input_dev_inhibit"),
    ),
    "id": tuple(Attribute(name, 0o444, "input_dev_show") for name in _NUMBERS),
    "capabilities": tuple(Attribute(name, 0o444, "input_dev_show") for name in _BITMAPS),
}


def _row(guest: Guest, address: int) -> View:
    return view(guest, "input_dev", address)


def _of_device(guest: Guest, own: int) -> View:
    return _row(guest, own - offset_of(guest, "input_dev", "dev"))


# The class, and what each device shows.


@variable("input_class", "class")
def input_class(guest: Guest, address: int) -> None:
    """Register the class "input", which is /sys/class/input."""
    cls = view(guest, "class", address)
    cls.name, cls.devnode = guest.new_text(b"input"), guest.address_of("input_devnode")
    register_class(guest, address)


@function("char *input_devnode(struct device *dev, umode_t *mode)")
def input_devnode(guest: Guest, own: int, _mode: int) -> int:
    """Return the path of a device below /dev: all are in the folder input."""
    return guest.new_text(b"input/" + records.name(guest, own).encode("utf-8", "surrogateescape"))


def _type(guest: Guest) -> int:
    """Return the type of input devices, made at first use."""
    table = guest.table("input_type")
    if "address" not in table:
        kind = new(guest, "device_type")
        kind.groups = kernelgroups.groups(guest, "input_dev", _FILES)
        kind.release, kind.uevent = guest.address_of("input_dev_release"), guest.address_of("input_dev_uevent")
        table["address"] = kind.address()
    return int(table["address"])


def _alias(guest: Guest, row: View) -> str:
    """Return a device's alias, by which modules for it are found."""
    number = row.id
    text = f"input:b{number.bustype:04X}v{number.vendor:04X}p{number.product:04X}e{number.version:04X}-"
    for letter, field, first, last in _ALIAS:
        found = inputs.bits(guest, "input_dev", row, field)
        text += letter + "".join(f"{code:X}," for code in range(first, last) if found >> code & 1)
    return text


@function("ssize_t input_dev_show(struct device *dev, struct device_attribute *attr, char *buf)")
def input_dev_show(guest: Guest, own: int, attribute: int, buffer: int) -> int:
    """Write what one of the files of an input device says for a reader; return the length."""
    row, name = _of_device(guest, own), guest.text(view(guest, "attribute", attribute).name)
    if name in ("name", "phys", "uniq"):
        text = text_of(guest, getattr(row, name))
    elif name in _NUMBERS:
        text = f"{getattr(row.id, name):04x}"
    elif name == "inhibited":
        text = str(row.inhibited)
    else:
        fields = {"properties": "propbit"} | {short: f"{short}bit" for short in _BITMAPS}
        text = _alias(guest, row) if name == "modalias" else bitmap(guest, row, fields[name])
    return emit(guest, buffer, text + "\n")


@function("ssize_t input_dev_inhibit(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)")
def input_dev_inhibit(_guest: Guest, _own: int, _attribute: int, _buffer: int, _count: int) -> int:
    """Stop the run: devices that are told to be silent are not modelled."""
    raise Needs("inhibiting an input device")


@function("int input_dev_uevent(struct device *device, struct kobj_uevent_env *env)")
def input_dev_uevent(guest: Guest, own: int, environment: int) -> int:
    """Add to an event what an input device is; return 0."""
    row = _of_device(guest, own)
    number, events = row.id, row.address("evbit")
    lines = [f"PRODUCT={number.bustype:x}/{number.vendor:x}/{number.product:x}/{number.version:x}"]
    lines += [f'{name.upper()}="{text_of(guest, getattr(row, name))}"' for name in _OWN[:3] if getattr(row, name)]
    lines += [f"PROP={bitmap(guest, row, 'propbit')}", f"EV={bitmap(guest, row, 'evbit')}"]
    lines += [f"{name}={bitmap(guest, row, BITS[kind][0])}" for name, kind in inputs.SHOWN if has(guest, events, kind)]
    for line in (*lines, f"MODALIAS={_alias(guest, row)}"):
        add_variable(guest, environment, line)
    return 0


# Devices.


@function("struct input_dev *input_allocate_device(void)")
def input_allocate_device(guest: Guest) -> int:
    """Allocate an input device with one reference; return it. Its number is never given again."""
    inputs.start(guest)
    return _allocate(guest)


def _allocate(guest: Guest) -> int:
    table, row = guest.table("input_numbers"), new(guest, "input_dev")
    number, table["next"] = table["next"], table["next"] + 1
    own = row.dev.address()
    setattr(row.dev, "class", guest.address_of("input_class"))
    row.dev.type = _type(guest)
    devices.initialize(guest, own)
    locks.init_mutex(guest, row.mutex.address())
    for head in (row.h_list.address(), row.node.address()):
        listhead.init(guest, head)
    kobjects.set_name(guest, own, f"input{number}".encode())
    return row.address()


@function("void input_add_machine(void)")
def input_add_machine(guest: Guest) -> None:
    """Add the input devices of the machine, which nobody logs any more; modules' devices are numbered on behind them
    and those that the kernel has given back.
    """
    for machine in guest.hardware.inputs:
        row = _row(guest, _allocate(guest))
        row.name, row.phys = guest.new_text(machine.name.encode()), guest.new_text(machine.phys.encode())
        row.id.bustype, row.id.vendor, row.id.product, row.id.version = machine.identity
        for field, value in (("evbit", machine.events), ("mscbit", machine.misc), ("ledbit", machine.lights)):
            guest.memory.put(row.address(field), value, 8)
        guest.memory.write(row.address("keybit"), machine.keys.to_bytes(96, "little"))
        row.dev.parent = _parents(guest, machine)
        _add(guest, row)
    guest.table("input_numbers")["next"] += builtin(guest).input_numbers


def _parents(guest: Guest, machine: InputDevice) -> int:
    """Return the device that one of the machine's is behind."""
    parent = guest.address_of("platform_bus")
    for name in machine.parents:
        dev = new(guest, "device")
        devices.initialize(guest, dev.address())
        dev.parent = parent
        kobjects.set_name(guest, dev.address(), name.encode())
        devices.add(guest, dev.address())
        parent = dev.address()
    return int(parent)


@function("struct input_dev *devm_input_allocate_device(struct device *dev)")
def devm_input_allocate_device(guest: Guest, parent: int) -> int:
    """Allocate an input device that belongs to a device and is removed and freed with its resources; return it."""
    address = int(input_allocate_device(guest))
    row = _row(guest, address)
    row.dev.parent, row.devres_managed = parent, 1
    _manage(guest, parent, address, "devm_input_device_release")
    return address


def _manage(guest: Guest, parent: int, address: int, release: str) -> None:
    data = guest.heap.kmalloc(8)
    guest.memory.put(data, address, 8)
    resources(guest, parent).append([data, guest.address_of(release)])


@function("void devm_input_device_release(struct device *dev, void *res)")
def devm_input_device_release(guest: Guest, _parent: int, data: int) -> None:
    """Drop the reference that devm_input_allocate_device() has taken."""
    input_free_device(guest, guest.memory.u64(data))


@function("void devm_input_device_unregister(struct device *dev, void *res)")
def devm_input_device_unregister(guest: Guest, _parent: int, data: int) -> None:
    """Remove an input device that belongs to another device."""
    _remove(guest, guest.memory.u64(data))


@function("void input_dev_release(struct device *device)")
def input_dev_release(guest: Guest, own: int) -> None:
    """Free an input device with its tables of axes and values."""
    row = _of_device(guest, own)
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
    input_set_capability(guest, address, ABS, axis)
    info = inputs.axis(guest, _row(guest, address), axis)
    info.minimum, info.maximum, info.fuzz, info.flat = low, high, fuzz, flat


@function(
    "void input_copy_abs(struct input_dev *dst, unsigned int dst_axis, const struct input_dev *src,"
    " unsigned int src_axis)"
)
def input_copy_abs(guest: Guest, address: int, axis: int, source: int, source_axis: int) -> None:
    """Give a device an absolute axis that is as one of another device, if that has it."""
    other = _row(guest, source)
    if not (has(guest, other.address("evbit"), ABS) and has(guest, other.address("absbit"), source_axis)):
        raise Needs("the complaint about an axis that is copied and is not there")
    input_set_capability(guest, address, ABS, axis)
    size = size_of(guest, "input_absinfo")
    place = inputs.axis(guest, _row(guest, address), axis).address()
    guest.memory.write(place, guest.memory.read(inputs.axis(guest, other, source_axis).address(), size))


@function("void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code)")
def input_set_capability(guest: Guest, address: int, kind: int, code: int) -> None:
    """Declare that a device can send events of this type and code; the complaint about a wrong one is not modelled."""
    row = _row(guest, address)
    if kind != PWR:
        field, most = BITS.get(kind, ("", -1))
        if code > most:
            raise Needs("the complaint about a capability of an input device")
        if kind == ABS:
            input_alloc_absinfo(guest, address)
        inputs.put(guest, row.address(field), code)
    inputs.put(guest, row.address("evbit"), kind)


@function("void input_enable_softrepeat(struct input_dev *dev, int delay, int period)")
def input_enable_softrepeat(guest: Guest, address: int, delay: int, period: int) -> None:
    """Let a timer repeat keys that are held down, after `delay` and every `period` milliseconds."""
    row = _row(guest, address)
    row.timer.function = guest.address_of("input_repeat_key")
    guest.memory.put(row.address("rep"), period << 32 | delay, 8)


@function("void input_repeat_key(struct timer_list *t)")
def input_repeat_key(guest: Guest, timer: int) -> None:
    """Repeat the key that is held down."""
    inputs.repeat_key(guest, _row(guest, timer - offset_of(guest, "input_dev", "timer")))


@function("int input_register_device(struct input_dev *dev)")
def input_register_device(guest: Guest, address: int) -> int:
    """Add an input device to /sys, log it, and connect it with the handlers that are for it; return 0 or an error."""
    row = _row(guest, address)
    if has(guest, row.address("evbit"), ABS) and not row.absinfo:
        text = "Absolute device without dev->absinfo, refusing to register"
        guest.printk(ERR, f"input {records.name(guest, row.dev.address())}: {text}")
        return -EINVAL
    result = _add(guest, row)
    if not result and row.devres_managed:
        _manage(guest, row.dev.parent, address, "devm_input_device_unregister")
    return result


def _add(guest: Guest, row: View) -> int:
    """Do what input_register_device() does; the machine's own devices are added without a word."""
    events, own, address = row.address("evbit"), row.dev.address(), row.address()
    inputs.put(guest, events, SYN)
    inputs.put(guest, row.address("keybit"), 0, on=False)
    for kind, (field, most) in BITS.items():
        if not has(guest, events, kind):
            guest.memory.write(row.address(field), bytes(most // 8 + 1))
    row.hint_events_per_packet = max(row.hint_events_per_packet, inputs.estimate(guest, row))
    row.max_vals = row.hint_events_per_packet + 2
    row.vals = guest.heap.kmalloc(row.max_vals * size_of(guest, "input_value"))
    if not guest.memory.u64(row.address("rep")):
        input_enable_softrepeat(guest, address, _DELAY, _PERIOD)
    result = devices.add(guest, own)
    if result:
        return result
    if inputs.devices(guest) or not guest.hardware.inputs:
        name = guest.text(row.name) if row.name else "Unspecified device"
        guest.printk(INFO, f"input: {name} as {sysfs.path(guest, own)}")
    inputs.devices(guest).append(address)
    for handler in list(inputs.handlers(guest)):
        inputs.attach(guest, handler, address)
    return 0


@function("void input_unregister_device(struct input_dev *dev)")
def input_unregister_device(guest: Guest, address: int) -> None:
    """Release all keys, disconnect the handlers, remove an input device from /sys and drop a reference."""
    row = _row(guest, address)
    if row.devres_managed:
        release = guest.address_of("devm_input_device_unregister")
        table = resources(guest, row.dev.parent)
        for entry in [entry for entry in table if entry[1] == release and guest.memory.u64(entry[0]) == address]:
            table.remove(entry)
            guest.heap.free(entry[0])
        _remove(guest, address)
        return
    _remove(guest, address)
    kobjects.put(guest, row.dev.address())


def _remove(guest: Guest, address: int) -> None:
    row = _row(guest, address)
    row.going_away = 1
    inputs.release_keys(guest, row)
    for handle in inputs.handles(guest, address):
        handle.open = 0
    for handle in inputs.handles(guest, address):
        guest.call(view(guest, "input_handler", handle.handler).disconnect, handle.address())
    inputs.stop_timer(guest, row)
    if address in inputs.devices(guest):
        inputs.devices(guest).remove(address)
    devices.remove(guest, row.dev.address())


# Events.


@function("void input_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)")
def input_event(guest: Guest, address: int, kind: int, code: int, value: int) -> None:
    """Take an event that a device sends; it is ignored before the device is registered, but for what it changes."""
    inputs.event(guest, address, kind, code, value)


@function("void input_inject_event(struct input_handle *handle, unsigned int type, unsigned int code, int value)")
def input_inject_event(guest: Guest, handle: int, kind: int, code: int, value: int) -> None:
    """Take an event that a handler sends in a device's name, unless another handler has grabbed that."""
    row = view(guest, "input_handle", handle)
    if _row(guest, row.dev).grab in (0, handle):
        inputs.event(guest, row.dev, kind, code, value)


@function("int input_grab_device(struct input_handle *handle)")
def input_grab_device(guest: Guest, handle: int) -> int:
    """Let a handler alone get a device's events; return 0, or -EBUSY if another one does."""
    row = _row(guest, view(guest, "input_handle", handle).dev)
    if row.grab:
        return -EBUSY
    row.grab = handle
    return 0


@function("void input_release_device(struct input_handle *handle)")
def input_release_device(guest: Guest, handle: int) -> None:
    """Let all handlers get a device's events again."""
    row = _row(guest, view(guest, "input_handle", handle).dev)
    if row.grab == handle:
        row.grab = 0


@function("int input_flush_device(struct input_handle *handle, struct file *file)")
def input_flush_device(guest: Guest, handle: int, file: int) -> int:
    """Let a device forget what it was asked for through a file; return what its flush() says, or 0."""
    row = _row(guest, view(guest, "input_handle", handle).dev)
    return guest.call_signed(row.flush, row.address(), file) if row.flush else 0


@function("bool input_device_enabled(struct input_dev *dev)")
def input_device_enabled(guest: Guest, address: int) -> bool:
    """Return whether anybody has a device open."""
    row = _row(guest, address)
    return bool(not row.inhibited and row.users)


@function("ktime_t *input_get_timestamp(struct input_dev *dev)")
def input_get_timestamp(guest: Guest, address: int) -> int:
    """Store the time by three clocks (real, since boot, since boot with sleep), and return where."""
    place = _row(guest, address).address("timestamp")
    if not guest.memory.u64(place + _SINCE_BOOT):
        offset = guest.call(guest.address_of("ktime_get_with_offset"), 0) - guest.now
        for at, value in enumerate((guest.now + offset, guest.now, guest.now)):
            guest.memory.put(place + 8 * at, value, 8)
    return place


@function("int input_event_to_user(char *buffer, const struct input_event *event)")
def input_event_to_user(guest: Guest, buffer: int, event: int) -> int:
    """Copy an event to a program; return 0 or -EFAULT."""
    return _copy(guest, buffer, event, size_of(guest, "input_event"))


@function("int input_event_from_user(const char *buffer, struct input_event *event)")
def input_event_from_user(guest: Guest, buffer: int, event: int) -> int:
    """Copy an event from a program; return 0 or -EFAULT."""
    return _copy(guest, event, buffer, size_of(guest, "input_event"))


def _copy(guest: Guest, target: int, source: int, size: int) -> int:
    try:
        guest.memory.write(target, guest.memory.read(source, size))
    except Fault:
        return -EFAULT
    return 0


# Handlers.


@function("int input_register_handler(struct input_handler *handler)")
def input_register_handler(guest: Guest, address: int) -> int:
    """Register a handler of input events and connect it with the devices that it is for; return 0."""
    inputs.start(guest)
    listhead.init(guest, view(guest, "input_handler", address).h_list.address())
    inputs.handlers(guest).append(address)
    for device in list(inputs.devices(guest)):
        inputs.attach(guest, address, device)
    return 0


def _handles_of(guest: Guest, handler: int) -> Iterator[int]:
    offset = offset_of(guest, "input_handle", "h_node")
    for entry in listhead.entries(guest, view(guest, "input_handler", handler).h_list.address()):
        yield entry - offset


@function("void input_unregister_handler(struct input_handler *handler)")
def input_unregister_handler(guest: Guest, address: int) -> None:
    """Disconnect a handler of input events from its devices and forget it."""
    row = view(guest, "input_handler", address)
    for handle in list(_handles_of(guest, address)):
        guest.call(row.disconnect, handle)
    if address in inputs.handlers(guest):
        inputs.handlers(guest).remove(address)


@function("int input_handler_for_each_handle(struct input_handler *handler, void *data, void *fn)")
def input_handler_for_each_handle(guest: Guest, handler: int, data: int, call: int) -> int:
    """Call fn(handle, data) for each handle of a handler until one returns non-zero; return that, or 0."""
    for handle in list(_handles_of(guest, handler)):
        result = guest.call_signed(call, handle, data)
        if result:
            return result
    return 0


@function("int input_register_handle(struct input_handle *handle)")
def input_register_handle(guest: Guest, handle: int) -> int:
    """Connect a handler with a device; return 0."""
    inputs.register_handle(guest, view(guest, "input_handle", handle))
    return 0


@function("void input_unregister_handle(struct input_handle *handle)")
def input_unregister_handle(guest: Guest, handle: int) -> None:
    """Disconnect a handler from a device."""
    inputs.unregister_handle(guest, view(guest, "input_handle", handle))


@function("int input_open_device(struct input_handle *handle)")
def input_open_device(guest: Guest, handle: int) -> int:
    """Let a handler get a device's events, which its driver is told if it is the first; return 0 or an error."""
    return inputs.open_handle(guest, view(guest, "input_handle", handle))


@function("void input_close_device(struct input_handle *handle)")
def input_close_device(guest: Guest, handle: int) -> None:
    """Let a handler get no more events of a device, which its driver is told if it was the last."""
    inputs.close_handle(guest, view(guest, "input_handle", handle))


@function("bool input_match_device_id(const struct input_dev *dev, const struct input_device_id *id)")
def input_match_device_id(guest: Guest, address: int, entry: int) -> bool:
    """Return whether an entry of a handler's table fits a device."""
    return inputs.fits(guest, view(guest, "input_device_id", entry), address)


@function("int input_get_new_minor(int legacy_base, unsigned int legacy_num, bool allow_dynamic)")
def input_get_new_minor(guest: Guest, first: int, count: int, dynamic: int) -> int:
    """Return a minor of major 13 that nobody has, of these or, if that is allowed, above 255; or -ENOSPC. 63 is that of
    all mice.
    """
    taken = guest.table("input_minors")
    wanted = [
        *(range(first, first + count) if first >= 0 else ()),
        *(range(_FIRST_DYNAMIC, _MINORS) if dynamic else ()),
    ]
    found = next((minor for minor in wanted if minor not in taken and minor != 63), None)
    if found is None:
        return -ENOSPC
    taken[found] = 1
    return int(found)


@function("void input_free_minor(unsigned int minor)")
def input_free_minor(guest: Guest, minor: int) -> None:
    """Give a minor back."""
    guest.table("input_minors").pop(minor, None)


# The kernel's own handlers.


@function("int input_own_connect(struct input_handler *handler, struct input_dev *dev, const void *id)")
def input_own_connect(guest: Guest, handler: int, address: int, _entry: int) -> int:
    """Connect one of the kernel's own handlers with a device, and open it; a mouse waits for somebody to read it."""
    handle, name = new(guest, "input_handle"), guest.text(view(guest, "input_handler", handler).name)
    handle.dev, handle.handler = address, handler
    if name == "mousedev":
        handle.name = guest.new_text(b"mouse%d" % (input_get_new_minor(guest, 32, 31, 0) - 32))
        inputs.register_handle(guest, handle)
        return 0
    handle.name = guest.new_text(name.encode())
    inputs.register_handle(guest, handle)
    return inputs.open_handle(guest, handle)


@function("void input_own_disconnect(struct input_handle *handle)")
def input_own_disconnect(guest: Guest, address: int) -> None:
    """Disconnect one of the kernel's own handlers from a device."""
    handle = view(guest, "input_handle", address)
    name = guest.text(handle.name)
    if name.startswith("mouse"):
        input_free_minor(guest, 32 + int(name.removeprefix("mouse")))
    else:
        inputs.close_handle(guest, handle)
    inputs.unregister_handle(guest, handle)
    guest.heap.free(address)


@function("void input_leds_disconnect(struct input_handle *handle)")
def input_leds_disconnect(guest: Guest, address: int) -> None:
    """Switch the lights of a device off, and disconnect it."""
    row = _row(guest, view(guest, "input_handle", address).dev)
    lights = inputs.bits(guest, "input_dev", row, "ledbit")
    for code in range(lights.bit_length()):
        if lights >> code & 1:
            input_inject_event(guest, address, LED, code, 0)
    input_own_disconnect(guest, address)


@function("bool sysrq_filter(struct input_handle *handle, unsigned int type, unsigned int code, int value)")
def sysrq_filter(guest: Guest, handle: int, kind: int, code: int, value: int) -> bool:
    """Return false: nothing is kept from the other handlers. SysRq with Alt stops the run."""
    return inputs.sysrq(guest, handle, kind, code, value)

"""drivers/gpio/gpiolib.c: GPIO lines, of chips that modules make: the machine has none.

What is known of them is in `modtools.emulate.objects.gpios`. A chip has no file in /dev, and none of its lines raises
an interrupt by a domain of the chip's own: one that would have that stops the run, as open drains do. The table
`gpio_labels`: line -> where the text is that it was requested with.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.bus import bus_register
from modtools.emulate.linux.drivers.base.core import device_message
from modtools.emulate.linux.kernel.module import main
from modtools.emulate.objects import devices, gpios, kobjects, records
from modtools.emulate.objects.gpios import (
    ACTIVE_LOW,
    IS_OUT,
    OPEN_DRAIN,
    OPEN_SOURCE,
    REQUESTED,
    SYSFS,
    chip_of,
    chips,
    device,
    interrupt_of,
    is_marked,
    line_of,
    mark,
    offset_of_line,
)
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, constant, has, new, offset_of, size_of, view
from modtools.integers import ERROR_POINTERS
from modtools.kernel.log import CRIT, ERR, WARNING
from modtools.linuxerrno import EBUSY, EINVAL, EIO, ENOENT, ENOSPC, ENOTSUPP, EPROBE_DEFER

LINES = 1024
"""How many numbers there are for lines."""
_LOW, _ACTIVE_LOW, _TRANSITORY = 1, 1, 8
_DIRECTION_SET, _DIRECTION_OUT, _VALUE, _OTHER = 1, 2, 4, 8 | 16
_BY_NAME = 0xFFFF
_DEBOUNCE = 11
"""PIN_CONFIG_INPUT_DEBOUNCE, where it is not told by the kernel."""


# Chips.


def _bus(guest: Guest) -> int:
    """Return the bus "gpio", registered at first use, with the class of the same name."""
    table = guest.table("gpio_bus")
    if "address" not in table:
        bus = new(guest, "bus_type")
        bus.name, table["address"] = guest.new_text(b"gpio"), bus.address()
        bus_register(guest, bus.address())
        gpios.register_class(guest)
    return int(table["address"])


def _base(guest: Guest, count: int) -> int:
    """Return the first number of a free range below all chips that are in the way, or -ENOSPC."""
    base = LINES - count
    for address in reversed(chips(guest)):
        row = device(guest, address)
        if row.base + row.ngpio <= base:
            break
        base = row.base - count
    return base if base >= 0 else -ENOSPC


@function(
    "int gpiochip_add_data_with_key(struct gpio_chip *gc, void *data, struct lock_class_key *lock_key,"
    " struct lock_class_key *request_key)"
)
def gpiochip_add_data(guest: Guest, address: int, data: int, _lock: int, _request: int) -> int:
    """Add a chip; return 0, -EINVAL for one without lines, -EBUSY or -ENOSPC where the numbers are taken. Chips with
    interrupts of their own, or with lines that are not valid, stop the run, as those of later kernels do.
    """
    chip = view(guest, "gpio_chip", address)
    if chip.irq.chip or chip.init_valid_mask or has(guest, "gpio_device", "srcu"):
        raise Needs("GPIO chips of this kind")
    bus, row = _bus(guest), new(guest, "gpio_device")
    chip.gpiodev = row.address()
    _name(guest, row, chip, bus)
    if not chip.ngpio:
        _say(guest, ERR, row, f"({_label(guest, chip)}): tried to insert a GPIO chip with zero lines")
        return _undo(guest, chip, -EINVAL)
    base = chip.base if chip.base >= 0 else _base(guest, chip.ngpio)
    if base < 0:
        return _undo(guest, chip, base)
    chip.base = row.base = base
    row.ngpio, row.chip, row.data = chip.ngpio, address, data
    others = [device(guest, other) for other in chips(guest)]
    if any(other.base < base + row.ngpio and base < other.base + other.ngpio for other in others):
        _say(guest, ERR, row, f"({_label(guest, chip)}): GPIO integer space overlap, cannot add chip")
        return _undo(guest, chip, -EBUSY)
    row.label = guest.new_text(guest.memory.text(chip.label) if chip.label else b"unknown")
    _make_lines(guest, row, chip)
    chips(guest).append(row.address())
    chips(guest).sort(key=lambda other: int(device(guest, other).base))
    devices.add(guest, row.dev.address())
    gpios.register_chip(guest, row)
    return 0


def _label(guest: Guest, chip: View) -> str:
    return guest.text(chip.label) if chip.label else "(null)"


def _name(guest: Guest, row: View, chip: View, bus: int) -> None:
    numbers = {device(guest, other).id for other in chips(guest)}
    row.id = next(number for number in range(len(numbers) + 1) if number not in numbers)
    row.dev.bus, row.dev.parent = bus, chip.parent
    row.dev.release = guest.address_of("gpiodevice_release")
    parent = records.device(guest, chip.parent) if chip.parent else None
    driver = view(guest, "device_driver", parent.driver) if parent and parent.driver else None
    row.owner = driver.owner if driver else chip.owner
    devices.initialize(guest, row.dev.address())
    kobjects.set_name(guest, row.dev.address(), b"gpiochip%d" % row.id)


def _undo(guest: Guest, chip: View, error: int) -> int:
    """Log that a chip is not there, and return why."""
    last = chip.base + chip.ngpio - 1
    label = guest.text(chip.label) if chip.label else "generic"
    guest.printk(ERR, f"gpiochip_add_data_with_key: GPIOs {chip.base}..{last} ({label}) failed to register, {error}")
    kobjects.put(guest, device(guest, chip.gpiodev).dev.address())
    chip.gpiodev = 0
    return error


def _make_lines(guest: Guest, row: View, chip: View) -> None:
    """Make the lines of a chip, each with the direction that the chip says."""
    row.descs = guest.heap.kmalloc(guest.bounded(row.ngpio * size_of(guest, "gpio_desc")))
    for offset in range(row.ngpio):
        line = view(guest, "gpio_desc", line_of(guest, row.address(), offset))
        line.gdev = row.address()
        if chip.names:
            line.name = guest.memory.u64(chip.names + 8 * offset)
        if chip.get_direction:
            out = not guest.call_signed(chip.get_direction, chip.address(), offset)
        else:
            out = not chip.direction_input
        mark(line, IS_OUT, on=out)


@function("void gpiodevice_release(struct device *dev)")
def gpiodevice_release(guest: Guest, own: int) -> None:
    """Free what the kernel knows of a chip."""
    row = device(guest, own - offset_of(guest, "gpio_device", "dev"))
    for place in (row.label, row.descs, row.address()):
        if place:
            guest.heap.free(place)


@function("void gpiochip_remove(struct gpio_chip *gc)")
def gpiochip_remove(guest: Guest, address: int) -> None:
    """Remove a chip; complain if one of its lines is still requested."""
    row = device(guest, view(guest, "gpio_chip", address).gpiodev)
    gpios.unregister_chip(guest, row)
    lines = [view(guest, "gpio_desc", line_of(guest, row.address(), offset)) for offset in range(row.ngpio)]
    for line in lines:
        if is_marked(line, SYSFS):
            release(guest, line.address())
    if any(is_marked(line, REQUESTED) for line in lines):
        _say(guest, CRIT, row, "REMOVING GPIOCHIP WITH GPIOS STILL REQUESTED")
    chips(guest).remove(row.address())
    row.chip = 0
    devices.unregister(guest, row.dev.address())


def _say(guest: Guest, level: int, row: View, text: str) -> None:
    guest.log(level, device_message(guest, row.dev.address(), text.encode("utf-8", "surrogateescape") + b"\n"))


@function("void *gpiochip_get_data(struct gpio_chip *gc)")
def gpiochip_get_data(guest: Guest, address: int) -> int:
    """Return the data that a chip was added with."""
    return int(device(guest, view(guest, "gpio_chip", address).gpiodev).data)


@function("struct gpio_chip *gpiochip_find(void *data, void *match)")
def gpiochip_find(guest: Guest, data: int, match: int) -> int:
    """Return the first chip that match() accepts; NULL if there is none."""
    for address in chips(guest):
        chip = device(guest, address).chip
        if guest.call_signed(match, chip, data):
            return int(chip)
    return 0


@function("struct gpio_desc *gpiochip_get_desc(struct gpio_chip *gc, unsigned int hwnum)")
def gpiochip_get_desc(guest: Guest, address: int, offset: int) -> int:
    """Return a line of a chip, or -EINVAL."""
    chip = view(guest, "gpio_chip", address)
    return line_of(guest, chip.gpiodev, offset) if offset < chip.ngpio else -EINVAL


@function("const char *gpiochip_is_requested(struct gpio_chip *gc, unsigned int offset)")
def gpiochip_is_requested(guest: Guest, address: int, offset: int) -> int:
    """Return what a line of a chip was requested with; NULL if it was not."""
    line = int(gpiochip_get_desc(guest, address, offset))
    requested = line > 0 and is_marked(view(guest, "gpio_desc", line), REQUESTED)
    return int(guest.table("gpio_labels").get(line, 0)) if requested else 0


@function("bool gpiochip_line_is_valid(const struct gpio_chip *gc, unsigned int offset)")
def gpiochip_line_is_valid(_guest: Guest, _address: int, _offset: int) -> bool:
    """Return true: chips whose lines are not all valid are not modelled."""
    return True


# Lines.


def is_valid(number: int) -> bool:
    """Return whether a number could be a line's."""
    return 0 <= number < LINES


@function("struct gpio_desc *gpio_to_desc(unsigned int gpio)")
def gpio_to_desc(guest: Guest, number: int) -> int:
    """Return the line of a number; NULL where there is none, after a warning about a number that no line can have."""
    for address in chips(guest):
        row = device(guest, address)
        if row.base <= number < row.base + row.ngpio:
            return line_of(guest, address, number - row.base)
    signed = number - (1 << 32) if number >> 31 else number
    if not is_valid(signed):
        guest.printk(WARNING, f"invalid GPIO {signed}")
    return 0


@function("int desc_to_gpio(const struct gpio_desc *desc)")
def desc_to_gpio(guest: Guest, line: int) -> int:
    """Return the number of a line."""
    return gpios.number_of(guest, line)


@function("struct gpio_chip *gpiod_to_chip(const struct gpio_desc *desc)")
def gpiod_to_chip(guest: Guest, line: int) -> int:
    """Return the chip of a line; NULL for no line."""
    return chip_of(guest, line).address() if line and line < ERROR_POINTERS else 0


def _validate(line: int, name: str) -> bool:
    """Return whether a line is one; NULL is passed over in silence. Raises Needs for an error pointer."""
    if line >= ERROR_POINTERS:
        raise Needs(f"{name} of an error pointer")
    return bool(line)


def request(guest: Guest, line: int, label: bytes) -> int:
    """Request a line for somebody; return 0, also for NULL, or -EBUSY, or what the chip says (`gpiod_request()`)."""
    if not _validate(line, "gpiod_request"):
        return 0
    row = view(guest, "gpio_desc", line)
    owner = device(guest, row.gdev)
    if not main.try_module_get(guest, owner.owner):
        return -EPROBE_DEFER
    result = -EBUSY if is_marked(row, REQUESTED) else _commit(guest, row, label)
    if result:
        main.module_put(guest, owner.owner)
    else:
        kobjects.get(guest, owner.dev.address())
    return result


def _commit(guest: Guest, row: View, label: bytes) -> int:
    line = row.address()
    chip = chip_of(guest, line)
    mark(row, REQUESTED)
    _set_label(guest, line, label)
    result = guest.call_signed(chip.request, chip.address(), offset_of_line(guest, line)) if chip.request else 0
    if result:
        mark(row, REQUESTED, on=False)
        _set_label(guest, line, None)
    elif chip.get_direction:
        gpiod_get_direction(guest, line)
    return result


def _set_label(guest: Guest, line: int, label: bytes | None) -> None:
    table = guest.table("gpio_labels")
    if line in table:
        guest.heap.free(table.pop(line))
    if label is not None:
        table[line] = guest.new_text(label)


def release(guest: Guest, line: int) -> None:
    """Give a requested line back; one that is not requested, and NULL, are ignored (`gpiod_free()`)."""
    if not line or not is_marked(view(guest, "gpio_desc", line), REQUESTED):
        return
    row, chip = view(guest, "gpio_desc", line), chip_of(guest, line)
    gpios.unexport(guest, line)
    if chip.free:
        guest.call(chip.free, chip.address(), offset_of_line(guest, line))
    _set_label(guest, line, None)
    for flag in (ACTIVE_LOW, REQUESTED, OPEN_DRAIN, OPEN_SOURCE):
        mark(row, flag, on=False)
    owner = device(guest, row.gdev)
    main.module_put(guest, owner.owner)
    kobjects.put(guest, owner.dev.address())


@function("int gpiod_get_direction(struct gpio_desc *desc)")
def gpiod_get_direction(guest: Guest, line: int) -> int:
    """Return whether a line is an input (1) or an output (0), -EINVAL for no line, -ENOTSUPP where the chip cannot
    say.
    """
    if not line or line >= ERROR_POINTERS:
        return -EINVAL
    chip = chip_of(guest, line)
    if not chip.get_direction:
        return -ENOTSUPP
    result = guest.call_signed(chip.get_direction, chip.address(), offset_of_line(guest, line))
    if result >= 0:
        result = min(result, 1)
        mark(view(guest, "gpio_desc", line), IS_OUT, on=not result)
    return result


@function("int gpiod_direction_input(struct gpio_desc *desc)")
def gpiod_direction_input(guest: Guest, line: int) -> int:
    """Make a line an input; return 0, also for NULL, or what the chip says."""
    if not _validate(line, "gpiod_direction_input"):
        return 0
    chip, result = chip_of(guest, line), 0
    if not chip.get and chip.direction_input:
        _warn(guest, line, "gpiod_direction_input: missing get() but have direction_input()")
        return -EIO
    if chip.direction_input:
        result = guest.call_signed(chip.direction_input, chip.address(), offset_of_line(guest, line))
    elif chip.get_direction:
        raise Needs("a GPIO chip whose lines' direction is fixed")
    if not result:
        mark(view(guest, "gpio_desc", line), IS_OUT, on=False)
    return result


def _warn(guest: Guest, line: int, text: str) -> None:
    label = guest.table("gpio_labels").get(line)
    guest.printk(WARNING, f"gpio-{desc_to_gpio(guest, line)} ({guest.text(label) if label else '?'}): {text}")


@function("int gpiod_direction_output_raw(struct gpio_desc *desc, int value)")
def gpiod_direction_output_raw(guest: Guest, line: int, value: int) -> int:
    """Make a line an output with this level; return 0, also for NULL, or what the chip says."""
    if not _validate(line, "gpiod_direction_output_raw"):
        return 0
    chip, offset, result = chip_of(guest, line), offset_of_line(guest, line), 0
    if not chip.set and not chip.direction_output:
        _warn(guest, line, "gpiod_direction_output_raw_commit: missing set() and direction_output() operations")
        return -EIO
    if chip.direction_output:
        result = guest.call_signed(chip.direction_output, chip.address(), offset, int(bool(value)))
    elif chip.get_direction:
        raise Needs("a GPIO chip whose lines' direction is fixed")
    else:
        guest.call(chip.set, chip.address(), offset, int(bool(value)))
    if not result:
        mark(view(guest, "gpio_desc", line), IS_OUT)
    return result


def _level(guest: Guest, line: int, value: int) -> int:
    """Return the level of a line that is active or not (and, as well, whether it is active with a level)."""
    row = view(guest, "gpio_desc", line)
    if is_marked(row, OPEN_DRAIN) or is_marked(row, OPEN_SOURCE):
        raise Needs("GPIO lines that are open drains")
    return int(bool(value)) ^ int(is_marked(row, ACTIVE_LOW))


@function("int gpiod_direction_output(struct gpio_desc *desc, int value)")
def gpiod_direction_output(guest: Guest, line: int, value: int) -> int:
    """Make a line an output that is active or not; return 0, also for NULL, or what the chip says."""
    if not _validate(line, "gpiod_direction_output"):
        return 0
    return int(gpiod_direction_output_raw(guest, line, _level(guest, line, value)))


@function(
    "int gpiod_get_raw_value(const struct gpio_desc *desc)",
    "int gpiod_get_raw_value_cansleep(const struct gpio_desc *desc)",
)
def gpiod_get_raw_value(guest: Guest, line: int) -> int:
    """Return the level of a line, 0 for NULL, or an error of the chip's. The warning about a chip that sleeps where
    nobody may is not modelled.
    """
    if not _validate(line, "gpiod_get_raw_value"):
        return 0
    chip = chip_of(guest, line)
    value = guest.call_signed(chip.get, chip.address(), offset_of_line(guest, line)) if chip.get else -EIO
    return min(value, 1)


@function(
    "int gpiod_get_value(const struct gpio_desc *desc)", "int gpiod_get_value_cansleep(const struct gpio_desc *desc)"
)
def gpiod_get_value(guest: Guest, line: int) -> int:
    """Return whether a line is active, 0 for NULL, or an error of the chip's."""
    if not _validate(line, "gpiod_get_value"):
        return 0
    value = int(gpiod_get_raw_value(guest, line))
    return value if value < 0 else _level(guest, line, value)


@function(
    "void gpiod_set_raw_value(struct gpio_desc *desc, int value)",
    "void gpiod_set_raw_value_cansleep(struct gpio_desc *desc, int value)",
)
def gpiod_set_raw_value(guest: Guest, line: int, value: int) -> None:
    """Set the level of a line; NULL is ignored."""
    if _validate(line, "gpiod_set_raw_value"):
        chip = chip_of(guest, line)
        guest.call(chip.set, chip.address(), offset_of_line(guest, line), int(bool(value)))


@function(
    "void gpiod_set_value(struct gpio_desc *desc, int value)",
    "void gpiod_set_value_cansleep(struct gpio_desc *desc, int value)",
)
def gpiod_set_value(guest: Guest, line: int, value: int) -> None:
    """Make a line active or not; NULL is ignored."""
    if _validate(line, "gpiod_set_value"):
        gpiod_set_raw_value(guest, line, _level(guest, line, value))


@function("int gpiod_cansleep(const struct gpio_desc *desc)")
def gpiod_cansleep(guest: Guest, line: int) -> bool:
    """Return whether the chip of a line may sleep when it is asked; false for NULL."""
    return _validate(line, "gpiod_cansleep") and bool(chip_of(guest, line).can_sleep)


@function("int gpiod_is_active_low(const struct gpio_desc *desc)")
def gpiod_is_active_low(guest: Guest, line: int) -> bool:
    """Return whether a line is active while its level is low."""
    return _validate(line, "gpiod_is_active_low") and is_marked(view(guest, "gpio_desc", line), ACTIVE_LOW)


@function("void gpiod_toggle_active_low(struct gpio_desc *desc)")
def gpiod_toggle_active_low(guest: Guest, line: int) -> None:
    """Let a line be active at the other level."""
    if _validate(line, "gpiod_toggle_active_low"):
        row = view(guest, "gpio_desc", line)
        mark(row, ACTIVE_LOW, on=not is_marked(row, ACTIVE_LOW))


@function("int gpiod_to_irq(const struct gpio_desc *desc)")
def gpiod_to_irq(guest: Guest, line: int) -> int:
    """Return the interrupt of a line as its chip says, -ENXIO if it has none, -EINVAL for no line."""
    return interrupt_of(guest, line)


@function("int gpiod_set_config(struct gpio_desc *desc, unsigned long config)")
def gpiod_set_config(guest: Guest, line: int, config: int) -> int:
    """Let the chip configure a line; return what it says, -ENOTSUPP if it cannot, 0 for NULL."""
    if not _validate(line, "gpiod_set_config"):
        return 0
    chip = chip_of(guest, line)
    if not chip.set_config:
        return -ENOTSUPP
    return guest.call_signed(chip.set_config, chip.address(), offset_of_line(guest, line), config)


@function("int gpiod_set_debounce(struct gpio_desc *desc, unsigned int debounce)")
def gpiod_set_debounce(guest: Guest, line: int, microseconds: int) -> int:
    """Let the chip ignore short changes of a line; return as `gpiod_set_config()`."""
    kind = constant(guest, "PIN_CONFIG_INPUT_DEBOUNCE", _DEBOUNCE)
    return int(gpiod_set_config(guest, line, microseconds << 8 | kind))


@function("int gpiod_set_consumer_name(struct gpio_desc *desc, const char *name)")
def gpiod_set_consumer_name(guest: Guest, line: int, name: int) -> int:
    """Say who uses a line; return 0."""
    if _validate(line, "gpiod_set_consumer_name"):
        _set_label(guest, line, guest.memory.text(name) if name else None)
    return 0


# Lines by name.


@function("void gpiod_add_lookup_table(struct gpiod_lookup_table *table)")
def gpiod_add_lookup_table(guest: Guest, table: int) -> None:
    """Add a table of the lines that a device has, by name."""
    guest.table("gpio_lookups").setdefault("list", []).append(table)


@function("void gpiod_remove_lookup_table(struct gpiod_lookup_table *table)")
def gpiod_remove_lookup_table(guest: Guest, table: int) -> None:
    """Remove a table of lines; NULL is ignored."""
    if table:
        guest.table("gpio_lookups")["list"].remove(table)


def _rows(guest: Guest, owner: int) -> list[View] | None:
    """Return the entries of a device's table, None if there is none. Raises Needs for a device that the firmware
    describes, which may name lines.
    """
    if owner and records.device(guest, owner).fwnode:
        raise Needs("GPIO lines of a device with a firmware node")
    name = records.name(guest, owner) if owner else None
    for address in guest.table("gpio_lookups").get("list", []):
        table = view(guest, "gpiod_lookup_table", address)
        if (guest.text(table.dev_id) if table.dev_id else None) != name:
            continue
        found, at = [], table.address("table")
        while (row := view(guest, "gpiod_lookup", at)).key:
            found.append(row)
            at += size_of(guest, "gpiod_lookup")
        return found
    return None


def find(guest: Guest, owner: int, name: int, number: int) -> tuple[int, int]:
    """Return the line that a device has by a name, the first, second or other one, and its flags; or an error
    (`gpiod_find()`).
    """
    for row in _rows(guest, owner) or ():
        wanted = guest.text(row.con_id) if row.con_id else None
        if row.idx != number or (wanted is not None and (not name or guest.text(name) != wanted)):
            continue
        if row.chip_hwnum == _BY_NAME:
            raise Needs("GPIO lines by their own names")
        label = guest.text(row.key)
        found = next((c for c in chips(guest) if guest.text(device(guest, c).label) == label), 0)
        if not found:
            _tell(guest, WARNING, owner, f"cannot find GPIO chip {label}, deferring")
            return -EPROBE_DEFER, 0
        count = device(guest, found).ngpio
        if row.chip_hwnum >= count:
            range_ = f"is out of range [0..{count - 1}] for chip {label}"
            _tell(guest, ERR, owner, f"requested GPIO {number} ({row.chip_hwnum}) {range_}")
            return -EINVAL, 0
        return line_of(guest, found, row.chip_hwnum), row.flags
    return -ENOENT, 0


def _tell(guest: Guest, level: int, owner: int, text: str) -> None:
    guest.log(level, device_message(guest, owner, text.encode("utf-8", "surrogateescape") + b"\n"))


@function(
    "struct gpio_desc *gpiod_get_index(struct device *dev, const char *con_id, unsigned int idx,"
    " enum gpiod_flags flags)"
)
def gpiod_get_index(guest: Guest, owner: int, name: int, number: int, flags: int) -> int:
    """Request the line that a device has by a name and a number, and set its direction; return it or an error."""
    line, lookup = find(guest, owner, name, number)
    if line < 0:
        return line
    label = guest.memory.text(name) if name else records.name(guest, owner).encode() if owner else b"?"
    result = request(guest, line, label) or _configure(guest, line, lookup, flags)
    if result and is_marked(view(guest, "gpio_desc", line), REQUESTED) and result != -EBUSY:
        release(guest, line)
    return result or line


def _configure(guest: Guest, line: int, lookup: int, flags: int) -> int:
    """Set what a table and a caller want of a line; return 0 or an error (`gpiod_configure_flags()`)."""
    if lookup & ~(_ACTIVE_LOW | _TRANSITORY) or flags & _OTHER or chip_of(guest, line).set_config:
        raise Needs("GPIO lines that are open drains, or have resistors")
    mark(view(guest, "gpio_desc", line), ACTIVE_LOW, on=bool(lookup & _ACTIVE_LOW))
    if not flags & _DIRECTION_SET:
        return 0
    if flags & _DIRECTION_OUT:
        return int(gpiod_direction_output(guest, line, flags & _VALUE))
    return int(gpiod_direction_input(guest, line))


@function("struct gpio_desc *gpiod_get(struct device *dev, const char *con_id, enum gpiod_flags flags)")
def gpiod_get(guest: Guest, owner: int, name: int, flags: int) -> int:
    """Request the first line that a device has by a name; return it or an error."""
    return int(gpiod_get_index(guest, owner, name, 0, flags))


@function(
    "struct gpio_desc *gpiod_get_index_optional(struct device *dev, const char *con_id, unsigned int index,"
    " enum gpiod_flags flags)"
)
def gpiod_get_index_optional(guest: Guest, owner: int, name: int, number: int, flags: int) -> int:
    """Request a line as gpiod_get_index(); return NULL if there is none of this name."""
    line = int(gpiod_get_index(guest, owner, name, number, flags))
    return 0 if line == -ENOENT else line


@function("struct gpio_desc *gpiod_get_optional(struct device *dev, const char *con_id, enum gpiod_flags flags)")
def gpiod_get_optional(guest: Guest, owner: int, name: int, flags: int) -> int:
    """Request the first line as gpiod_get(); return NULL if there is none of this name."""
    return int(gpiod_get_index_optional(guest, owner, name, 0, flags))


@function("int gpiod_count(struct device *dev, const char *con_id)")
def gpiod_count(guest: Guest, owner: int, name: int) -> int:
    """Return how many lines a device has by a name, or -ENOENT."""
    wanted = guest.text(name) if name else None
    names = [guest.text(row.con_id) if row.con_id else None for row in _rows(guest, owner) or ()]
    return names.count(wanted) or -ENOENT


@function("void gpiod_put(struct gpio_desc *desc)")
def gpiod_put(guest: Guest, line: int) -> None:
    """Give a line back; NULL is ignored."""
    release(guest, line)

"""drivers/leds/led-class.c: LEDs of modules, and their files in /sys/class/leds."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import create
from modtools.emulate.linux.drivers.leds import led_core
from modtools.emulate.linux.kernel.workqueue import flush_work
from modtools.emulate.objects import classes, devices, kernelgroups, records, sysfs
from modtools.emulate.objects.binding import resources
from modtools.emulate.objects.kernelgroups import Attribute, emit
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, view
from modtools.errors import KernelError
from modtools.integers import ERROR_POINTERS
from modtools.kernel import kstrtox

_FULL = 255
_UNREGISTERING, _RETAINED = 1 << 1, 1 << 22
"""Flags of a LED: `LED_UNREGISTERING` and `LED_RETAIN_AT_SHUTDOWN` (`include/linux/leds.h`)."""
_FILES = {
    "": (
        Attribute("brightness", 0o644, "brightness_show", "brightness_store"),
        Attribute("max_brightness", 0o444, "max_brightness_show"),
    )
}
_TRIGGER = b"trigger"


def _class(guest: Guest) -> int:
    address = classes.built_in(guest, "leds", "device_create_release")
    view(guest, "class", address).dev_groups = kernelgroups.groups(guest, "led", _FILES)
    return address


def _trigger_file(guest: Guest) -> int:
    """Return the attribute of the file that names a LED's trigger."""
    table = guest.table("leds_class")
    if "trigger" not in table:
        row = new(guest, "bin_attribute")
        row.attr.name, row.attr.mode = guest.new_text(_TRIGGER), 0o644
        row.read, row.write = guest.address_of("led_trigger_read"), guest.address_of("led_trigger_write")
        table["trigger"] = row.address()
    return int(table["trigger"])


@function("int led_classdev_register_ext(struct device *parent, struct led_classdev *led_cdev, void *init_data)")
def led_classdev_register_ext(guest: Guest, parent: int, address: int, data: int) -> int:
    """Register a LED by its name; return 0 or an error. One that is named by its node, has a name that is taken, or a
    trigger of its own, stops the run.
    """
    led = view(guest, "led_classdev", address)
    if data:
        raise Needs("a LED that is named by its device")
    name, cls = guest.memory.text(led.name), _class(guest)
    others = (records.name(guest, device) for device in records.class_row(guest, cls)["devices"])
    if name.decode("utf-8", "surrogateescape") in others:
        raise Needs("the new name of a LED whose name is taken")
    if led.default_trigger:
        raise Needs("a LED with a trigger")
    made = create(guest, cls, parent, 0, address, led.groups, name)
    if made % (1 << 64) >= ERROR_POINTERS:
        return int(made)
    led.dev, led.max_brightness = made, led.max_brightness or _FULL
    sysfs.add_file(guest, made, _trigger_file(guest), "bin")
    led_core.led_update_brightness(guest, address)
    led_core.prepare(guest, address)
    return 0


@function("void led_classdev_unregister(struct led_classdev *led_cdev)")
def led_classdev_unregister(guest: Guest, address: int) -> None:
    """Turn a LED off and unregister it; one that is not registered is ignored."""
    led = view(guest, "led_classdev", address)
    if not led.dev or led.dev >= ERROR_POINTERS:
        return
    led.flags |= _UNREGISTERING
    if not led.flags & _RETAINED:
        led_core.led_set_brightness(guest, address, 0)
    flush_work(guest, led.set_brightness_work.address())
    sysfs.remove_name(guest, led.dev, _TRIGGER.decode())
    devices.unregister(guest, led.dev)


@function("int devm_led_classdev_register_ext(struct device *parent, struct led_classdev *led_cdev, void *init_data)")
def devm_led_classdev_register_ext(guest: Guest, parent: int, address: int, data: int) -> int:
    """Register a LED until the resources of its parent end; return 0 or an error."""
    error: int = led_classdev_register_ext(guest, parent, address, data)
    if not error:
        place = guest.heap.kmalloc(8)
        guest.memory.put(place, address, 8)
        resources(guest, parent).append([place, guest.address_of("devm_led_classdev_release")])
    return error


@function("void devm_led_classdev_release(struct device *dev, void *res)")
def devm_led_classdev_release(guest: Guest, _device: int, data: int) -> None:
    """Unregister a LED that belongs to a device's resources."""
    led_classdev_unregister(guest, guest.memory.u64(data))


def _led(guest: Guest, device: int) -> View:
    return view(guest, "led_classdev", records.device(guest, device).driver_data)


@function("ssize_t brightness_show(struct device *dev, struct device_attribute *attr, char *buf)")
def brightness_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write how bright a LED is, as its driver says it, if that does."""
    led = _led(guest, device)
    led_core.led_update_brightness(guest, led.address())
    return emit(guest, buffer, f"{led.brightness}\n")


@function("ssize_t brightness_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")
def brightness_store(guest: Guest, device: int, _attribute: int, buffer: int, size: int) -> int:
    """Set how bright a LED is, and wait for that; return the number of bytes, or -EINVAL or -ERANGE for no number."""
    try:
        text = guest.memory.read(buffer, size).decode("latin-1")
        value = kstrtox.kstrtoint(text, 10, bits=64, signed=False)
    except KernelError as error:
        return -error.errno
    led = _led(guest, device)
    led_core.led_set_brightness(guest, led.address(), value & 0xFFFFFFFF)
    flush_work(guest, led.set_brightness_work.address())
    return size


@function("ssize_t max_brightness_show(struct device *dev, struct device_attribute *attr, char *buf)")
def max_brightness_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write the most that a LED can be set to."""
    return emit(guest, buffer, f"{_led(guest, device).max_brightness}\n")

"""drivers/gpio/gpiolib-sysfs.c: GPIO lines in /sys/class/gpio, and what their files do."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.gpio import gpiolib
from modtools.emulate.objects import gpios, records
from modtools.emulate.objects.kernelgroups import emit
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.errors import KernelError
from modtools.kernel.kstrtox import kstrtoint
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EINVAL, ENODEV, EPERM, EPROBE_DEFER


@function("int gpiod_export(struct gpio_desc *desc, bool direction_may_change)")
def gpiod_export(guest: Guest, line: int, changeable: int) -> int:
    """Show a requested line in /sys/class/gpio; return 0 or an error."""
    return gpios.export(guest, line, changeable=bool(changeable))


@function("void gpiod_unexport(struct gpio_desc *desc)")
def gpiod_unexport(guest: Guest, line: int) -> None:
    """Show a line no more; NULL is ignored."""
    gpios.unexport(guest, line)


# Files.


@function("ssize_t gpio_chip_show(struct device *dev, struct device_attribute *attr, char *buf)")
def gpio_chip_show(guest: Guest, device: int, attribute: int, buffer: int) -> int:
    """Write what a file of a chip says for a reader; return the length."""
    chip = view(guest, "gpio_chip", records.device(guest, device).driver_data)
    name = guest.text(view(guest, "attribute", attribute).name)
    value = (guest.text(chip.label) if chip.label else "") if name == "label" else getattr(chip, name)
    return emit(guest, buffer, f"{value}\n")


@function("ssize_t gpio_line_show(struct device *dev, struct device_attribute *attr, char *buf)")
def gpio_line_show(guest: Guest, device: int, attribute: int, buffer: int) -> int:
    """Write what a file of a line says for a reader; return the length, or an error of the chip's."""
    line, name = records.device(guest, device).driver_data, guest.text(view(guest, "attribute", attribute).name)
    row = view(guest, "gpio_desc", line)
    if name == "value":
        value = int(gpiolib.gpiod_get_value(guest, line))
        return value if value < 0 else emit(guest, buffer, f"{value}\n")
    if name == "direction":
        gpiolib.gpiod_get_direction(guest, line)
        return emit(guest, buffer, "out\n" if gpios.is_marked(row, gpios.IS_OUT) else "in\n")
    return emit(guest, buffer, "none\n" if name == "edge" else f"{gpios.is_marked(row, gpios.ACTIVE_LOW):d}\n")


@function("ssize_t gpio_line_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")
def gpio_line_store(guest: Guest, device: int, attribute: int, buffer: int, size: int) -> int:
    """Do what is written to a file of a line; return the length or an error. Interrupts of a line stop the run."""
    line, name = records.device(guest, device).driver_data, guest.text(view(guest, "attribute", attribute).name)
    text = guest.text(buffer)
    if name == "direction":
        return _turn(guest, line, text.removesuffix("\n")) or size
    if name == "edge":
        raise Needs("interrupts of a GPIO line by its file")
    try:
        value = kstrtoint(text, 0, bits=64, signed=True)
    except KernelError as error:
        return -error.errno
    if name == "active_low":
        gpios.mark(view(guest, "gpio_desc", line), gpios.ACTIVE_LOW, on=bool(value))
    elif not gpios.is_marked(view(guest, "gpio_desc", line), gpios.IS_OUT):
        return -EPERM
    else:
        gpiolib.gpiod_set_value(guest, line, value & 0xFFFFFFFF)
    return size


def _turn(guest: Guest, line: int, word: str) -> int:
    if word in ("high", "out", "low"):
        return int(gpiolib.gpiod_direction_output_raw(guest, line, int(word == "high")))
    return int(gpiolib.gpiod_direction_input(guest, line)) if word == "in" else -EINVAL


def _line_of(guest: Guest, buffer: int, name: str) -> int:
    """Return the line whose number is written, or an error after the kernel's complaint."""
    try:
        number = kstrtoint(guest.text(buffer), 0, bits=64, signed=True)
    except KernelError as error:
        return -error.errno
    line = int(gpiolib.gpio_to_desc(guest, number & 0xFFFFFFFF))
    if not line:
        guest.printk(WARNING, f"{name}: invalid GPIO {number}")
    return line or -EINVAL


@function("ssize_t gpio_export_store(struct class *class, struct class_attribute *attr, const char *buf, size_t len)")
def gpio_export_store(guest: Guest, _cls: int, _attribute: int, buffer: int, size: int) -> int:
    """Request the line whose number is written and show it; return the length or an error."""
    line = _line_of(guest, buffer, "export_store")
    if line < 0:
        return line
    result = gpiolib.request(guest, line, b"sysfs")
    if result:
        return -ENODEV if result == -EPROBE_DEFER else result
    result = gpios.export(guest, line, changeable=True)
    if result:
        gpiolib.release(guest, line)
        return result
    gpios.mark(view(guest, "gpio_desc", line), gpios.SYSFS)
    return size


@function("ssize_t gpio_unexport_store(struct class *class, struct class_attribute *attr, const char *buf, size_t len)")
def gpio_unexport_store(guest: Guest, _cls: int, _attribute: int, buffer: int, size: int) -> int:
    """Give the line back whose number is written, if it was requested by the file `export`; return the length or an
    error.
    """
    line = _line_of(guest, buffer, "unexport_store")
    if line < 0:
        return line
    row = view(guest, "gpio_desc", line)
    if not gpios.is_marked(row, gpios.SYSFS):
        return -EINVAL
    gpios.mark(row, gpios.SYSFS, on=False)
    gpiolib.release(guest, line)
    return size

"""drivers/gpio/gpiolib-legacy.c: GPIO lines by their numbers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.gpio import gpiolib
from modtools.emulate.objects import gpios
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.integers import signed
from modtools.linuxerrno import EPROBE_DEFER

_IN, _HIGH, _ACTIVE_LOW, _OPEN = 1, 2, 4, 8 | 16
_EXPORT, _CHANGEABLE = 1 << 5, 1 << 6


@function("int gpio_request(unsigned int gpio, const char *label)")
def gpio_request(guest: Guest, number: int, label: int) -> int:
    """Request the line of a number; return 0 or an error: -EPROBE_DEFER where no chip has it, 0 for a number that no
    line can have.
    """
    line = int(gpiolib.gpio_to_desc(guest, number))
    if not line and gpiolib.is_valid(signed(number, 32)):
        return -EPROBE_DEFER
    return gpiolib.request(guest, line, guest.memory.text(label) if label else b"?")


@function("void gpio_free(unsigned int gpio)")
def gpio_free(guest: Guest, number: int) -> None:
    """Give the line of a number back."""
    gpiolib.release(guest, int(gpiolib.gpio_to_desc(guest, number)))


@function("int gpio_request_one(unsigned int gpio, unsigned long flags, const char *label)")
def gpio_request_one(guest: Guest, number: int, flags: int, label: int) -> int:
    """Request the line of a number, set its direction and level, and export it if that is wanted; return 0 or an
    error. Open drains stop the run.
    """
    if flags & _OPEN:
        raise Needs("GPIO lines that are open drains")
    result = int(gpio_request(guest, number, label))
    if result:
        return result
    line = int(gpiolib.gpio_to_desc(guest, number))
    if flags & _ACTIVE_LOW and line:
        gpios.mark(view(guest, "gpio_desc", line), gpios.ACTIVE_LOW)
    if flags & _IN:
        result = int(gpiolib.gpiod_direction_input(guest, line))
    else:
        result = int(gpiolib.gpiod_direction_output_raw(guest, line, flags & _HIGH))
    if not result and flags & _EXPORT:
        result = gpios.export(guest, line, changeable=bool(flags & _CHANGEABLE))
    if result:
        gpiolib.release(guest, line)
    return result


@function("int gpio_request_array(const struct gpio *array, size_t num)")
def gpio_request_array(guest: Guest, table: int, count: int) -> int:
    """Request several lines; return 0, or an error after which none of them is requested."""
    for number in range(count):
        row = view(guest, "gpio", table + number * size_of(guest, "gpio"))
        result = int(gpio_request_one(guest, row.gpio, row.flags, row.label))
        if result:
            for before in reversed(range(number)):
                gpio_free_array(guest, table + before * size_of(guest, "gpio"), 1)
            return result
    return 0


@function("void gpio_free_array(const struct gpio *array, size_t num)")
def gpio_free_array(guest: Guest, table: int, count: int) -> None:
    """Give several lines back."""
    for number in range(count):
        gpio_free(guest, view(guest, "gpio", table + number * size_of(guest, "gpio")).gpio)

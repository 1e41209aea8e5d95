"""drivers/gpio/gpiolib-devres.c: GPIO lines and chips that end with a device's driver."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.gpio import gpiolib, gpiolib_legacy
from modtools.emulate.objects.binding import resources
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT


def _manage(guest: Guest, device: int, release: str, what: int) -> None:
    """Let something be released with a device's resources: a line, or a chip."""
    data = guest.heap.kmalloc(8)
    guest.memory.put(data, what, 8)
    resources(guest, device).append([data, guest.address_of(release)])


@function(
    "struct gpio_desc *devm_gpiod_get_index(struct device *dev, const char *con_id, unsigned int idx,"
    " enum gpiod_flags flags)"
)
def devm_gpiod_get_index(guest: Guest, device: int, name: int, number: int, flags: int) -> int:
    """Request the line that a device has by a name and a number, until its resources end; return it or an error."""
    line = int(gpiolib.gpiod_get_index(guest, device, name, number, flags))
    if line > 0:
        _manage(guest, device, "devm_gpio_line_release", line)
    return line


@function("struct gpio_desc *devm_gpiod_get(struct device *dev, const char *con_id, enum gpiod_flags flags)")
def devm_gpiod_get(guest: Guest, device: int, name: int, flags: int) -> int:
    """Request the first line that a device has by a name, until its resources end; return it or an error."""
    return int(devm_gpiod_get_index(guest, device, name, 0, flags))


@function(
    "struct gpio_desc *devm_gpiod_get_index_optional(struct device *dev, const char *con_id, unsigned int index,"
    " enum gpiod_flags flags)"
)
def devm_gpiod_get_index_optional(guest: Guest, device: int, name: int, number: int, flags: int) -> int:
    """Request a line as devm_gpiod_get_index(); return NULL if there is none of this name."""
    line = int(devm_gpiod_get_index(guest, device, name, number, flags))
    return 0 if line == -ENOENT else line


@function("struct gpio_desc *devm_gpiod_get_optional(struct device *dev, const char *con_id, enum gpiod_flags flags)")
def devm_gpiod_get_optional(guest: Guest, device: int, name: int, flags: int) -> int:
    """Request the first line as devm_gpiod_get(); return NULL if there is none of this name."""
    return int(devm_gpiod_get_index_optional(guest, device, name, 0, flags))


@function("void devm_gpio_line_release(struct device *dev, void *res)")
def devm_gpio_line_release(guest: Guest, _device: int, data: int) -> None:
    """Give a line back that belongs to a device's resources."""
    gpiolib.release(guest, guest.memory.u64(data))


@function("int devm_gpio_request(struct device *dev, unsigned int gpio, const char *label)")
def devm_gpio_request(guest: Guest, device: int, number: int, label: int) -> int:
    """Request the line of a number until a device's resources end; return 0 or an error."""
    result = int(gpiolib_legacy.gpio_request(guest, number, label))
    if not result:
        _manage(guest, device, "devm_gpio_line_release", int(gpiolib.gpio_to_desc(guest, number)))
    return result


@function("int devm_gpio_request_one(struct device *dev, unsigned int gpio, unsigned long flags, const char *label)")
def devm_gpio_request_one(guest: Guest, device: int, number: int, flags: int, label: int) -> int:
    """Request the line of a number with its direction until a device's resources end; return 0 or an error."""
    result = int(gpiolib_legacy.gpio_request_one(guest, number, flags, label))
    if not result:
        _manage(guest, device, "devm_gpio_line_release", int(gpiolib.gpio_to_desc(guest, number)))
    return result


@function(
    "int devm_gpiochip_add_data_with_key(struct device *dev, struct gpio_chip *gc, void *data,"
    " struct lock_class_key *lock_key, struct lock_class_key *request_key)"
)
def devm_gpiochip_add_data(guest: Guest, device: int, chip: int, data: int, lock: int, request: int) -> int:
    """Add a chip, which is removed with a device's resources; return 0 or an error."""
    result = int(gpiolib.gpiochip_add_data(guest, chip, data, lock, request))
    if not result:
        _manage(guest, device, "devm_gpio_device_release", chip)
    return result


@function("void devm_gpio_device_release(struct device *dev, void *res)")
def devm_gpio_device_release(guest: Guest, _device: int, data: int) -> None:
    """Remove a chip that belongs to a device's resources."""
    gpiolib.gpiochip_remove(guest, guest.memory.u64(data))

"""drivers/gpio/gpiolib-devres.c: GPIO lines of a device, of which the machine has none.

A driver finds its lines by tables of the firmware or of a board's code, and there are neither.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import ENOENT


def _look(guest: Guest, device: int) -> None:
    """Stop the run for a device that the firmware describes, which may name lines."""
    if device and view(guest, "device", device).fwnode:
        raise Needs("GPIO lines of a device with a firmware node")


@function(
    "struct gpio_desc *devm_gpiod_get(struct device *dev, const char *con_id, enum gpiod_flags flags)",
)
def devm_gpiod_get(guest: Guest, device: int, _name: int, _flags: int) -> int:
    """Return -ENOENT: no line is named so."""
    _look(guest, device)
    return -ENOENT


@function("struct gpio_desc *devm_gpiod_get_optional(struct device *dev, const char *con_id, enum gpiod_flags flags)")
def devm_gpiod_get_optional(guest: Guest, device: int, _name: int, _flags: int) -> int:
    """Return NULL: no line is named so."""
    _look(guest, device)
    return 0

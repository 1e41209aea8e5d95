"""Files of /proc that tell what is registered with the kernel, by modules and by the kernel itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from modtools.emulate.objects import disks, inputs, numbers, regions
from modtools.emulate.tasks import interrupts

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_TEXTS: Mapping[str, Callable[[Guest], str]] = {
    "devices": numbers.show_devices,
    "interrupts": interrupts.show,
    "misc": numbers.show_misc,
    "bus/input/devices": inputs.show_devices,
    "bus/input/handlers": inputs.show_handlers,
    "diskstats": disks.show_counters,
    "partitions": disks.show,
    "iomem": regions.show_memory,
    "ioports": regions.show_ports,
}
"""What makes the text of each file, by its path below /proc."""


def text(guest: Guest, name: str) -> str:
    """Return the text of the file at a path below /proc."""
    return _TEXTS[name](guest)

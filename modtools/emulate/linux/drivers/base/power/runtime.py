"""drivers/base/power/runtime.c: Power of devices while the machine runs; files for it are not there to be removed."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.records import device
from modtools.emulate.symbols.registry import function


@function("void pm_runtime_no_callbacks(struct device *dev)")
def pm_runtime_no_callbacks(guest: Guest, address: int) -> None:
    """Note that a device has no callbacks, so that its power is its parent's."""
    device(guest, address).power.no_callbacks = 1

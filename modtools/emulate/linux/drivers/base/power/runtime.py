"""drivers/base/power/runtime.c: Power of devices while the machine runs; files for it are not there to be removed."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.records import device
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("void pm_runtime_no_callbacks(struct device *dev)")
def pm_runtime_no_callbacks(guest: Guest, address: int) -> None:
    """Note that a device has no callbacks, so that its power is its parent's."""
    device(guest, address).power.no_callbacks = 1


@function("void __pm_runtime_use_autosuspend(struct device *dev, bool use)")
def pm_runtime_use_autosuspend(guest: Guest, address: int, use: int) -> None:
    """Note that a device is to be suspended after a while, or not; where that could happen now the run stops."""
    power = device(guest, address).power
    if not power.disable_depth or power.autosuspend_delay < 0:
        raise Needs("suspending a device at run time")
    power.use_autosuspend = use


@function("void pm_runtime_forbid(struct device *dev)")
def pm_runtime_forbid(guest: Guest, address: int) -> None:
    """Note that a device is to stay awake, and count a user of it; one whose power is looked after stops the run."""
    power = device(guest, address).power
    if power.runtime_auto and not power.disable_depth:
        raise Needs("waking a device up")
    power.usage_count += power.runtime_auto
    power.runtime_auto = 0

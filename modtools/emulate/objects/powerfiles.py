"""The folder `power` of each device: runtime power management as files.

From Linux 6.1: `drivers/base/power/sysfs.c`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.objects import sysfs
from modtools.emulate.objects.records import device
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View
from modtools.linuxerrno import EINVAL, EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


GROUP = "power"
_STATES = ("active", "resuming", "suspended", "suspending")
_ADVANCED = ("async", "runtime_active_kids", "runtime_enabled", "runtime_usage")
"""Files of kernels with PM_ADVANCED_DEBUG alone."""


def add(guest: Guest, dev: View) -> None:
    """Make the folder in that of a device (`dpm_sysfs_add()`)."""
    if dev.power.no_pm:
        return
    sysfs.add_name(guest, dev.address(), GROUP, "group", 0)
    advanced = guest.profile.config.get("PM_ADVANCED_DEBUG") == "y"
    for name in FILES:
        if advanced or name not in _ADVANCED:
            sysfs.add_name(guest, dev.address(), f"{GROUP}/{name}", "own", sysfs.own(f"{GROUP}/{name}"))


def remove(guest: Guest, dev: View) -> None:
    """Remove the folder, and what drivers have put into it."""
    for folder, name in [*guest.table("sysfs")]:
        if folder == dev.address() and (name == GROUP or name.startswith(f"{GROUP}/")):
            sysfs.remove_name(guest, folder, name)


def _status(power: View) -> str:
    if power.runtime_error:
        return "error"
    return "unsupported" if power.disable_depth else _STATES[power.runtime_status]


def _enabled(power: View) -> str:
    words = [word for word, on in (("disabled", power.disable_depth), ("forbidden", not power.runtime_auto)) if on]
    return " & ".join(words) or "enabled"


def _milliseconds(field: str) -> Callable[[View], str]:
    def show(power: View) -> str:
        if not power.disable_depth:
            raise Needs("the times of runtime power management")
        return str(getattr(power, field) // 1_000_000)

    return show


_SHOWN: dict[str, Callable[[View], str]] = {
    "async": lambda power: "enabled" if power.async_suspend else "disabled",
    "control": lambda power: "auto" if power.runtime_auto else "on",
    "runtime_active_kids": lambda power: str(0 if power.ignore_children else power.child_count),
    "runtime_active_time": _milliseconds("active_time"),
    "runtime_enabled": _enabled,
    "runtime_status": _status,
    "runtime_suspended_time": _milliseconds("suspended_time"),
    "runtime_usage": lambda power: str(power.usage_count),
}
_STORED = {"async": ("async_suspend", "disabled", "enabled"), "control": ("runtime_auto", "on", "auto")}
FILES = {"autosuspend_delay_ms": 0o644, **{name: 0o644 if name in _STORED else 0o444 for name in _SHOWN}}
"""The files with their permissions."""


def show(name: str, guest: Guest, folder: int) -> str | int:
    """Return the text of a file of the folder, or a negative errno."""
    power = device(guest, folder).power
    if name == "autosuspend_delay_ms":
        return f"{power.autosuspend_delay}\n" if power.use_autosuspend else -EIO
    return f"{_SHOWN[name](power)}\n"


def store(name: str, guest: Guest, folder: int, text: str) -> int:
    """Write to a file of the folder; return 0 or a negative errno."""
    power = device(guest, folder).power
    if name not in _STORED:
        if power.use_autosuspend:
            raise Needs("the delay of a device's autosuspend")
        return -EIO
    field, *words = _STORED[name]
    if text.removesuffix("\n") not in words:
        return -EINVAL
    if name == "control" and not power.disable_depth:
        raise Needs("resuming a device by power/control")
    setattr(power, field, words.index(text.removesuffix("\n")))
    return 0

"""The kernel's own files in the folders of devices, drivers and buses: what each is read and written by.

The table `sysfs` has each as "own", with the number of its name in `sysfs.OWN`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from modtools.emulate.objects import busfiles, devicefiles, overrides, powerfiles, sysfs
from modtools.errors import KernelError
from modtools.kernel.files import uevents
from modtools.light import NamedTuple
from modtools.linuxerrno import EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


class OwnFile(NamedTuple):
    """Permissions; what returns the text, or a negative errno; what takes a text and returns 0 or a negative errno."""

    mode: int
    show: Callable[[Guest, int], str | int] | None = None
    store: Callable[[Guest, int, str], int] | None = None


def _tell(guest: Guest, folder: int, text: str) -> int:
    """Write an action to a uevent, and nobody listens; return 0 or a negative errno."""
    try:
        uevents.write(guest.kernel, sysfs.path(guest, folder), text)
    except KernelError as refused:
        return -refused.errno
    return 0


_FILES = {
    "uevent": OwnFile(0o644, devicefiles.uevent, _tell),
    "dev": OwnFile(0o444, devicefiles.number),
    "bus uevent": OwnFile(0o200, store=_tell),
    "drivers_autoprobe": OwnFile(0o644, busfiles.autoprobe, busfiles.set_autoprobe),
    "drivers_probe": OwnFile(0o200, store=busfiles.probe),
    "driver uevent": OwnFile(0o200, store=_tell),
    "bind": OwnFile(0o200, store=busfiles.bind),
    "unbind": OwnFile(0o200, store=busfiles.unbind),
    "modalias": OwnFile(0o444, overrides.modalias),
    "driver_override": OwnFile(0o644, overrides.show, overrides.store),
    **{
        f"power/{name}": OwnFile(mode, partial(powerfiles.show, name), partial(powerfiles.store, name))
        for name, mode in powerfiles.FILES.items()
    },
}


def mode(number: int) -> int:
    """Return the permissions of the kernel's own file of this number."""
    return _FILES[sysfs.OWN[number]].mode


def read(guest: Guest, folder: int, number: int) -> int:
    """Read one of the kernel's own files into the table `answer`; return 0 or a negative errno."""
    show = _FILES[sysfs.OWN[number]].show
    text = -EIO if show is None else show(guest, folder)
    if isinstance(text, int):
        return text
    guest.table("answer")["data"] = text.encode("utf-8", "surrogateescape")
    return 0


def write(guest: Guest, folder: int, number: int, data: bytes) -> int:
    """Write to one of the kernel's own files; return 0 or a negative errno."""
    store = _FILES[sysfs.OWN[number]].store
    return -EIO if store is None else store(guest, folder, data.decode("utf-8", "surrogateescape"))

"""What is mounted in the virtual machine: /proc, /sys and debugfs, until somebody unmounts them.

From Linux 6.1: `fs/namespace.c: do_umount(), path_mount()`. lsmod takes its numbers from /sys, and one sees that best
without it.
"""

from __future__ import annotations

from modtools.errors import KernelError
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT

MOUNTS = {"/proc": "proc", "/sys": "sysfs", "/sys/kernel/debug": "debugfs"}
"""Where what is mounted after boot."""


def mounted(kernel: Kernel) -> dict[str, str]:
    """Return the mounts that are there now: the place, and the kind of file system."""
    return {place: kind for place, kind in MOUNTS.items() if place not in kernel.unmounted}


def umount(kernel: Kernel, place: str) -> None:
    """Unmount as umount(2) does. Raises KernelError: EINVAL where nothing is mounted, EBUSY if something is mounted
    inside.
    """
    now = mounted(kernel)
    if place not in now:
        raise KernelError(EINVAL)
    if any(other.startswith(f"{place}/") for other in now):
        raise KernelError(EBUSY)
    kernel.unmounted.add(place)


def mount(kernel: Kernel, place: str) -> None:
    """Mount what belongs at a place, as mount(2) does. Raises KernelError: ENOENT for another place, EBUSY if it is
    mounted.
    """
    if place not in MOUNTS or any(place.startswith(f"{other}/") for other in kernel.unmounted):
        raise KernelError(ENOENT)
    if place not in kernel.unmounted:
        raise KernelError(EBUSY)
    kernel.unmounted.remove(place)

"""Linux's calls that make a place of its own for a process: unshare(2), mount(2), umount2(2), sethostname(2).

Python has os.unshare since 3.12 only and mount(2) not at all, so libc is called. Each function raises OSError. The
numbers are those of `include/uapi/linux/sched.h` and `include/uapi/linux/mount.h`.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from modtools.shell import namespaces
from modtools.shell.namespaces import checked, libc, unshare

__all__ = ["unshare"]

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWPID = 0x20000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_REMOUNT = 0x20
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000


def mount(source: str, target: Path, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount `source`, a file system of this kind, on `target`."""
    namespaces.mount(source, str(target), kind, flags, options)


def bind(source: Path, target: Path, *, read_only: bool = False) -> None:
    """Show `source` at `target` too. Mounts below `source` are not shown."""
    mount(str(source), target, flags=MS_BIND)
    if read_only:
        mount("", target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY)


def make_private() -> None:
    """Let no later mount be seen outside this mount namespace."""
    mount("", Path("/"), flags=MS_REC | MS_PRIVATE)


def set_hostname(name: str) -> None:
    """Name this UTS namespace."""
    raw = name.encode()
    checked(libc().sethostname(raw, ctypes.c_size_t(len(raw))), "sethostname")

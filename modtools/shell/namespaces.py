"""Linux's calls that give a process a view of its own of the file systems: unshare(2) and mount(2).

Python has os.unshare since 3.12 only and mount(2) not at all, so libc is called. Each function raises OSError. The
numbers are those of `include/uapi/linux/sched.h` and `include/uapi/linux/mount.h`.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path

_NEWNS, _NEWUSER = 0x00020000, 0x10000000
_NAMES = {_NEWNS: "mnt", _NEWUSER: "user"}
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 0x20, 0x1000, 0x4000, 0x40000
_PR_CAPBSET_DROP, _OF_THE_HOST = 24, (16, 17, 22, 27, 34)
"""CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_BOOT, CAP_MKNOD and CAP_SYSLOG of `include/uapi/linux/capability.h`."""
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _ATTR_RDONLY = 442, -100, 0x8000, 1


def enter() -> None:
    """Have this process, and those that it starts, see mounts that nobody else sees. Whoever is not root becomes it
    for them, in a user namespace.
    """
    user, group = os.geteuid(), os.getegid()
    unshare(_NEWNS if user == 0 else _NEWNS | _NEWUSER)
    if user:
        with suppress(FileNotFoundError):  # before Linux 3.19
            Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1\n")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1\n")
    mount("", "/", flags=_REC | _PRIVATE)


def join(process: int) -> None:
    """Have this process see what another one sees that has called `enter`."""
    kinds = (_NEWNS,) if os.geteuid() == 0 else (_NEWUSER, _NEWNS)
    spaces = [os.open(f"/proc/{process}/ns/{_NAMES[kind]}", os.O_RDONLY) for kind in kinds]
    for kind, space in zip(kinds, spaces, strict=True):
        checked(libc().setns(ctypes.c_int(space), ctypes.c_int(kind)), "setns")
        os.close(space)


def leave_capabilities() -> None:
    """Let no program that is run from now on load modules into the host's kernel, read or clear its log, touch its
    hardware, make nodes for it or end it.
    """
    for number in _OF_THE_HOST:
        libc().prctl(ctypes.c_int(_PR_CAPBSET_DROP), ctypes.c_ulong(number), *(ctypes.c_ulong(0),) * 3)


def leave_mounts() -> None:
    """Have this process see the mounts that there are now, and no later ones."""
    unshare(_NEWNS)


def bind(source: str | Path, target: str | Path) -> None:
    """Show a file or folder, with all that is mounted in it, at another place."""
    mount(str(source), str(target), flags=_BIND | _REC)


def forbid_writing(target: str | Path) -> None:
    """Let nobody write to what is mounted at a place and, since Linux 5.12, in it."""
    attributes = (ctypes.c_uint64 * 4)(_ATTR_RDONLY)
    call = (ctypes.c_long(_MOUNT_SETATTR), ctypes.c_int(_AT_FDCWD), os.fsencode(target), ctypes.c_uint(_AT_RECURSIVE))
    if libc().syscall(*call, attributes, ctypes.c_size_t(ctypes.sizeof(attributes))):
        kept = os.statvfs(target).f_flag & (_NOSUID | _NODEV | _NOEXEC)
        mount("", str(target), flags=_REMOUNT | _BIND | _RDONLY | kept)


def mount_fuse(target: str | Path) -> int:
    """Mount a file system that whoever has the returned descriptor of /dev/fuse serves."""
    device = os.open("/dev/fuse", os.O_RDWR)
    os.set_inheritable(device, True)
    mount(
        "pymod", str(target), "fuse", _NOSUID | _NODEV, f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other"
    )
    return device


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount a file system of a kind at a path."""
    words = (source.encode(), os.fsencode(target), kind.encode() or None)
    checked(libc().mount(*words, ctypes.c_ulong(flags), options.encode() or None), target)


def unshare(flags: int) -> None:
    """Leave namespaces shared with the parent, CLONE_NEW* of `include/uapi/linux/sched.h`."""
    checked(libc().unshare(ctypes.c_int(flags)), "unshare")


def libc() -> ctypes.CDLL:
    """Return the C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> None:
    """Raise OSError for a call of the C library's that has failed; `what` it was about."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)

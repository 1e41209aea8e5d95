"""What somebody does with the files themselves in /proc, /sys and /dev: chmod, chown, rm, mknod and ln -s.

From Linux 6.1: `fs/attr.c: setattr_prepare()`, `fs/namei.c: vfs_unlink(), vfs_mknod()`, `fs/proc/proc_sysctl.c:
proc_sys_setattr()`. /dev is a file system in which root may do all of that; in the others files come and go by the
kernel alone.
"""

from __future__ import annotations

import posixpath
import stat
from contextlib import suppress

from modtools.errors import KernelError
from modtools.kernel.files.nodes import Node
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Changed, DeviceNode, Kernel
from modtools.linuxerrno import EEXIST, EISDIR, EPERM

_PREFIX = "/dev/"


def change_mode(kernel: Kernel, path: str, mode: int, uid: int = 0) -> None:
    """Give a file other permissions, as its owner or root may. Raises KernelError."""
    node = _changeable(kernel, path)
    if uid not in (0, node.owner[0]):
        raise KernelError(EPERM)
    kernel.changed[path] = _before(kernel, path)._replace(mode=stat.S_IMODE(mode))


def change_owner(kernel: Kernel, path: str, user: int | None, group: int | None, uid: int = 0) -> None:
    """Give a file to another user or group, as root may; None leaves it. Raises KernelError."""
    _changeable(kernel, path)
    if uid:
        raise KernelError(EPERM)
    change = _before(kernel, path)
    change = change if user is None else change._replace(user=user)
    kernel.changed[path] = change if group is None else change._replace(group=group)


def remove(kernel: Kernel, path: str, uid: int = 0) -> None:
    """Remove a node of /dev, as root may. Raises KernelError."""
    node = lookup(kernel, path)
    if uid or not path.startswith(_PREFIX):
        raise KernelError(EPERM)
    if stat.S_ISDIR(node.mode):
        raise KernelError(EISDIR)
    gone = kernel.nodes.pop(path.removeprefix(_PREFIX), None) is None or _before(kernel, path).gone
    kernel.changed.pop(path, None)
    if gone:
        kernel.changed[path] = Changed(gone=True)


def make_node(kernel: Kernel, path: str, node: DeviceNode, uid: int = 0) -> None:
    """Make a node or a link in /dev, as root may. Raises KernelError."""
    if uid or not path.startswith(_PREFIX):
        raise KernelError(EPERM)
    folder = lookup(kernel, posixpath.dirname(path))
    if posixpath.basename(path) in folder.names():
        raise KernelError(EEXIST)
    kernel.nodes[path.removeprefix(_PREFIX)] = node


def forget_gone(kernel: Kernel) -> None:
    """Forget what was changed of files that are there no more: those that come later in their place are new."""
    for path, change in list(kernel.changed.items()):
        del kernel.changed[path]
        with suppress(KernelError):
            lookup(kernel, path)
            kernel.changed[path] = change


def _changeable(kernel: Kernel, path: str) -> Node:
    node = lookup(kernel, path)
    if path.startswith("/proc/sys/"):
        raise KernelError(EPERM)
    return node


def _before(kernel: Kernel, path: str) -> Changed:
    return kernel.changed.get(path, Changed())

"""The files that tell of the virtual kernel: a path under /proc, /sys or /dev to its node.

`nodes` has the kinds of nodes, `procfs` and `sysfs` what the kernel's own files say, `module_files` those of modules.
"""

from __future__ import annotations

import stat
from dataclasses import replace

from modtools.errors import KernelError
from modtools.kernel.files.module_files import dev, overlay
from modtools.kernel.files.nodes import Node, folder
from modtools.kernel.files.procfs import proc
from modtools.kernel.files.sysfs import sys
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ELOOP


def lookup(kernel: Kernel, path: str, uid: int = 0) -> Node:
    """Return the node of an absolute path, following links on the way. Raises KernelError (ENOENT, ENOTDIR, ELOOP)."""
    tops = {
        "proc": lambda: overlay(kernel, "/proc", proc(kernel, uid)),
        "sys": lambda: overlay(kernel, "/sys", sys(kernel)),
        "dev": lambda: overlay(kernel, "/dev", folder(lambda: dev(kernel), hashed=False)),
    }
    root = folder(lambda: tops, hashed=False)
    node = _walk(root, [part for part in path.split("/") if part not in ("", ".")])
    return _as_changed(kernel, path, node) if path in kernel.changed else node


def _as_changed(kernel: Kernel, path: str, node: Node) -> Node:
    """Return a file of the kernel's own with the permissions and the owners that somebody has given to it."""
    change = kernel.changed[path]
    mode = node.mode if change.mode is None else stat.S_IFMT(node.mode) | change.mode
    user, group = (old if new is None else new for old, new in zip(node.owner, change[1:3], strict=True))
    return replace(node, mode=mode, given_to=(user, group))


def _walk(root: Node, parts: list[str], *, hops: int = 40) -> Node:
    trail: list[tuple[str, Node]] = [("", root)]
    while parts:
        name = parts.pop(0)
        if name == "..":
            trail = trail[:-1] or trail
            continue
        node = trail[-1][1].child(name)
        if stat.S_ISLNK(node.mode) and parts:
            if hops == 0:
                raise KernelError(ELOOP)
            hops -= 1
            parts = [*node.target.split("/"), *parts]
            continue
        trail.append((name, node))
    return trail[-1][1]

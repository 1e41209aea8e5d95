"""The files of the virtual machine: /proc and /sys of its kernel, all else in the folder that stands for its `/`."""

from __future__ import annotations

import os
import posixpath
import stat
from dataclasses import dataclass

from modtools.errors import KernelError
from modtools.kernel.files import nodes
from modtools.kernel.files.nodes import Node
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ELOOP, of_host
from modtools.place import Place, uid
from modtools.rooted import MOST_LINKS, Rooted

OF_THE_KERNEL = ("/proc", "/sys", "/dev")


@dataclass(frozen=True)
class HostNode(Node):
    """A file or folder under the machine's root; `status` is None for a root that is not there yet."""

    disk: Rooted
    path: str
    status: os.stat_result | None
    mounts: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Return the names in the folder, sorted; in the root with the kernel's folders."""
        return sorted({*self.mounts, *(self.disk.names(self.path) if self.status else ())})

    def read(self) -> bytes:
        """Return the whole content of the file."""
        return self.disk.read(self.path)

    @property
    def target(self) -> str:
        """The path that the symbolic link points to."""
        return self.disk.readlink(self.path)


class Machine:
    """The files as one user sees them. Paths are absolute, or taken as if they stood after `/`."""

    def __init__(self, kernel: Kernel, place: Place) -> None:
        self.kernel = kernel
        self.disk = Rooted(str(place.root).rstrip("/"))
        self.uid = uid()

    def node(self, path: str, *, follow: bool = True) -> Node:
        """Return what a path leads to; with `follow`, not a link but what it points to. Raises KernelError."""
        path = posixpath.join("/", path)
        for _ in range(MOST_LINKS):
            node, path = self._find(path, follow)
            if not (follow and stat.S_ISLNK(node.mode)):
                return node
            path = posixpath.join(posixpath.dirname(path.rstrip("/")), node.target)
        raise KernelError(ELOOP)

    def allow(self, node: Node, wanted: int) -> Node:
        """Return the node, if the user may do this (nodes.READ, nodes.WRITE) with it. Raises KernelError."""
        if not isinstance(node, HostNode):
            nodes.check(node, self.uid, wanted)
        return node

    def _find(self, path: str, follow: bool) -> tuple[Node, str]:
        """Return a node, and its path without links of the root; a link of the kernel's may be left to follow."""
        try:
            inside = self.disk.resolve(path, follow=follow, mounts=OF_THE_KERNEL)
            if inside.startswith(_KERNEL_PATHS) or inside in OF_THE_KERNEL:
                return lookup(self.kernel, inside, self.uid), inside
            if not inside:
                return self._root(), inside
            status = self.disk.stat(self.disk.root + inside, follow=False)
        except (OSError, ValueError) as error:
            raise KernelError(of_host(error)) from None
        return HostNode(status.st_mode, self.disk, self.disk.root + inside, status), inside

    def _root(self) -> HostNode:
        try:
            status = self.disk.stat(self.disk.root + "/")
        except FileNotFoundError:
            status = None
        mounts = tuple(mount.strip("/") for mount in OF_THE_KERNEL[:2])
        return HostNode(stat.S_IFDIR | 0o755, self.disk, self.disk.root + "/", status, mounts)


_KERNEL_PATHS = tuple(f"{mount}/" for mount in OF_THE_KERNEL)

"""The files of the virtual machine: /proc and /sys of its kernel, all else in the folder that stands for its `/`."""

from __future__ import annotations

import os
import posixpath
import stat
from dataclasses import dataclass
from pathlib import Path

from modtools.errors import KernelError
from modtools.kernel import files
from modtools.kernel.files import Node
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL, ELOOP
from modtools.place import Place, uid

OF_THE_KERNEL = ("proc", "sys", "dev")
MOST_LINKS = 40


@dataclass(frozen=True)
class HostNode(Node):
    """A file or folder under the machine's root."""

    path: Path
    mounts: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Sorted; in the root, with the kernel's folders."""
        return sorted({*self.mounts, *(os.listdir(self.path) if self.path.exists() else ())})  # noqa: PTH208

    def read(self) -> bytes:
        """All of the file."""
        return self.path.read_bytes()

    @property
    def target(self) -> str:
        """Where the link points."""
        return str(self.path.readlink())


class Machine:
    """The files as one user sees them. Paths are absolute, or taken as if they stood after `/`."""

    def __init__(self, kernel: Kernel, place: Place) -> None:
        self.kernel = kernel
        self.place = place
        self.uid = uid()

    def node(self, path: str, *, follow: bool = True) -> Node:
        """What a path leads to; with `follow`, not a link but what it points to. Raises KernelError."""
        path = posixpath.join("/", path)
        for _ in range(MOST_LINKS):
            node = self._find(path)
            if not (follow and stat.S_ISLNK(node.mode)):
                return node
            path = posixpath.join(posixpath.dirname(path.rstrip("/")), node.target)
        raise KernelError(ELOOP)

    def allow(self, node: Node, wanted: int) -> Node:
        """The node, if the user may do this (files.READ, files.WRITE) with it. Raises KernelError."""
        if not isinstance(node, HostNode):
            files.check(node, self.uid, wanted)
        return node

    def _find(self, path: str) -> Node:
        first = next((part for part in path.split("/") if part not in ("", ".", "..")), "")
        if first in OF_THE_KERNEL:
            return files.lookup(self.kernel, path, self.uid)
        inside = posixpath.normpath(path).lstrip("/")
        if not inside:
            return HostNode(stat.S_IFDIR | 0o755, self.place.root, OF_THE_KERNEL[:2])
        try:
            host = self.place.root / inside
            return HostNode(host.lstat().st_mode, host)
        except (OSError, ValueError) as error:
            raise KernelError(getattr(error, "errno", None) or EINVAL) from None

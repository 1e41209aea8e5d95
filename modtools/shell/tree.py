"""What programs in the shell find in /proc, /sys and /dev: the machine's own files, and else the host's."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from modtools.errors import KernelError
from modtools.kernel.files import nodes
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.linuxerrno import ENOENT
from modtools.shell.host import Host

TOPS = ("proc", "sys", "dev")
"""The folders that are served."""
_FD = "/dev/fd"
"""The files that a program has open, which is the program's own affair."""


class Stat(NamedTuple):
    """What stat(2) says: st_mode, bytes, owner, and major and minor number of a device."""

    mode: int
    size: int = 0
    user: int = 0
    group: int = 0
    device: tuple[int, int] = (0, 0)


class Tree:
    """The files of one machine, whose kernel a function gives. `host` is the folder where the host's /proc, /sys and
    /dev are seen.
    """

    def __init__(self, kernel: Callable[[], Kernel], host: Path) -> None:
        self.kernel = kernel
        self._host = Host(host)

    def stat(self, path: str) -> Stat:
        """Return what a path is. Raises KernelError."""
        if path in ("/", _FD):
            return Stat(stat.S_IFDIR | 0o755 if path == "/" else stat.S_IFLNK | 0o777)
        try:
            node = self.node(path)
        except KernelError:
            if self._host.has(path):
                return Stat(stat.S_IFLNK | 0o777)
            raise
        page = 4096 if path.startswith("/sys/") and stat.S_ISREG(node.mode) else 0
        return Stat(node.mode, node.size or page, *node.owner, node.device)

    def names(self, path: str) -> list[str]:
        """Return what is in a folder. Raises KernelError."""
        if path == "/":
            return list(TOPS)
        return list(dict.fromkeys([*self.node(path).names(), *self._host.names(path)]))

    def target(self, path: str) -> str:
        """Return where a link leads. Raises KernelError."""
        if path == _FD:
            return "/proc/self/fd"
        try:
            return self.node(path).target
        except KernelError:
            if self._host.has(path):
                return self._host.target(path)
            raise

    def node(self, path: str) -> nodes.Node:
        """Return a file of the machine's, or a switch that the machine does not have. Raises KernelError."""
        if path == _FD or path.startswith(f"{_FD}/"):
            raise KernelError(ENOENT)
        try:
            return lookup(self.kernel(), path)
        except KernelError:
            found = self._host.switch(path)
            if found is None:
                raise
            return found

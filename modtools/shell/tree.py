"""What programs in the shell find in /proc, /sys and /dev: the machine's own files, and else the host's.

A device of a module's looks like a file: FUSE cannot give a program a device node of which it reads the content itself.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from modtools.errors import KernelError, Killed
from modtools.kernel.files import nodes
from modtools.kernel.files.module_files import Opened
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ENOENT
from modtools.shell.host import Host
from modtools.store import Store

TOPS = ("proc", "sys", "dev")
"""The folders that are served."""
_FD = "/dev/fd"
"""The files that a program has open, which is the program's own affair."""


class Stat(NamedTuple):
    """What stat(2) says: st_mode, bytes, owner."""

    mode: int
    size: int = 0
    user: int = 0
    group: int = 0


def _is_left(opened: Opened) -> bool:
    """Return whether the process that was to close a file is gone."""
    if not opened.holder:
        return False
    try:
        os.kill(opened.holder, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


class Tree:
    """The files of one machine. `host` is the folder where the host's /proc, /sys and /dev are seen."""

    def __init__(self, state: Path, host: Path) -> None:
        self.store = Store(state)
        self._host = Host(host)
        self._seen: tuple[tuple[int, int, int], Kernel] | None = None

    def kernel(self) -> Kernel:
        """Return the kernel as it is stored, read again when that has changed."""
        try:
            found = self.store.path.stat()
            version = found.st_ino, found.st_mtime_ns, found.st_size
        except FileNotFoundError:
            version = 0, 0, 0
        if self._seen is None or self._seen[0] != version:
            self._seen = version, self.store.read()
        return self._seen[1]

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
        kind = stat.S_IFREG if stat.S_ISCHR(node.mode) else stat.S_IFMT(node.mode)
        page = 4096 if path.startswith("/sys/") and kind == stat.S_IFREG else 0
        return Stat(kind | stat.S_IMODE(node.mode), node.size or page, *node.owner)

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

    def close_left(self) -> None:
        """Close the files whose server is gone, so that nobody can close them any more."""
        if any(map(_is_left, self._open(self.kernel()))):
            with self.store.transaction() as kernel:
                for opened in filter(_is_left, self._open(kernel)):
                    with suppress(KernelError, Killed):
                        opened.release()

    def _open(self, kernel: Kernel) -> list[Opened]:
        folder = lookup(kernel, _FD)
        found = [folder.child(name) for name in folder.names()]
        return [node for node in found if isinstance(node, Opened)]

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

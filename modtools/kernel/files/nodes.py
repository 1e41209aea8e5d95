"""The kinds of nodes that the trees under /proc, /sys and /dev are made of: folders, files, links.

Reading and writing goes through the node; `check` looks at permissions. What each file says stands in `procfs`,
`sysfs` and `module_files`; `files` finds a node by its path.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from modtools.errors import KernelError
from modtools.linuxerrno import EACCES, EINVAL, EISDIR, ENOENT, ENOTDIR, EOPNOTSUPP, ESPIPE
from modtools.names import kernfs_key

READ, WRITE = 4, 2


@dataclass(frozen=True)
class Node:
    """A file, a folder or a link; `mode` is an st_mode. What the node cannot do raises KernelError, as a system call
    does.
    """

    mode: int
    given_to: tuple[int, int] = field(default=(0, 0), kw_only=True)
    """The user and the group that it was given to."""
    runs: ClassVar[bool] = False
    """Whether reading it runs a module's code, and so may change the kernel."""

    @property
    def size(self) -> int | None:
        """Return the size in bytes that the file claims to have; None if it claims none."""
        return None

    @property
    def owner(self) -> tuple[int, int]:
        """Return the user and the group that the node belongs to."""
        return self.given_to

    @property
    def device(self) -> tuple[int, int]:
        """Return the major and minor number of a device."""
        return 0, 0

    @property
    def root_may(self) -> bool:
        """Return whether root may do whatever it likes with the node; if not, only what the mode allows anybody."""
        return False

    def names(self) -> list[str]:
        """Return the names in a folder, in the order in which the kernel lists them."""
        raise KernelError(ENOTDIR)

    def child(self, name: str) -> Node:  # noqa: ARG002
        """Return a node in this folder. Raises KernelError(ENOENT)."""
        raise KernelError(ENOTDIR)

    def read(self) -> bytes:
        """Return what the file says now."""
        raise KernelError(EISDIR if stat.S_ISDIR(self.mode) else EACCES)

    def read_once(self, size: int) -> bytes:
        """Return what one read(2) of so many bytes gives of a file that was just opened, or is held open."""
        return self.read()[:size]

    def write(self, data: bytes) -> None:  # noqa: ARG002
        """Give bytes to the kernel, as one write(2)."""
        raise KernelError(EISDIR if stat.S_ISDIR(self.mode) else EACCES)

    def open(self, flags: int, holder: int = 0) -> int:  # noqa: ARG002
        """Open the file with the flags of open(2), leave it open, and return its number. Only what modules have made
        can be. `holder` is the process that is going to close it, 0 for none in particular.
        """
        raise KernelError(EISDIR if stat.S_ISDIR(self.mode) else EOPNOTSUPP)

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002
        """Have a file that is open be read and written at another place, as lseek(2) does; return which."""
        raise KernelError(ESPIPE)

    @property
    def target(self) -> str:
        """Return the path that a link points to."""
        raise KernelError(EINVAL)


Maker = Callable[[], Node]


@dataclass(frozen=True)
class Folder(Node):
    """A folder, whose nodes are made when asked for. `hashed`: listed in the order of kernfs, as all of /sys is."""

    entries: Callable[[], Mapping[str, Maker]]
    hashed: bool = True

    def names(self) -> list[str]:
        return sorted(self.entries(), key=kernfs_key) if self.hashed else list(self.entries())

    def child(self, name: str) -> Node:
        maker = self.entries().get(name)
        if maker is None:
            raise KernelError(ENOENT)
        return maker()


@dataclass(frozen=True)
class File(Node):
    """A file whose text is made on reading."""

    reader: Callable[[], str] | None = None
    writer: Callable[[str], None] | None = None

    def read(self) -> bytes:
        if self.reader is None:
            return super().read()
        return self.reader().encode("utf-8", "surrogateescape")

    def write(self, data: bytes) -> None:
        if self.writer is None:
            raise KernelError(EACCES)
        self.writer(data.decode("utf-8", "surrogateescape"))


@dataclass(frozen=True)
class RunningFile(File):
    """A file whose text is made by a module's own code."""

    runs: ClassVar[bool] = True


@dataclass(frozen=True)
class Binary(Node):
    """A file of fixed bytes."""

    content: bytes = b""

    def read(self) -> bytes:
        return self.content


@dataclass(frozen=True)
class SizedBinary(Binary):
    """A file of fixed bytes that claims to have as many."""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True)
class Link(Node):
    """A symbolic link of /proc or /sys."""

    points_to: str = ""

    @property
    def target(self) -> str:
        return self.points_to


def folder(entries: Callable[[], Mapping[str, Maker]], *, mode: int = 0o755, hashed: bool = True) -> Folder:
    """Return a folder of these permissions."""
    return Folder(stat.S_IFDIR | mode, entries, hashed)


def file(mode: int, reader: Callable[[], str] | None = None, writer: Callable[[str], None] | None = None) -> File:
    """Return a file of these permissions."""
    return File(stat.S_IFREG | mode, reader, writer)


def binary(content: bytes, mode: int = 0o444) -> Binary:
    """Return a file of these bytes."""
    return Binary(stat.S_IFREG | mode, content)


def link(target: str) -> Link:
    """Return a symbolic link to a path relative to its folder."""
    return Link(stat.S_IFLNK | 0o777, target)


def check(node: Node, uid: int, wanted: int) -> None:
    """Raise KernelError(EACCES) unless a user may read (READ) or write (WRITE) this node. Root always may what the mode
    allows anyone: a file without any write bit cannot be written, as the kernel's own files cannot."""
    everybody = node.mode & 7
    if uid:
        allowed = node.mode >> 6 & 7 if uid == node.owner[0] else everybody
    else:
        allowed = 7 if node.root_may else everybody | node.mode >> 3 & 7 | node.mode >> 6 & 7
    if allowed & wanted != wanted:
        raise KernelError(EACCES)

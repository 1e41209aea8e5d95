"""The virtual kernel's /proc and /sys as a tree of files, read from the state file whenever somebody looks.

What the recordings' machine had besides, and pymod's kernel need not know of, is added here: /sys/kernel/debug to mount
debugfs on, and /dev/kmsg, whose text goes into the log.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from modtools.errors import KernelError, Killed
from modtools.kernel.files import nodes
from modtools.kernel.files.module_files import CodeFile, Opened
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.transcripts import kernellog
from tests.transcripts.toolbox import STATE
from tests.virtualfs.apart import in_child
from tests.virtualfs.server import CallerKilled, Held, Node

T = TypeVar("T")
_KMSG = "/dev/kmsg"


@dataclass(frozen=True)
class Plain:
    """A node that says nothing: a folder, or a file that reads as empty. `size` is what stat shows."""

    mode: int = stat.S_IFDIR | 0o755
    entries: Sequence[str] = ()
    size: int = 0
    target: str = ""

    def names(self) -> Sequence[str]:
        """The entries."""
        return self.entries


_ADDED: dict[str, Node] = {
    "/": Plain(entries=["proc", "sys", "dev"]),
    "/dev": Plain(entries=["kmsg"]),
    _KMSG: Plain(stat.S_IFREG | 0o644),
    "/sys/kernel": Plain(entries=["debug"]),
    "/sys/kernel/debug": Plain(stat.S_IFDIR | 0o700),
}


@dataclass(frozen=True)
class KernelNode:
    """A node of pymod's kernel, whose errors are OSErrors."""

    node: nodes.Node
    size: int
    extra: Sequence[str] = ()

    @property
    def mode(self) -> int:
        """Type and permissions."""
        return self.node.mode

    @property
    def target(self) -> str:
        """Where a link leads."""
        with _os_errors():
            return self.node.target

    def names(self) -> Sequence[str]:
        """The entries of a folder."""
        with _os_errors():
            return list(dict.fromkeys([*self.node.names(), *self.extra]))


class KernelTree:
    """The tree of the machine below `root`: its `/proc`, `/sys` and `/dev/kmsg`.

    To read or write a parameter may run a module's code, for which the paths in the state must mean the machine's. So
    this is done by a child process whose root is the machine's.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store = Store(root / STATE.relative_to("/"))
        self._seen: tuple[tuple[int, int], Kernel] | None = None

    def lookup(self, path: str, uid: int) -> Node:
        """The node as the kernel has it now."""
        if path in _ADDED:
            return _ADDED[path]
        with _os_errors():
            node = lookup(self._kernel(), path, uid)
        usual = 4096 if path.startswith("/sys/") and stat.S_ISREG(node.mode) else 0
        size = node.size if isinstance(node, nodes.SizedBinary) else usual
        return KernelNode(node, size, ["kernel"] if path == "/sys" else [])

    def open(self, path: str, uid: int, flags: int) -> Held | None:
        """A file of /proc that a module has made, left open in the kernel; None for any other."""
        if path in _ADDED or not path.startswith("/proc/"):
            return None
        with _os_errors():
            node = lookup(self._kernel(), path, uid)
        if not isinstance(node, CodeFile) or node.entry.key[0] != "proc":
            return None
        return _Held(self, in_child(partial(self._open_inside, path, uid, flags)))

    def change(self, number: int, change: Callable[[Opened], T]) -> T:
        """Do something with a file that is open, in a transaction of its own."""
        return in_child(partial(self._change_inside, number, change))

    def _open_inside(self, path: str, uid: int, flags: int) -> int:
        os.chroot(self._root)
        with _os_errors(), Store(STATE).transaction() as kernel:
            node = lookup(kernel, path, uid)
            assert isinstance(node, CodeFile)
            return node.open(flags)

    def _change_inside(self, number: int, change: Callable[[Opened], T]) -> T:
        os.chroot(self._root)
        with _os_errors(), Store(STATE).transaction() as kernel:
            node = lookup(kernel, f"/dev/fd/{number}")
            assert isinstance(node, Opened)
            return change(node)

    def read(self, path: str, uid: int) -> bytes:
        """What the file says to this user."""
        return b"" if path in _ADDED else in_child(partial(self._read_inside, path, uid))

    def write(self, path: str, uid: int, data: bytes) -> None:
        """Write in a transaction of its own."""
        in_child(partial(self._write_inside, path, uid, data))

    def _read_inside(self, path: str, uid: int) -> bytes:
        os.chroot(self._root)
        store = Store(STATE)
        with _os_errors():
            node = lookup(store.read(), path, uid)
            if not node.runs:
                return node.read()
            with store.transaction() as kernel:  # a module's code changes the kernel
                return lookup(kernel, path, uid).read()

    def _write_inside(self, path: str, uid: int, data: bytes) -> None:
        os.chroot(self._root)
        with _os_errors(), Store(STATE).transaction() as kernel:
            if path == _KMSG:
                kernellog.write(kernel, data.decode("utf-8", "surrogateescape"))
            else:
                lookup(kernel, path, uid).write(data)

    def _kernel(self) -> Kernel:
        """The state as it is now, decoded once for each state that there was; modules' files are found from outside."""
        found = self._store.path.stat()
        version = (found.st_ino, found.st_mtime_ns)
        if self._seen is None or self._seen[0] != version:
            self._seen = (version, self._store.read())
            for module in self._seen[1].modules.values():
                module.path = str(self._root / module.path.lstrip("/"))
        return self._seen[1]


class _Held:
    """A file that is open in the kernel, by its number."""

    def __init__(self, tree: KernelTree, number: int) -> None:
        self._tree, self._number, self._position = tree, number, 0
        self.seekable = tree.change(number, lambda file: file.seekable)

    def read(self, size: int, offset: int) -> bytes:
        """What one read(2) of so many bytes gives."""
        data = self._tree.change(self._number, lambda file: self._at(file, offset).read_once(size))
        self._position = offset + len(data)
        return data

    def write(self, data: bytes, offset: int) -> int:
        """How many of these bytes one write(2) takes."""
        done = self._tree.change(self._number, lambda file: self._at(file, offset).write_once(data))
        self._position = offset + done
        return done

    def _at(self, file: Opened, offset: int) -> Opened:
        if offset != self._position:
            file.seek(offset)
        return file

    def close(self) -> None:
        """Give it up."""
        self._tree.change(self._number, Opened.close)


@contextmanager
def _os_errors() -> Iterator[None]:
    try:
        yield
    except KernelError as error:
        raise OSError(error.errno, os.strerror(error.errno)) from error
    except Killed as end:
        raise CallerKilled(end.number) from end

"""The machine's files as a mounted file system: what programs do with them is done by the kernel in the state file.

Each call is a transaction of its own, so that pymod's commands, inside the shell and outside, find what it has changed.
"""

# ruff: noqa: ARG002 - the operations are called with what FUSE says

from __future__ import annotations

import ctypes
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import mfusepy

from modtools.errors import KernelError, Killed, PymodError
from modtools.kernel.files import by_hand, nodes
from modtools.kernel.files.module_files import CodeFile, Opened
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import DeviceNode, Kernel
from modtools.linuxerrno import EACCES, EBADF, EINTR, EIO, EISDIR, ENOTTY, EPERM
from modtools.shell import memory
from modtools.shell.tree import Tree

_T = TypeVar("_T")
_OF_OPENING = os.O_ACCMODE | os.O_APPEND | os.O_NONBLOCK | os.O_TRUNC
_WANTED = {os.O_RDONLY: nodes.READ, os.O_WRONLY: nodes.WRITE, os.O_RDWR: nodes.READ | nodes.WRITE}
_READS, _SIZE_SHIFT, _SIZE_MASK = 2 << 30, 16, 0x3FFF
"""What the number of a request says: that the driver writes, and how many bytes (`_IOC_READ`, `_IOC_SIZE`)."""
_THREADS = 64
_NOT_REMEMBERED = {"entry_timeout": 0, "negative_timeout": 0, "attr_timeout": 0}
"""Files come and go with modules, of which FUSE is not told."""
_AS_IT_IS = (-1, 0xFFFFFFFF)
"""The user or group that chown(2) leaves as it is."""
_ATTRIBUTES = ("st_mode", "st_size", "st_uid", "st_gid")


class File:
    """A file that a program has open: of a module's code by its number in the kernel, any other with its text."""

    def __init__(self, path: str, number: int = -1, *, appends: bool = False) -> None:
        self.path, self.number, self.appends = path, number, appends
        self.text: bytes | None = None
        self.position = 0


class Machine(mfusepy.Operations):  # type: ignore[misc]  # mfusepy is not typed for mypy's strictest
    """The operations of the file system. Errors are the machine's errno; who is killed by its kernel, is killed."""

    use_ns = True

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._lock = threading.Lock()
        self._files: dict[int, File] = {}
        self._next = 1
        self._times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), time.time_ns())

    # What there is.

    def getattr(self, path: str, fh: object = None) -> dict[str, int]:
        with self._errors():
            found = self._tree.stat(path)
        links = 2 if stat.S_ISDIR(found.mode) else 1
        return dict(zip(_ATTRIBUTES, found, strict=True)) | {"st_nlink": links} | self._times

    def readdir(self, path: str, fh: int) -> list[str]:
        with self._errors():
            return [".", "..", *self._tree.names(path)]

    def readlink(self, path: str) -> str:
        with self._errors():
            return self._tree.target(path)

    # What is done with files.

    def open(self, path: str, info: Any) -> int:
        flags, user = info.flags & _OF_OPENING, mfusepy.fuse_get_context()[0]
        with self._errors():
            node = self._tree.node(path)
            if stat.S_ISDIR(node.mode):
                raise KernelError(EISDIR)
            nodes.check(node, user, _WANTED[flags & os.O_ACCMODE])
        # Only what runs a driver waits for the kernel: modprobe may have it, and read the rest by a command.
        number, seekable = -1, True
        if isinstance(node, CodeFile):
            number, seekable = self._change(lambda kernel: self._opened(kernel, path, flags))
        with self._lock:
            info.fh, self._next = self._next, self._next + 1
            self._files[info.fh] = File(path, number, appends=bool(flags & os.O_APPEND))
        info.direct_io, info.nonseekable = 1, int(not seekable)
        return 0

    def _opened(self, kernel: Kernel, path: str, flags: int) -> tuple[int, bool]:
        """Open a file of a module's; return its number, and whether it has positions."""
        opened = self._held(kernel, lookup(kernel, path).open(flags, os.getpid()))
        return opened.number, opened.seekable

    def read(self, path: str, size: int, offset: int, info: Any) -> bytes:
        file = self._files[info.fh]
        if file.number < 0:
            return self._read_text(file, size, offset)
        data = self._on(file, offset, lambda opened: opened.read_once(size))
        file.position = offset + len(data)
        return data

    def _read_text(self, file: File, size: int, offset: int) -> bytes:
        if file.text is None or offset == 0:
            with self._errors():
                node = self._tree.node(file.path)
                file.text = b"" if node.runs else node.read()
            if node.runs:
                file.text = self._change(lambda kernel: lookup(kernel, file.path).read())
        return file.text[offset : offset + size]

    def write(self, path: str, data: bytes, offset: int, info: Any) -> int:
        file = self._files[info.fh]
        if file.number < 0:
            self._change(lambda kernel: lookup(kernel, file.path).write(data))
            return len(data)
        offset = file.position if file.appends else offset  # the position that FUSE gives is that of a regular file
        done = self._on(file, offset, lambda opened: opened.write_once(data))
        file.position = offset + done
        return done

    def truncate(self, path: str, length: int, fh: object = None) -> int:
        return 0

    def ioctl(self, path: str, request: int, argument: int | None, info: Any, flags: int, data: int | None) -> int:
        file = self._files[info.fh]
        if file.number < 0:
            raise mfusepy.FuseOSError(ENOTTY)
        program = mfusepy.fuse_get_context()[2]
        answer = self._on(file, file.position, lambda opened: memory.request(opened, program, request, argument or 0))
        size = request >> _SIZE_SHIFT & _SIZE_MASK
        if data and request & _READS and answer.data:  # FUSE puts this much into the program's memory itself
            ctypes.memmove(data, answer.data, min(size, len(answer.data)))
        return answer.result

    def flush(self, path: str, info: Any) -> int:
        file = self._files[info.fh]
        if file.number >= 0:
            self._on(file, file.position, Opened.flush)
        return 0

    def release(self, path: str, info: Any) -> int:
        file = self._files.pop(info.fh)
        if file.number >= 0:
            self._on(file, file.position, Opened.release)
        return 0

    # How it is done.

    def _on(self, file: File, offset: int, call: Callable[[Opened], _T]) -> _T:
        """Do something with an open file of a module's at this place in it."""

        def change(kernel: Kernel) -> _T:
            opened = self._held(kernel, file.number)
            if offset != file.position:
                opened.seek(offset)
            return call(opened)

        return self._change(change)

    def _held(self, kernel: Kernel, number: int) -> Opened:
        node = lookup(kernel, f"/dev/fd/{number}")
        if not isinstance(node, Opened):
            raise KernelError(EBADF)
        return node

    def _change(self, change: Callable[[Kernel], _T]) -> _T:
        with self._errors(), self._lock_of_kernel() as kernel:
            return change(kernel)

    @contextmanager
    def _lock_of_kernel(self) -> Iterator[Kernel]:
        with self._lock, self._tree.store.transaction() as kernel:
            kernel.program = _name_of(mfusepy.fuse_get_context()[2])
            yield kernel

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except KernelError as error:
            raise mfusepy.FuseOSError(error.errno) from None
        except Killed as killed:
            with suppress(ProcessLookupError):
                os.kill(mfusepy.fuse_get_context()[2], signal.Signals[killed.signal])
            raise mfusepy.FuseOSError(EINTR) from None
        except PymodError:
            raise mfusepy.FuseOSError(EIO) from None

    # What programs do with the files themselves.

    def chmod(self, path: str, mode: int) -> None:
        self._by_hand(by_hand.change_mode, path, mode)

    def chown(self, path: str, user: int, group: int) -> None:
        given = (None if number in _AS_IT_IS else number for number in (user, group))
        self._by_hand(by_hand.change_owner, path, *given)

    def unlink(self, path: str) -> None:
        self._by_hand(by_hand.remove, path)

    def mknod(self, path: str, mode: int, number: int) -> None:
        if not stat.S_ISCHR(mode):
            raise mfusepy.FuseOSError(EPERM)
        node = DeviceNode(os.major(number), os.minor(number), stat.S_IMODE(mode))
        self._by_hand(by_hand.make_node, path, node)

    def symlink(self, path: str, target: str) -> None:
        self._by_hand(by_hand.make_node, path, DeviceNode(0, 0, target=target))

    def utimens(self, path: str, times: object = None) -> int:
        return 0

    def _by_hand(self, call: Callable[..., None], path: str, *arguments: object) -> None:
        user = mfusepy.fuse_get_context()[0]
        self._change(lambda kernel: call(kernel, path, *arguments, uid=user))

    def create(self, *_call: object) -> int:
        raise mfusepy.FuseOSError(EACCES)

    def mkdir(self, *_call: object) -> int:
        raise mfusepy.FuseOSError(EPERM)

    link = rmdir = rename = mkdir


def _name_of(program: int) -> str:
    """Return the name that the kernel has for a process."""
    try:
        return Path(f"/proc/{program}/comm").read_text().rstrip("\n")
    except OSError:
        return "program"


def serve(tree: Tree, device: int) -> None:
    """Serve what is mounted by a descriptor of /dev/fuse, until it is unmounted."""
    mfusepy.FUSE(
        Machine(tree), f"/dev/fd/{device}", foreground=True, raw_fi=True, max_threads=_THREADS, **_NOT_REMEMBERED
    )

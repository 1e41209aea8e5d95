"""The files that modules have made under /proc, /sys and /dev.

What is in them is the modules' own code, so that the runner lists, reads and writes them. A kernel in which no code has
run has none.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from modtools import causes
from modtools.errors import Cause, KernelError, Killed
from modtools.kernel.files.kmsg import kmsg
from modtools.kernel.files.nodes import Folder, Link, Maker, Node
from modtools.kernel.log import WARNING
from modtools.kernel.runner import (
    INTERRUPTED,
    REFUSED,
    End,
    FileEntry,
    OpenEntry,
    Outcome,
    Runner,
    cause,
    killed,
    reason,
)
from modtools.kernel.state import Changed, Kernel
from modtools.linuxerrno import EACCES, EIO, ENOENT

_CHUNK = 1 << 16
"""Bytes that a program reads at once which wants all."""
STRICT = ("sys", "bin", "own", "sysctl")
"""What the keys of files of sysfs and /proc/sys begin with, which look at permissions themselves: `fs/kernfs/file.c:
kernfs_fop_open()`, `fs/proc/proc_sysctl.c: proc_sys_permission()`."""


@dataclass(frozen=True)
class CodeFile(Node):
    """A file whose reading and writing runs a module's code."""

    kernel: Kernel
    path: str
    entry: FileEntry
    runs: ClassVar[bool] = True

    @property
    def size(self) -> int:
        return self.entry.size

    @property
    def owner(self) -> tuple[int, int]:
        return self.entry.user, self.entry.group

    @property
    def device(self) -> tuple[int, int]:
        number = self.entry.number
        return number >> 20, number & 0xFFFFF

    @property
    def root_may(self) -> bool:
        return self.entry.key[0] not in STRICT

    def read(self) -> bytes:
        runner = self.kernel.runner
        if runner is None:
            raise KernelError(EACCES)
        outcome, data = runner.read_file(self.entry.key)
        self._check(outcome, data)
        return data

    def write(self, data: bytes) -> None:
        runner = self.kernel.runner
        if runner is None:
            raise KernelError(EACCES)
        self._check(runner.write_file(self.entry.key, data))

    def read_once(self, size: int) -> bytes:
        try:
            number = self.open(0)
        except KernelError as error:
            error.opening = True
            raise
        file = Opened(self.mode, self.kernel, self.path, number)
        try:
            return file.read_once(size)
        finally:
            file.close()

    def open(self, flags: int, holder: int = 0) -> int:
        runner = self.kernel.runner
        if runner is None:
            raise KernelError(EACCES)
        outcome = runner.open_file(self.entry.key, flags, OpenEntry(self.path, holder))
        return self._check(outcome)

    def _check(self, outcome: Outcome, before: bytes = b"") -> int:
        try:
            return check_outcome(self.kernel, self.path, outcome)
        except KernelError as error:
            error.before, error.opening = before, outcome.detail == REFUSED
            raise


@dataclass(frozen=True)
class Opened(Node):
    """A file of a module's that is open, by its number; `path` is what was opened, `holder` the process that is going
    to close it, 0 for none in particular.
    """

    kernel: Kernel
    path: str
    number: int
    holder: int = 0
    runs: ClassVar[bool] = True

    def read(self) -> bytes:
        parts = []
        while part := self.read_once(_CHUNK):
            parts.append(part)
        return b"".join(parts)

    def read_once(self, size: int) -> bytes:
        return self._call("read", size)[1]

    def write(self, data: bytes) -> None:
        while data:
            done = self.write_once(data)
            if done == 0:
                raise KernelError(EIO)
            data = data[done:]

    def write_once(self, data: bytes) -> int:
        """Write as one write(2) does; return how many bytes were taken. Raises KernelError."""
        return self._call("write", data)[0]

    @property
    def seekable(self) -> bool:
        """Return whether lseek(2) may succeed. Raises KernelError."""
        return bool(self._call("seekable")[0])

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._call("seek", offset, whence)[0]

    def ioctl(self, request: int, argument: int | bytes) -> tuple[int, bytes]:
        """Make a request of the driver, with a number or with the address of these bytes; return what the system call
        returns, and the bytes as the driver left them. Raises KernelError.
        """
        return self._call("ioctl", request, argument)

    def flush(self) -> None:
        """Do what each close(2) of a program's does that shares the file with others. Raises KernelError."""
        self._call("flush")

    def close(self) -> None:
        """Close the file, of which nobody else has a copy. Raises KernelError."""
        self.flush()
        self.release()

    def release(self) -> None:
        """Give the file up, after the last close(2). Raises KernelError."""
        check_outcome(self.kernel, self.path, _runner(self.kernel).close_file(self.number))

    def _call(self, what: str, *arguments: Any) -> tuple[int, bytes]:
        outcome, data = _runner(self.kernel).on_file(self.number, what, *arguments)
        return check_outcome(self.kernel, self.path, outcome), data


def _runner(kernel: Kernel) -> Runner:
    runner = kernel.runner
    if runner is None:
        raise KernelError(EIO)
    return runner


def check_outcome(kernel: Kernel, path: str, outcome: Outcome) -> int:
    """Return what a system call on a file returns. Raises KernelError, and Killed for one that does not come back."""
    if outcome.end in (End.KILLED, End.STUCK):
        raise killed(outcome.end, path, outcome.detail)
    if outcome.detail == INTERRUPTED and outcome.end is End.RETURNED:
        raise Killed(Cause(causes.CODE_INTERRUPTED, path))
    if outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"{path}: its function was not run to its end, {reason(outcome)}")
        raise KernelError(EIO, cause(outcome.end, path, outcome.detail))
    if outcome.value < 0:
        raise KernelError(-outcome.value, Cause(causes.CODE_REFUSED, path, str(outcome.value)))
    return outcome.value


def dev(kernel: Kernel) -> dict[str, Maker]:
    """Return what is in /dev besides what modules have put there: nodes made by hand, and `fd`, the files that are
    open, as a program has its own there.
    """
    made = _made_by_hand(kernel, "")
    if inside := _made_by_hand(kernel, "char/"):
        made["char"] = lambda: overlay(kernel, "/dev/char", Folder(stat.S_IFDIR | 0o755, lambda: inside, hashed=False))
    return made | {
        "kmsg": partial(kmsg, kernel),
        "fd": partial(Folder, stat.S_IFDIR | 0o555, partial(_opened, kernel), hashed=False),
    }


def _made_by_hand(kernel: Kernel, prefix: str) -> dict[str, Maker]:
    paths = {name: name.removeprefix(prefix) for name in kernel.nodes if name.startswith(prefix)}
    entries = {inside: _by_number(kernel, name) for name, inside in paths.items() if "/" not in inside}
    return {name: partial(_node, kernel, f"/dev/{prefix}{name}", entry) for name, entry in entries.items()}


def _by_number(kernel: Kernel, name: str) -> FileEntry:
    node = kernel.nodes[name]
    if node.target:
        return FileEntry(stat.S_IFLNK | 0o777, target=node.target)
    number = node.major << 20 | node.minor
    return _as_changed(
        FileEntry(stat.S_IFCHR | node.mode, ("dev", number, 0), number=number),
        kernel.changed.get(f"/dev/{name}", Changed()),
    )


def _opened(kernel: Kernel) -> dict[str, Maker]:
    if not kernel.memory_file and kernel.made_runner is None:
        return {}
    runner = kernel.runner
    rows = runner.open_files().items() if runner is not None else ()
    return {str(number): partial(_held, kernel, number, entry) for number, entry in rows}


def _held(kernel: Kernel, number: int, entry: OpenEntry) -> Opened:
    return Opened(stat.S_IFREG | 0o666, kernel, entry.path, number, entry.holder)


def listing(kernel: Kernel, path: str) -> Mapping[str, FileEntry]:
    """Return what modules have made in a folder, by name."""
    if not kernel.memory_file and kernel.made_runner is None:
        return {}
    runner = kernel.runner
    found = {} if runner is None else runner.files(path)
    changes = {name: kernel.changed.get(f"{path}/{name}", Changed()) for name in found} if kernel.changed else {}
    gone = {name for name, change in changes.items() if change.gone}
    return {name: _as_changed(entry, changes.get(name)) for name, entry in found.items() if name not in gone}


def _as_changed(entry: FileEntry, change: Changed | None) -> FileEntry:
    """Return an entry with the permissions and the owners that somebody has given to it."""
    if change is None:
        return entry
    kind = stat.S_IFMT(entry.mode)
    mode = entry.mode if change.mode is None else kind | change.mode
    owner = entry.user, entry.group
    user, group = (old if new is None else new for old, new in zip(owner, change[1:3], strict=True))
    return entry._replace(mode=mode, user=user, group=group)


@dataclass(frozen=True)
class Overlay(Folder):
    """A folder of the kernel's own with what modules have made in it, asked for only after the kernel's own."""

    by_modules: Callable[[], Mapping[str, Maker]] = dict

    def names(self) -> list[str]:
        return [*super().names(), *(name for name in self.by_modules() if name not in self.entries())]

    def child(self, name: str) -> Node:
        try:
            return super().child(name)
        except KernelError as error:
            maker = self.by_modules().get(name) if error.errno == ENOENT else None
            if maker is None:
                raise
            return maker()


def overlay(kernel: Kernel, path: str, known: Folder) -> Overlay:
    """Return the folder at a path with what modules have made in it."""
    return Overlay(known.mode, known.entries, known.hashed, partial(makers, kernel, path))


def makers(kernel: Kernel, path: str) -> dict[str, Maker]:
    """Return what makes the nodes that modules have put into a folder, by name."""
    return {name: partial(_node, kernel, f"{path}/{name}", entry) for name, entry in listing(kernel, path).items()}


def _node(kernel: Kernel, path: str, entry: FileEntry) -> Node:
    if stat.S_ISDIR(entry.mode):
        return Folder(entry.mode, partial(makers, kernel, path), hashed=path.startswith("/sys"))
    if stat.S_ISLNK(entry.mode):
        return Link(entry.mode, entry.target)
    return CodeFile(entry.mode, kernel, path, entry)

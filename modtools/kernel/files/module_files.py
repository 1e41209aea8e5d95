"""The files that modules have made under /proc, /sys and /dev.

What is in them is the modules' own code, so that the runner lists, reads and writes them. A kernel in which no code has
run has none.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from modtools import causes
from modtools.errors import Cause, KernelError, Killed
from modtools.kernel.files.nodes import Folder, Link, Maker, Node
from modtools.kernel.log import WARNING
from modtools.kernel.runner import INTERRUPTED, End, FileEntry, Outcome, cause, killed, reason
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EACCES, EIO, ENOENT

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
    def root_may(self) -> bool:
        return self.entry.key[0] not in STRICT

    def read(self) -> bytes:
        runner = self.kernel.runner
        if runner is None:
            raise KernelError(EACCES)
        outcome, data = runner.read_file(self.entry.key)
        self._check(outcome)
        return data

    def write(self, data: bytes) -> None:
        runner = self.kernel.runner
        if runner is None:
            raise KernelError(EACCES)
        self._check(runner.write_file(self.entry.key, data))

    def _check(self, outcome: Outcome) -> None:
        if outcome.end in (End.KILLED, End.STUCK):
            raise killed(outcome.end, self.path, outcome.detail)
        if outcome.detail == INTERRUPTED and outcome.end is End.RETURNED:
            raise Killed(Cause(causes.CODE_INTERRUPTED, self.path))
        if outcome.end is not End.RETURNED:
            self.kernel.printk(WARNING, f"{self.path}: its function was not run to its end, {reason(outcome)}")
            raise KernelError(EIO, cause(outcome.end, self.path, outcome.detail))
        if outcome.value < 0:
            raise KernelError(-outcome.value, Cause(causes.CODE_REFUSED, self.path, str(outcome.value)))


def listing(kernel: Kernel, path: str) -> Mapping[str, FileEntry]:
    """Return what modules have made in a folder, by name."""
    if not kernel.memory_file and kernel.made_runner is None:
        return {}
    runner = kernel.runner
    return {} if runner is None else runner.files(path)


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

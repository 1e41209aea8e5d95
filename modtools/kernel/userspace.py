"""The seam between the kernel and the programs and files of its machine.

The kernel starts a program (`kernel/umh.c`) and reads files (`fs/kernel_read_file.c`) by their paths, and knows nothing
else of the machine. Who holds the kernel says what there is; where nobody does, there are neither programs nor files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from modtools.errors import KernelError
from modtools.linuxerrno import ENOEXEC


class NeverEnds(BaseException):
    """Raised for a program that waits for what its caller would have to do first, such as ending an init.

    It goes through the program that it is raised in, as NotRun does, and is no error of that one.
    """


class NotRun(BaseException):
    """Raised for a program that pymod does not run; its text is the program's path."""


class NotExecutable(KernelError):
    """Raised for a file of a format that the kernel does not know, which begins with `head`."""

    def __init__(self, head: bytes) -> None:
        super().__init__(ENOEXEC)
        self.head = head


class UserSpace(Protocol):
    """Programs and files of a machine."""

    def run(self, program: str, words: Sequence[str]) -> int:
        """Run a program, as root, until it ends; return its status as wait(2) tells it.

        Raises KernelError where it cannot be executed (NotExecutable for its format), NeverEnds and NotRun.
        """

    def read(self, path: str) -> bytes:
        """Return the content of a regular file. Raises KernelError."""

    def load(self, path: str) -> bytes:
        """Return the content of a regular file, empty or not, by its whole path. Raises KernelError (with EISDIR for a
        folder), and NotRun for what pymod does not read: what /proc, /sys and /dev have.
        """

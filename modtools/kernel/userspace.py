"""The seam between the kernel and the programs and files of its machine.

The kernel starts a program (`kernel/umh.c`) and reads files (`fs/kernel_read_file.c`) by their paths, and knows nothing
else of the machine. Who holds the kernel says what there is; where nobody does, there are neither programs nor files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class NeverEnds(Exception):
    """Raised for a program that waits for what its caller would have to do first, such as ending an init."""


class NotRun(Exception):
    """Raised for a program that pymod does not run; its text is the program's path."""


class UserSpace(Protocol):
    """Programs and files of a machine."""

    def run(self, program: str, words: Sequence[str]) -> int:
        """Run a program, as root, until it ends; return its status as wait(2) tells it.

        Raises KernelError where it cannot be executed, NeverEnds and NotRun.
        """

    def read(self, path: str) -> bytes:
        """Return the content of a regular file. Raises KernelError."""

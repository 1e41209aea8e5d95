"""The memory of the programs that make system calls, which drivers read and write meanwhile."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from modtools.emulate.memory.hostprogram import HostProgram
from modtools.integers import signed

_CALLS = {
    "x86_64": {"read": (0, 17), "lseek": (8,)},
    "aarch64": {"read": (63, 67), "lseek": (62,)},
}.get(os.uname().machine, {"read": (), "lseek": ()})
"""The numbers of read(2) and pread(2), and of lseek(2), on this processor."""


class Program(HostProgram):
    """The memory of a program, by the number of one of its threads, and what it asks for."""

    def buffer(self, size: int) -> int:
        """Return the address of the buffer that the program, which waits for a read of so many bytes, has given for it;
        0 if that is not known.
        """
        number, (_, address, wanted, *_) = self._call()
        return address if number in _CALLS["read"] and wanted == size else 0

    def seeks_end(self) -> int | None:
        """Return how far from the end of a file the program, which waits for that, wants to be; None if it waits for
        something else.
        """
        number, (_, offset, whence, *_) = self._call()
        return signed(offset) if number in _CALLS["lseek"] and whence == os.SEEK_END else None

    def _call(self) -> tuple[int, Sequence[int]]:
        """Return number and arguments of the system call that the program is in; -1 if they are not known.

        From Linux: `Documentation/filesystems/proc.rst`, /proc/PID/syscall.
        """
        try:
            number, *arguments = Path(f"/proc/{self._number}/syscall").read_text().split()
            return int(number), [int(argument, 16) for argument in arguments[:6]]
        except (OSError, ValueError):
            return -1, (0,) * 6

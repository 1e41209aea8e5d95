"""The memory of the programs that make system calls, which drivers read and write meanwhile."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from modtools.emulate.memory.hostprogram import HostProgram
from modtools.integers import signed


class _Numbers(NamedTuple):
    """The numbers of system calls on a processor: read(2) and pread(2), lseek(2), openat(2), and all by which a file is
    opened, openat(2) left out.
    """

    read: tuple[int, ...] = ()
    lseek: int = -1
    openat: int = -1
    opening: tuple[int, ...] = ()


_UNKNOWN = -1
_CALLS = {
    "x86_64": _Numbers((0, 17), 8, 257, (2, 59, 85, 322, 426, 437)),
    "aarch64": _Numbers((63, 67), 62, 56, (221, 281, 426, 437)),
}.get(os.uname().machine, _Numbers())
_O_PATH = 0o10000000
_SIGINT = 1 << 1
_SETS = ("SigPnd", "ShdPnd", "SigBlk")
"""The signals that a thread has got, that its program has got, and that it does not want now (proc_pid_status(5))."""


class Program(HostProgram):
    """The memory of a program, by the number of one of its threads, and what it asks for."""

    def buffer(self, size: int) -> int:
        """Return the address of the buffer that the program, which waits for a read of so many bytes, has given for it;
        0 if that is not known.
        """
        number, (_, address, wanted, *_) = self._call()
        return address if number in _CALLS.read and wanted == size else 0

    def seeks_end(self) -> int | None:
        """Return how far from the end of a file the program, which waits for that, wants to be; None if it waits for
        something else.
        """
        number, (_, offset, whence, *_) = self._call()
        return signed(offset) if number == _CALLS.lseek and whence == os.SEEK_END else None

    def opens(self) -> bool:
        """Return whether the program, which waits for what a name means, is going to open the file; it is not where it
        only wants to know what it is. What cannot be known counts as opening.
        """
        number, arguments = self._call()
        if number == _CALLS.openat:
            return not arguments[2] & _O_PATH
        return number in (_UNKNOWN, *_CALLS.opening)

    def _call(self) -> tuple[int, Sequence[int]]:
        """Return number and arguments of the system call that the program is in; -1 if they are not known.

        From Linux: `Documentation/filesystems/proc.rst`, /proc/PID/syscall.
        """
        try:
            number, *arguments = Path(f"/proc/{self._number}/syscall").read_text().split()
            return int(number), [int(argument, 16) for argument in arguments[:6]]
        except (OSError, ValueError):
            return _UNKNOWN, (0,) * 6


def signals(thread: int) -> int:
    """Return which signals a program has got that waits for this thread, as a set: bit 0 for the first. It has got one,
    but which one may not be known.
    """
    found = 0
    with suppress(OSError):
        text = Path(f"/proc/{thread}/status").read_text("utf-8", "surrogateescape")
        sent, shared, blocked = (int(re.findall(rf"{name}:\t(\w+)", text)[0], 16) for name in _SETS)
        found = (sent | shared) & ~blocked
    return found or _SIGINT

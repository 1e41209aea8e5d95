"""The memory of the programs that make system calls, which drivers read and write meanwhile."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from modtools.emulate.memory.hostprogram import HostProgram
from modtools.integers import signed
from modtools.light import NamedTuple


class _Numbers(NamedTuple):
    """The numbers of system calls on a processor: read(2) and pread(2), all that say at which place they read or write,
    lseek(2), openat(2), open(2), and by what else a file is opened.
    """

    read: tuple[int, ...] = ()
    placed: tuple[int, ...] = ()
    lseek: int = -1
    openat: int = -1
    open: int = -1
    opening: tuple[int, ...] = ()


_UNKNOWN = -1
_CALLS = {
    "x86_64": _Numbers((0, 17), (17, 18, 295, 296, 327, 328), 8, 257, 2, (59, 85, 322, 426, 437)),
    "aarch64": _Numbers((63, 67), (67, 68, 69, 70, 286, 287), 62, 56, -2, (221, 281, 426, 437)),
}.get(os.uname().machine, _Numbers())
_O_PATH = 0o10000000
_SIGINT, KILLED = 1 << 1, 1 << 8
"""Sets of one signal, SIGINT and SIGKILL."""
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

    def place(self) -> int | None:
        """Return at which place of a file the program reads or writes, None if where the file is."""
        number, arguments = self._call()
        return signed(arguments[3]) if number in _CALLS.placed else None

    def opens(self) -> bool:
        """Return whether the program, which waits for what a name means, is going to open the file; it is not where it
        only wants to know what it is. What cannot be known counts as opening.
        """
        number, _ = self._call()
        return number in (_UNKNOWN, _CALLS.open, *_CALLS.opening) or (
            number == _CALLS.openat and not self.flags() & _O_PATH
        )

    def flags(self) -> int:
        """Return the flags with which the program opens a file, as far as they are known."""
        number, arguments = self._call()
        return arguments[{_CALLS.openat: 2, _CALLS.open: 1}[number]] if number in (_CALLS.openat, _CALLS.open) else 0

    def _call(self) -> tuple[int, Sequence[int]]:
        """Return number and arguments of the system call that the program is in; -1 if they are not known.

        From Linux: `Documentation/filesystems/proc.rst`, /proc/PID/syscall.
        """
        try:
            number, *arguments = Path(f"/proc/{self._number}/syscall").read_text().split()
            return int(number), [int(argument, 16) for argument in arguments[:6]]
        except (OSError, ValueError):
            return _UNKNOWN, (0,) * 6


def owner(thread: int) -> tuple[int, int, int]:
    """Return the program of a thread, its user and its group, those by which files are opened. Raises OSError."""
    found = _status(thread, r"Tgid:\t(\d+)", r"Uid:\t\d+\t\d+\t\d+\t(\d+)", r"Gid:\t\d+\t\d+\t\d+\t(\d+)")
    program, user, group = map(int, found)
    return program, user, group


def pending(thread: int) -> int:
    """Return which signals a program has got that waits for this thread, as a set: bit 0 for the first."""
    try:
        sent, shared, blocked = (int(text, 16) for text in _status(thread, *(rf"{name}:\t(\w+)" for name in _SETS)))
    except OSError:
        return 0
    return (sent | shared) & ~blocked


def signals(thread: int) -> int:
    """Return such a set for a program that has got a signal, even if it is not known which one."""
    return pending(thread) or _SIGINT


def _status(thread: int, *patterns: str) -> list[str]:
    text = Path(f"/proc/{thread}/status").read_text("utf-8", "surrogateescape")
    return [re.findall(pattern, text)[0] for pattern in patterns]

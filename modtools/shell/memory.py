"""The memory of the programs that make system calls, which drivers read and write meanwhile."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

from modtools.integers import signed
from modtools.link.memory import Fault

_CALLS = {
    "x86_64": {"read": (0, 17), "lseek": (8,)},
    "aarch64": {"read": (63, 67), "lseek": (62,)},
}.get(os.uname().machine, {"read": (), "lseek": ()})
"""The numbers of read(2) and pread(2), and of lseek(2), on this processor."""


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class Program:
    """The memory of a program, by the number of one of its threads."""

    def __init__(self, number: int) -> None:
        self._number = number

    def read(self, address: int, size: int) -> bytes:
        """Return bytes from an address. Raises Fault where the program has none."""
        buffer = ctypes.create_string_buffer(size)
        self._copy("process_vm_readv", buffer, address, write=False)
        return buffer.raw

    def write(self, address: int, data: bytes) -> None:
        """Write bytes to an address. Raises Fault where the program may not."""
        self._copy("process_vm_writev", ctypes.create_string_buffer(data, len(data)), address, write=True)

    def _copy(self, call: str, buffer: ctypes.Array[ctypes.c_char], address: int, *, write: bool) -> None:
        size = len(buffer)
        here, there = _Part(ctypes.addressof(buffer), size), _Part(address, size)
        function = getattr(ctypes.CDLL(None, use_errno=True), call)
        function.restype = ctypes.c_ssize_t
        one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
        done = function(ctypes.c_int(self._number), ctypes.byref(here), one, ctypes.byref(there), one, none)
        if done != size:
            raise Fault(address + max(int(done), 0), write=write)

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

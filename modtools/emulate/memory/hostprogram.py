"""The memory of programs of the host that make system calls: process_vm_readv(2), where the host is Linux."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from modtools.link.memory import Elsewhere, Fault


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class HostProgram:
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


def programs() -> Callable[[int], Elsewhere] | None:
    """Return what gives the memory of a program by the number of a thread, None where that cannot be had."""
    return HostProgram if sys.platform == "linux" else None

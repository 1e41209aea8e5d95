"""The memory of the program that makes a request of a driver: what it points to is handed over, and what the driver has
changed is put back.
"""

from __future__ import annotations

import ctypes

_PAGE = 4096
_LOWEST = 1 << 16
"""A number below it is no address that a program has (`mmap_min_addr`)."""


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class Program:
    """The memory of a program, by its process's number, as a driver gets it: what lies at an address up to the end of
    that page and of the next one. Pointers in it lead nowhere.
    """

    def __init__(self, number: int) -> None:
        self._number = number

    def argument(self, address: int) -> int | bytes:
        """Return what a driver gets with a request: the bytes at an address, or the number that is none."""
        if address < _LOWEST:
            return address
        size = _PAGE * 2 - address % _PAGE
        return read(self._number, address, size) or read(self._number, address, size - _PAGE) or address

    def put_back(self, address: int, before: bytes, after: bytes) -> None:
        """Write into the program's memory what a driver has changed."""
        end = max((at + 1 for at in range(len(before)) if before[at] != after[at]), default=0)
        if end:
            write(self._number, address, after[:end])


def read(program: int, address: int, size: int) -> bytes:
    """Return bytes of another process's memory; none where they are not all there, or not ours to read."""
    buffer = ctypes.create_string_buffer(size)
    return buffer.raw if _copy("process_vm_readv", program, buffer, address) == size else b""


def write(program: int, address: int, data: bytes) -> bool:
    """Write into another process's memory; return whether all of it was."""
    return _copy("process_vm_writev", program, ctypes.create_string_buffer(data, len(data)), address) == len(data)


def _copy(call: str, program: int, buffer: ctypes.Array[ctypes.c_char], address: int) -> int:
    size = len(buffer)
    here, there = _Part(ctypes.addressof(buffer), size), _Part(address, size)
    function = getattr(ctypes.CDLL(None, use_errno=True), call)
    function.restype = ctypes.c_ssize_t
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    return int(function(ctypes.c_int(program), ctypes.byref(here), one, ctypes.byref(there), one, none))

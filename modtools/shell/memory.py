"""The memory of the program that makes a request of a driver: what it points to is handed over, and what the driver has
changed is put back.
"""

from __future__ import annotations

import ctypes
from typing import NamedTuple

from modtools.kernel.files.module_files import Opened

_PAGE = 4096
_LOWEST = 1 << 16
"""A number below it is no address that a program has (`mmap_min_addr`)."""


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class Answer(NamedTuple):
    """What a system call returns, and the bytes as the driver left them."""

    result: int
    data: bytes = b""


def request(opened: Opened, program: int, number: int, argument: int) -> Answer:
    """Make a request of an open file for a program, given by its process's number. Raises KernelError.

    The driver gets what lies at an address up to the end of that page and of the next one; pointers in it lead nowhere.
    """
    size = _PAGE * 2 - argument % _PAGE
    before = read(program, argument, size) or read(program, argument, size - _PAGE) if argument >= _LOWEST else b""
    if not before:
        return Answer(opened.ioctl(number, argument)[0])
    result, after = opened.ioctl(number, before)
    end = max((at + 1 for at in range(len(before)) if before[at] != after[at]), default=0)
    if end:
        write(program, argument, after[:end])
    return Answer(result, after)


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

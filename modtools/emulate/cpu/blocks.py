"""Counting the blocks of code that the processor does, so that it stops after so many, the same on every machine.

Unicorn calls a hook before each block (instructions up to the next jump). The hook is a few bytes of the host's own
machine code, which count down and ask Unicorn to stop: a block costs a nanosecond or two. Where there is none for the
host, or it may not be run, the same is done in Python, at a microsecond for each block.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from typing import Any

import unicorn
from unicorn.unicorn_py3.unicorn import uclib

_CODE = {
    "x86_64": "48ff09 7801 c3 48b8{stop} ffe0",
    "aarch64": "640040f9 840400f1 640000f9 44000054 c0035fd6 65000058 a0001fd6 1f2003d5 {stop}",
}
"""hook(engine, address, size, counter): counter -= 1; return, or go on with uc_emu_stop(engine) when it is below 0."""
_HOOK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_void_p)
_READ, _EXECUTE = 1, 4


class BlockCounter:
    """Counts how many blocks one engine may still do: `left.value`, which is below 0 when it was stopped for that."""

    def __init__(self, engine: Any) -> None:
        self.left = ctypes.c_int64(0)
        self._kept, entry = _in_machine_code() or self._in_python(engine)
        handle, counter = ctypes.c_size_t(), ctypes.byref(self.left)
        first, last = ctypes.c_uint64(1), ctypes.c_uint64(0)
        uclib.uc_hook_add(engine._uch, ctypes.byref(handle), unicorn.UC_HOOK_BLOCK, entry, counter, first, last)

    def _in_python(self, engine: Any) -> tuple[object, ctypes.c_void_p]:
        left, stop, handle = self.left, uclib.uc_emu_stop, engine._uch

        def count(_engine: int, _address: int, _size: int, _counter: int) -> None:
            left.value -= 1
            if left.value < 0:
                stop(handle)

        function = _HOOK(count)
        return function, ctypes.cast(function, ctypes.c_void_p)


def machine_code(machine: str, stop: int) -> bytes | None:
    """Return the hook's code for a kind of host, given the address of uc_emu_stop(); None if there is none."""
    text = _CODE.get(machine)
    return None if text is None else bytes.fromhex(text.format(stop=stop.to_bytes(8, "little").hex()))


def _in_machine_code() -> tuple[object, ctypes.c_void_p] | None:
    """Return the hook in memory that may be run and no longer written, and where it begins; None where that cannot be
    had.
    """
    if not hasattr(os, "uname") or sys.maxsize < 1 << 32:
        return None
    code = machine_code(os.uname().machine, ctypes.cast(uclib.uc_emu_stop, ctypes.c_void_p).value or 0)
    if code is None:
        return None
    page = mmap.mmap(-1, mmap.PAGESIZE)
    page.write(code)
    anchor = ctypes.c_char.from_buffer(page)
    place = ctypes.c_void_p(ctypes.addressof(anchor))
    protect = ctypes.CDLL(None).mprotect
    if protect(place, ctypes.c_size_t(mmap.PAGESIZE), _READ | _EXECUTE):
        return None
    return (page, anchor), place

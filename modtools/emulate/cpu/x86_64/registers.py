"""The processor's registers, all at once: one call into Unicorn instead of eighteen."""

from __future__ import annotations

import ctypes
from typing import Any

from unicorn import x86_const as x86
from unicorn.unicorn_py3.unicorn import uclib

from modtools.emulate.cpu.x86_64.names import RIP

GENERAL = (
    x86.UC_X86_REG_RAX, x86.UC_X86_REG_RBX, x86.UC_X86_REG_RCX, x86.UC_X86_REG_RDX,
    x86.UC_X86_REG_RSI, x86.UC_X86_REG_RDI, x86.UC_X86_REG_RBP, x86.UC_X86_REG_RSP,
    x86.UC_X86_REG_R8, x86.UC_X86_REG_R9, x86.UC_X86_REG_R10, x86.UC_X86_REG_R11,
    x86.UC_X86_REG_R12, x86.UC_X86_REG_R13, x86.UC_X86_REG_R14, x86.UC_X86_REG_R15,
    x86.UC_X86_REG_RIP, x86.UC_X86_REG_EFLAGS,
)  # fmt: skip
"""In the order of `names.NAMES`."""


class RegisterFile:
    """Reads and writes the registers of one engine."""

    def __init__(self, engine: Any) -> None:
        self._handle, self._library = engine._uch, uclib
        count = len(GENERAL)
        self._values = (ctypes.c_uint64 * count)()
        self._ids = (ctypes.c_int * count)(*GENERAL)
        places = [ctypes.addressof(self._values) + 8 * at for at in range(count)]
        self._places = (ctypes.c_void_p * count)(*places)
        self._rip_id = (ctypes.c_int * 1)(x86.UC_X86_REG_RIP)
        self._rip_place = (ctypes.c_void_p * 1)(places[RIP])

    def read(self) -> list[int]:
        self._library.uc_reg_read_batch(self._handle, self._ids, self._places, len(GENERAL))
        return list(self._values)

    def rip(self) -> int:
        self._library.uc_reg_read_batch(self._handle, self._rip_id, self._rip_place, 1)
        return int(self._values[RIP])

    def write(self, values: list[int]) -> None:
        self._values[:] = values  # type: ignore[assignment]
        self._library.uc_reg_write_batch(self._handle, self._ids, self._places, len(GENERAL))

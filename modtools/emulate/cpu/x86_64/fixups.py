"""`__ex_table`: where code goes on after a fault that it has foreseen.

From Linux 6.1 `arch/x86/include/asm/extable.h`, `extable_fixup_types.h`, `arch/x86/mm/extable.c: fixup_exception()`:
distances to the code and to where it goes on, each from its own place, and a type with data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.bug_table import entries
from modtools.emulate.cpu.x86_64.names import NUMBERS, RAX, RDX, RSP
from modtools.emulate.symbols.structs import view
from modtools.integers import MASK64
from modtools.linuxerrno import EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

# Types of fix-ups.
_WRMSR_SAFE, _RDMSR_SAFE, _POP_REG, _IMM_REG = 10, 11, 16, 17
_CLEAR_AX, _CLEAR_DX = 1 << 12, 2 << 12


def fixup_at(guest: Guest, address: int) -> int | None:
    """Return where the code goes on after a fault at an address that it has foreseen; its registers are changed as the
    fix-up says.
    """
    for at in entries(guest, address, "__ex_table", "exception_table_entry"):
        row = view(guest, "exception_table_entry", at)
        if at + row.insn & MASK64 == address:
            _apply(guest, row.data)
            return int(row.address("fixup") + row.fixup & MASK64)
    return None


def _apply(guest: Guest, data: int) -> None:
    """Do to the registers what a type of fix-up says."""
    frame, kind, register = guest.frame, data & 0xFF, NUMBERS[data >> 8 & 0xF]
    if kind == _IMM_REG:
        frame[register] = (data >> 16 & 0xFFFF ^ 0x8000) - 0x8000 & MASK64
    elif kind == _POP_REG:
        frame[register] = guest.memory.u64(frame[RSP])
        frame[RSP] += 8
    elif kind in (_WRMSR_SAFE, _RDMSR_SAFE):
        frame[register] = -EIO & MASK64
    if data & _CLEAR_AX:
        frame[RAX] = 0
    if data & _CLEAR_DX:
        frame[RDX] = 0
    guest.engine.registers = frame

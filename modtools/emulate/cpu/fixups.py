"""Tables that the compiler put into a module for the kernel to look up a place in its code.

`__bug_table`, from Linux 6.1 `include/asm-generic/bug.h`: entries of 12 bytes, little-endian, distances to their own
place: s32 code, s32 file name, u16 line, u16 flags (1 warning, 2 once, 4 done, 8 says "cut here" itself, 8 bits taint).

`__ex_table`, from `arch/x86/include/asm/extable.h`: entries of 12 bytes: s32 code, s32 where to go on, u32 type and
data (`extable_fixup_types.h`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from modtools.emulate.cpu.processor import NAMES, RAX, RDX, RSP
from modtools.integers import MASK64
from modtools.linuxerrno import EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


WARNING, ONCE, DONE, NO_CUT_HERE = 1, 2, 4, 8
_ENTRY = 12
# Types of fix-ups.
_WRMSR_SAFE, _RDMSR_SAFE, _POP_REG, _IMM_REG = 10, 11, 16, 17
_CLEAR_AX, _CLEAR_DX = 1 << 12, 2 << 12
_REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()


class Bug(NamedTuple):
    """A WARN() or BUG() in a module: where it is in the source, and the place of its flags."""

    address: int
    file: str
    line: int
    flags: int
    flags_at: int

    @property
    def warning(self) -> bool:
        """Return whether it is a WARN(), after which the code goes on."""
        return bool(self.flags & WARNING)


def _entries(guest: Guest, section: str) -> Iterator[int]:
    for image in guest.images.values():
        start, size = image.section(section)
        yield from range(start, start + size - _ENTRY + 1, _ENTRY)


def bug_at(guest: Guest, address: int) -> Bug | None:
    """Return the entry of __bug_table for the instruction at an address, or None."""
    memory = guest.memory
    for at in _entries(guest, "__bug_table"):
        if at + memory.s32(at) & MASK64 == address:
            file = guest.text(at + 4 + memory.s32(at + 4) & MASK64)
            return Bug(address, file, memory.u16(at + 8), memory.u16(at + 10), at + 10)
    return None


def fixup_at(guest: Guest, address: int) -> int | None:
    """Return where the code goes on after a fault that it has foreseen, or None; the registers are changed as the
    fix-up says.
    """
    memory = guest.memory
    for at in _entries(guest, "__ex_table"):
        if at + memory.s32(at) & MASK64 == address:
            _apply(guest, memory.u32(at + 8))
            return at + 4 + memory.s32(at + 4) & MASK64
    return None


def _apply(guest: Guest, data: int) -> None:
    """Change the registers as a type of fix-up does."""
    frame, kind, register = guest.frame, data & 0xFF, NAMES.index(_REGISTERS[data >> 8 & 0xF])
    if kind == _IMM_REG:
        frame[register] = (data >> 16 ^ 0x8000) - 0x8000 & MASK64
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

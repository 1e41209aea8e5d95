"""How functions are called on x86-64: arguments, the stack, the way back, and variable arguments.

From the System V psABI for AMD64, "Function Calling Sequence" and "Variable Argument Lists". The first six arguments
are in registers, the others on the stack, above the address to return to. A va_list is gp_offset, fp_offset (32 bits
each), overflow_arg_area and reg_save_area (pointers); the first six integers stand in the save area, the others on the
stack.
"""

from __future__ import annotations

from collections.abc import Sequence

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.cpu.x86_64.names import EFLAGS, INTERRUPTS, NAMES, RAX, RIP, RSP
from modtools.emulate.memory import address_space
from modtools.integers import MASK64
from modtools.link.memory import Memory

_ARGUMENTS = [NAMES.index(name) for name in "rdi rsi rdx rcx r8 r9".split()]
_ALWAYS = 1 << 1
"""The flag of EFLAGS that is always set."""
_DISTANCE = 256
"""Bytes that stay free below what is on the stack, more than the code may use without moving RSP."""
_SAVED = 48
"""Bytes of the arguments in the save area of a va_list."""


def enter(memory: Memory, frame: list[int], top: int, address: int, arguments: Sequence[int]) -> None:
    """Make a frame that of a function which is just called, with its arguments, on a stack below `top`."""
    stack = top - _DISTANCE & -16
    for value in (*reversed(arguments[len(_ARGUMENTS) :]), address_space.RETURN):
        stack -= 8
        memory.put(stack, value, 8)
    frame[RSP], frame[EFLAGS], frame[RIP] = stack, INTERRUPTS | _ALWAYS, address & MASK64
    for register, value in zip(_ARGUMENTS, arguments, strict=False):
        frame[register] = value & MASK64


def caller(memory: Memory, frame: list[int]) -> int:
    """Return where the function that is just called returns to. Raises Fault."""
    return memory.u64(frame[RSP])


def redirect(memory: Memory, frame: list[int], address: int) -> None:
    """Let the function that is just called return to another address."""
    memory.put(frame[RSP], address, 8)


def returned(frame: list[int]) -> int:
    """Return where the address stood on the stack by which a function has just returned."""
    return frame[RSP] - 8


def leave(frame: list[int], result: int) -> None:
    """Make a frame that of the caller, which gets the result."""
    frame[RAX] = result & MASK64
    frame[RSP] += 8


def interruptible(frame: list[int]) -> bool:
    """Return whether interrupts are let in."""
    return bool(frame[EFLAGS] & INTERRUPTS)


def let_in(frame: list[int], interrupts: bool) -> None:
    """Let interrupts in, or not."""
    frame[EFLAGS] = frame[EFLAGS] & ~INTERRUPTS | INTERRUPTS * interrupts


def arguments(memory: Memory, frame: list[int]) -> Arguments:
    """Return the arguments of the function that is just called."""
    return Arguments(memory, [frame[register] for register in _ARGUMENTS], frame[RSP] + 8)


class VaList:
    """A `va_list` in memory. Reading moves it on there, as va_arg() does."""

    def __init__(self, memory: Memory, address: int) -> None:
        self._memory, self._address = memory, address

    def next(self, size: int = 8) -> int:  # noqa: ARG002 - every value takes eight bytes
        """Return the next argument, and move the va_list in memory on."""
        memory, at = self._memory, self._address
        offset = memory.u32(at)
        if offset < _SAVED:
            memory.put(at, offset + 8, 4)
            return memory.u64(memory.u64(at + 16) + offset)
        place = memory.u64(at + 8)
        memory.put(at + 8, place + 8, 8)
        return memory.u64(place)


def va_copy(memory: Memory, address: int) -> Arguments:
    """Return the values of a va_list, which is left where it is (`va_copy()` before use, as %pV does)."""
    offset, overflow, saved = memory.u32(address), memory.u64(address + 8), memory.u64(address + 16)
    registers = [memory.u64(saved + at) for at in range(offset, _SAVED, 8)]
    return Arguments(memory, registers, overflow)

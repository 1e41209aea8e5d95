"""Variable arguments, from registers and stack or out of a `va_list`.

From the System V psABI for AMD64, "Variable Argument Lists": a va_list is gp_offset, fp_offset (32 bits each),
overflow_arg_area and reg_save_area (pointers); the first six integers stand in the save area, the others on the stack.
"""

from __future__ import annotations

from typing import Protocol

from modtools.link.memory import Memory


class Values(Protocol):
    """The values of variable arguments, one after another."""

    def next(self, size: int = 8) -> int:
        """Return the next value as an unsigned number of 64 bits; `size` is how many of its bytes
        the caller will use.
        """


class Arguments:
    """The arguments of a call: six registers, then the stack from `stack` on."""

    def __init__(self, memory: Memory, registers: list[int], stack: int) -> None:
        self._memory, self._registers, self._stack = memory, registers, stack
        self._used = 0

    def next(self, size: int = 8) -> int:  # noqa: ARG002 - every value takes eight bytes
        """Return the next argument."""
        if self._used < len(self._registers):
            value = self._registers[self._used]
        else:
            value = self._memory.u64(self._stack + 8 * (self._used - len(self._registers)))
        self._used += 1
        return value


class VaList:
    """A `va_list` in memory. Reading moves it on there, as va_arg() does."""

    _SAVED = 48

    def __init__(self, memory: Memory, address: int) -> None:
        self._memory, self._address = memory, address

    def next(self, size: int = 8) -> int:  # noqa: ARG002 - every value takes eight bytes
        """Return the next argument of the va_list."""
        memory, at = self._memory, self._address
        offset = memory.u32(at)
        if offset < self._SAVED:
            memory.put(at, offset + 8, 4)
            return memory.u64(memory.u64(at + 16) + offset)
        place = memory.u64(at + 8)
        memory.put(at + 8, place + 8, 8)
        return memory.u64(place)


def va_copy(memory: Memory, address: int) -> Arguments:
    """Return the values of a va_list, which is left where it is (`va_copy()` before use, as %pV does)."""
    offset, overflow, saved = memory.u32(address), memory.u64(address + 8), memory.u64(address + 16)
    registers = [memory.u64(saved + at) for at in range(offset, VaList._SAVED, 8)]
    return Arguments(memory, registers, overflow)

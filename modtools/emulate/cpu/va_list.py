"""Arguments whose number and types only their reader knows. Where they are is told by a processor's `Abi`."""

from __future__ import annotations

from typing import Protocol

from modtools.link.memory import Memory


class Values(Protocol):
    """The values of variable arguments, one after another."""

    def next(self, size: int = 8) -> int:
        """Return the next value as an unsigned number of 64 bits; `size` is how many of its bytes the caller will
        use.
        """


class Arguments:
    """The arguments of a call: those in registers, then eight bytes each from `stack` on."""

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

"""What the processor says: its registers, and why it stopped. The processor itself is `engine`."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

NAMES = "rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip eflags".split()
"""The registers in the order of `Engine.registers`."""
RAX, RCX, RDX, RSP, RIP, EFLAGS = 0, 2, 3, 7, 16, 17
SLICE = 1 << 16
"""Blocks of code that are done without a stop: a tick of the clock."""


class Stop(Enum):
    """Why the processor has stopped, one value for each reason."""

    HALT = auto()  # at a HLT instruction: a kernel function, or the end of a call
    FAULT = auto()  # a page that is not there or does not allow it
    INVALID = auto()  # an instruction that does not exist, ud2 among them
    DIVIDE = auto()
    INTERRUPT = auto()  # int n, behind which the processor stands: `vector`
    PRIVILEGED = auto()  # at an instruction that is not left to it
    PROTECTION = auto()  # any other exception
    UNKNOWN = auto()  # something of the machine that is not emulated
    SLICE = auto()


class Refusal(NamedTuple):
    """A page fault: the exact address, what was tried (READ, WRITE, EXECUTE), and whether the page was there."""

    address: int
    access: int
    present: bool

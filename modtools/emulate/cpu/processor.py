"""What a processor says: why it stopped. The processor itself is an `engine`, its registers and calls are an `Abi`."""

from __future__ import annotations

from enum import Enum, auto

from modtools.light import NamedTuple

SLICE = 1 << 16
"""Blocks of code that are done without a stop: a tick of the clock."""


class Stop(Enum):
    """Why the processor has stopped, one value for each reason."""

    HALT = auto()  # behind the instruction that stands for a kernel function or the end of a call
    FAULT = auto()  # a page that is not there or does not allow it
    INVALID = auto()  # an instruction that does not exist; that of BUG() and WARN() may be one
    DIVIDE = auto()
    INTERRUPT = auto()  # an interrupt by instruction, behind which the processor stands: `vector`
    PRIVILEGED = auto()  # at an instruction that is not left to it
    PROTECTION = auto()  # any other exception
    UNKNOWN = auto()  # something of the machine that is not emulated
    PROBE = auto()  # at an address that is watched
    SLICE = auto()


class PageFault(NamedTuple):
    """A page fault: the exact address, what was tried (READ, WRITE, EXECUTE), and whether the page was there."""

    address: int
    access: int
    present: bool

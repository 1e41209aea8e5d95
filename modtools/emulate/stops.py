"""Why a module's code did not run to its end."""

from __future__ import annotations

from modtools.kernel.runner import End, Outcome
from modtools.light import NamedTuple
from modtools.linuxerrno import EEXIST, EINVAL
from modtools.profiles.structures import UnknownLayout


class Stopped(Exception):
    """Raised when a module's code cannot run to its end."""


class Needs(Stopped):
    """Raised when the code wants a function or variable of the kernel, or a case of one, that is not provided."""

    def __init__(self, symbol: str) -> None:
        super().__init__(symbol)
        self.symbol = symbol


class Unforeseeable(Needs):
    """Raised where the kernel itself is broken, so that nobody can tell how anything goes on: whatever the caller is
    told would be a guess.
    """


class Exceeded(Stopped):
    """Raised when the code wants more than a run is given: time, memory, calls. `what` says which, in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Stuck(Stopped):
    """Raised when the code waits for what never comes, or does not end."""


class Exhausted(Stopped):
    """Raised when the code, and what it has started, leaves no time for anything else."""


class NameTaken(Exception):
    """Raised for a name that /sys has already. A kernel function that does not handle it as Linux does stops the
    run.
    """

    result = -EEXIST
    """What functions return then."""

    def __init__(self) -> None:
        super().__init__("sysfs: cannot create duplicate filename")


class Unnamed(NameTaken):
    """Raised for an empty name, after the kernel's complaint."""

    result = -EINVAL


class Block(Stopped):
    """Raised when a thread has to wait within a kernel function. `registers` are the thread's in the middle of that
    call.
    """

    def __init__(self, registers: list[int]) -> None:
        super().__init__("blocked")
        self.registers = registers


class TaskExit(Stopped):
    """Raised when a thread ends itself. `value` is its result."""

    def __init__(self, value: int) -> None:
        super().__init__(str(value))
        self.value = value


class Oops(NamedTuple):
    """What an oops is about.

    `heading` are the lines before "Oops: …" or "divide error: …", each with its level; `name` and `code` make up that
    line; `address` is what CR2 holds, None where that says nothing.
    """

    heading: tuple[tuple[int, str], ...]
    name: str
    code: int = 0
    address: int | None = None


class Died(Stopped):
    """Raised when the kernel oopsed, which ends the process that called it."""

    def __init__(self, oops: Oops) -> None:
        super().__init__(oops.name)
        self.oops = oops


def outcome_of(stopped: Stopped | UnknownLayout) -> Outcome:
    """Return how a call went that was stopped. Raises what is no end of a call."""
    match stopped:
        case Needs(symbol=symbol):
            return Outcome(End.NEEDS, 0, symbol)
        case UnknownLayout():
            return Outcome(End.NEEDS, 0, str(stopped))
        case Exceeded(what=what):
            return Outcome(End.FAILED, 0, f"more than {what}")
        case Died(oops=oops):
            return Outcome(End.KILLED, 0, oops.name)
        case Stuck() | Exhausted():
            return Outcome(End.STUCK)
    raise stopped

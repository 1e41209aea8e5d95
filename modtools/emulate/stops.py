"""Why a module's code did not run to its end."""

from __future__ import annotations

from typing import NamedTuple


class Stopped(Exception):
    """The run is over before its end."""


class Needs(Stopped):
    """The code wants a function or variable of the kernel that is not provided."""

    def __init__(self, symbol: str) -> None:
        super().__init__(symbol)
        self.symbol = symbol


class Exceeded(Stopped):
    """The code wants more than a run is given: time, memory, calls. `what` says which, in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Stuck(Stopped):
    """The code does not end."""


class Exhausted(Stopped):
    """The code, and whatever it has set going, does not let anything else happen any more."""


class Block(Stopped):
    """A thread has to wait: its registers, in the middle of the call of a kernel function."""

    def __init__(self, registers: list[int]) -> None:
        super().__init__("blocked")
        self.registers = registers


class TaskExit(Stopped):
    """A thread ends itself, with this result."""

    def __init__(self, value: int) -> None:
        super().__init__(str(value))
        self.value = value


class Trouble(NamedTuple):
    """What an oops is about.

    `heading` are the lines before "Oops: …" or "divide error: …", each with its level; `name` and `code` make up that
    line; `address` is what CR2 holds, None where that says nothing.
    """

    heading: tuple[tuple[int, str], ...]
    name: str
    code: int = 0
    address: int | None = None


class Died(Stopped):
    """The kernel oopsed: the process that called it is gone."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble

"""What hardware does to the kernel, by a command: it interrupts a processor that has nothing to do."""

from __future__ import annotations

from collections.abc import Callable

from modtools.command import Call
from modtools.errors import Killed
from modtools.kernel.log import WARNING
from modtools.kernel.runner import End, Outcome, Runner, reason
from modtools.report import Message, Report
from modtools.shared.userspace import enter
from modtools.store import Store

_IDLE = "swapper/0"
"""The task that an interrupt finds on a processor that has nothing to do."""


def interrupt(call: Call, happen: Callable[[Runner], Outcome], unfinished: str, absent: str) -> Report:
    """Let something happen that interrupts the kernel. The log says `unfinished`, and why, where it did not come to its
    end; `absent` is the error where there is no such hardware. Raises Killed where the machine did not survive it.
    """
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        kernel.program = _IDLE
        if kernel.runner is None:
            return _failed("no code can be run on this kernel: see 'pymod status'")
        outcome = happen(kernel.runner)
        if outcome.end in (End.KILLED, End.STUCK):
            raise Killed
        if outcome.end is not End.RETURNED:
            kernel.printk(WARNING, f"{unfinished}: {reason(outcome)}")
        return _failed(absent) if outcome.value < 0 else Report()


def _failed(text: str) -> Report:
    return Report((Message(text, "ERROR"),), status=1)

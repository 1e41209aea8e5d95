"""tick: let the virtual kernel's time pass."""

from __future__ import annotations

import math

from modtools.command import Call, command, operand
from modtools.errors import Killed
from modtools.kernel.log import WARNING
from modtools.kernel.runner import End, reason
from modtools.kernel.state import Kernel
from modtools.report import Message, Report
from modtools.store import Store

_LONGEST = 1e9
_NANOSECONDS = 1_000_000_000


@command()
@operand("seconds", required=False, default="1")
def tool(call: Call, *, seconds: str) -> Report:
    """Let time pass: 1 second, or as many as are given (0.25 is fine).

    Timers that are due run, and so do delayed work and threads that have slept long enough. Nothing else makes time
    pass but code that waits.
    """
    try:
        amount = float(seconds)
    except ValueError:
        amount = math.nan
    if not 0 <= amount <= _LONGEST:
        return Report((Message(f"'{seconds}' is no number of seconds", "ERROR"),), status=1)
    with Store(call.place.state).transaction() as kernel:
        _pass(kernel, round(amount * _NANOSECONDS))
    return Report()


def _pass(kernel: Kernel, nanoseconds: int) -> None:
    runner = kernel.runner if kernel.memory_file else None
    target = kernel.time + nanoseconds // 1000
    outcome = runner.tick(nanoseconds) if runner is not None else None
    kernel.time = max(kernel.time, target)
    if outcome is not None and outcome.end in (End.KILLED, End.STUCK):
        raise Killed
    if outcome is not None and outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"time passed, but not all that was due was run: {reason(outcome)}")

"""irq: raise an interrupt line, as hardware would."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.errors import Killed
from modtools.kernel.log import WARNING
from modtools.kernel.runner import End, reason
from modtools.kernel.state import Kernel
from modtools.report import Message, Report
from modtools.shared.userspace import enter
from modtools.store import Store

_MOST = 1_000_000
_IDLE = "swapper/0"
"""The task that an interrupt finds on a processor that has nothing to do."""


@command()
@operand("line")
@operand("times", required=False, default="1")
def tool(call: Call, *, line: str, times: str) -> Report:
    """Raise an interrupt line once, or TIMES times, as a device would.

    The functions run that modules have given to request_irq(), then tasklets, work and threads that these have woken. A
    line that nobody has requested brings nothing, as on a real machine. `pymod cat /proc/interrupts` shows the lines.
    """
    if not (line.isdecimal() and times.isdecimal() and int(times) <= _MOST):
        return Report((Message("an interrupt line and a number of times are expected", "ERROR"),), status=1)
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        kernel.program = _IDLE
        return _raise(kernel, int(line), int(times))


def _raise(kernel: Kernel, line: int, times: int) -> Report:
    if kernel.runner is None:
        return Report((Message("no code can be run on this kernel: see 'pymod status'", "ERROR"),), status=1)
    outcome = kernel.runner.raise_interrupt(line, times)
    if outcome.end in (End.KILLED, End.STUCK):
        raise Killed
    if outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"irq {line}: its handlers were not run to their end: {reason(outcome)}")
    if outcome.value < 0:
        return Report((Message(f"there is no interrupt line {line}", "ERROR"),), status=1)
    return Report()

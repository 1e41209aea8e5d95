"""irq: raise an interrupt line, as hardware would."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.report import Message, Report
from modtools.shared.interrupts import interrupt

_MOST = 1_000_000


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
    number = int(line)
    return interrupt(
        call,
        lambda runner: runner.raise_interrupt(number, int(times)),
        f"irq {number}: its handlers were not run to their end",
        f"there is no interrupt line {number}",
    )

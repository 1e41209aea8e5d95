"""tick: advance the virtual kernel's clock."""

from __future__ import annotations

import math
import time

from modtools.command import Call, command, operand, option
from modtools.errors import Killed
from modtools.kernel.log import WARNING
from modtools.kernel.runner import End, reason
from modtools.kernel.state import Kernel
from modtools.report import Message, Report
from modtools.shared.userspace import enter
from modtools.store import Store

_LONGEST = 1e9
_NANOSECONDS = 1_000_000_000


@command()
@option("-w", "--wait", is_flag=True, help="Wait as long, and let pass what has not passed meanwhile.")
@operand("seconds", required=False, default="1")
def tool(call: Call, *, seconds: str, wait: bool) -> Report:
    """Advance the virtual kernel's clock by SECONDS: 1 by default, fractions such as 0.25 are allowed.

    Timers that become due run, and so do delayed work and threads whose sleep ends. Apart from this only code that
    waits makes time pass.
    """
    try:
        amount = float(seconds)
    except ValueError:
        amount = math.nan
    if not 0 <= amount <= _LONGEST:
        return Report((Message(f"invalid number of seconds: '{seconds}'", "ERROR"),), status=1)
    store, nanoseconds, since = Store(call.place.state), round(amount * _NANOSECONDS), None
    if wait:
        since = store.read().time
        time.sleep(amount)
    with store.transaction() as kernel:
        enter(kernel, call)
        passed = 0 if since is None else (kernel.time - since) * 1000
        _pass(kernel, max(nanoseconds - passed, 0))
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

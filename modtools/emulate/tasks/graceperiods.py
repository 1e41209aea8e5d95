"""Grace periods of RCU and SRCU: what is called, and who goes on, when all readers have left.

From Linux 6.1: `kernel/rcu/tree.c`, `kernel/rcu/srcutree.c`. A thread of the kernel's begins and ends them, so neither
happens while somebody keeps the processor. On an idle processor, as measured, one lasts two ticks, and its functions
are called in a softirq of the tick after that; whoever asks meanwhile waits for the next one. The tables:

    grace       "asked": [callback_head, number] of those who wait for the next grace period; "begun": those of
                this one; "end": nanoseconds of the clock when it is over
    rcu         callback_head: [nanoseconds, number] of what is called then; one below 0 stands for a sleeper
    rcu_frees   callback_head: what is freed then, where no function is called
    srcu domains  address of the structure: "index", the counter in use, "readers" of both, and "calls": a list of
                [callback_head, number, function, nanoseconds, step]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from modtools.emulate.tasks import clock

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_TICKS = 2
"""Ticks of a grace period of RCU on an idle processor."""
_FLIP, _DRAIN, _CALL = range(3)
"""What is to be done next for one who waits for readers of SRCU: take the other counter for new readers when nobody is
counted in that any more; wait for those of the first one; call. Each look and the call are a timer of a tick apart.
"""


def ask(guest: Guest, head: int = 0) -> int:
    """Have a callback_head, or a sleeper, wait for the next grace period of RCU; return the number that it gets."""
    number = _number(guest)
    guest.table("grace").setdefault("asked", []).append([head or -number, number])
    return number


def _number(guest: Guest) -> int:
    serial = guest.table("serial")
    serial["last"] = serial.get("last", 0) + 1
    return int(serial["last"])


def waiting(guest: Guest) -> Iterator[int]:
    """Return the numbers of all that waits for the end of a grace period of RCU."""
    grace = guest.table("grace")
    for _, number in (*grace.get("asked", ()), *grace.get("begun", ()), *guest.table("rcu").values()):
        yield int(number)


def next_event(guest: Guest) -> int | None:
    """Return when the kernel's threads go on with grace periods, in nanoseconds since boot; None if there is none."""
    grace = guest.tables.get("grace", {})
    times = [time for row in guest.tables.get("srcu domains", {}).values() for *_, time, _ in row["calls"]]
    if grace.get("begun"):
        times.append(grace["end"])
    elif grace.get("asked"):
        times.append(clock.at_jiffy(guest, guest.jiffies + _TICKS))
    return min(times, default=None)


def go_on(guest: Guest) -> None:
    """Let the kernel's threads end and begin the grace periods for which it is time: nobody keeps the processor."""
    if "grace" in guest.tables:
        _end(guest, guest.table("grace"))
        _begin(guest, guest.table("grace"))
    for row in guest.tables.get("srcu domains", {}).values():
        for call in list(row["calls"]):
            if call[3] <= guest.now:
                _go_on_with(guest, row, call)


def _end(guest: Guest, grace: dict[str, Any]) -> None:
    if grace.get("begun") and grace["end"] <= guest.now:
        time = clock.at_jiffy(guest, guest.jiffies + 1)
        guest.table("rcu").update({head: [time, number] for head, number in grace.pop("begun")})


def _begin(guest: Guest, grace: dict[str, Any]) -> None:
    if grace.get("asked") and not grace.get("begun"):
        grace["begun"] = grace.pop("asked")
        grace["end"] = clock.at_jiffy(guest, guest.jiffies + _TICKS)


# SRCU.


def domain(guest: Guest, srcu: int) -> dict[str, Any]:
    """Return what is known of a structure of SRCU."""
    row: dict[str, Any] = guest.table("srcu domains").setdefault(srcu, {"index": 0, "readers": [0, 0], "calls": []})
    return row


def ask_srcu(guest: Guest, srcu: int, head: int = 0, function: int = 0) -> int:
    """Have a function called with its callback_head, by a worker, when the readers of now have left, or a sleeper go
    on; return the number that it gets. A sleeper for whom nothing waits is in a hurry.
    """
    number, calls = _number(guest), domain(guest, srcu)["calls"]
    time = _next_look(guest) if function or calls else guest.now
    calls.append([head or -number, number, function, time, _FLIP])
    return number


def _next_look(guest: Guest) -> int:
    return clock.due(guest, guest.jiffies + 1)


def _go_on_with(guest: Guest, row: dict[str, Any], call: list[int]) -> None:
    """Take the steps that can be taken now for somebody who waits for the readers of a structure of SRCU."""
    head, _, function, _, step = call
    if step == _CALL:
        row["calls"].remove(call)
        if function:
            guest.scheduler.work_on(function, head)
        return
    if step == _FLIP and not row["readers"][row["index"] ^ 1]:
        row["index"] ^= 1
        step = _DRAIN
    if step == _DRAIN and not row["readers"][row["index"] ^ 1]:
        step = _CALL
    call[3:] = [_next_look(guest), step]

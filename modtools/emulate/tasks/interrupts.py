"""Interrupt lines: who handles each, what raising one does, and what /proc/interrupts tells of them.

From Linux 6.1: `kernel/irq/handle.c: __handle_irq_event_percpu()`, `kernel/irq/chip.c: handle_edge_irq(),
handle_fasteoi_irq()`, `kernel/irq/manage.c: irq_thread()`, `kernel/irq/spurious.c: note_interrupt()`,
`kernel/irq/proc.c: show_interrupts()`, `arch/x86/kernel/irq.c: arch_show_interrupts()`. The tables:

    irqs        number: [handler, thread function, flags, device id, name, task of the thread or 0], in order
    irq_lines   number: what `line()` tells
    irq_wakes   "queue": [number, device id] of threads that shall run

A line comes by a vector of the processor, which is the lowest free one, from the first handler on to the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate.cpu.oops import report_stack
from modtools.emulate.machine.builtin import INTERRUPTS, builtin
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.tasks import threads
from modtools.kernel.log import EMERG, ERR, WARNING
from modtools.linuxerrno import EINVAL

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SHARED, ONESHOT, NO_AUTOEN, PROBE_SHARED = 0x80, 0x2000, 0x80000, 0x100
"""IRQF_* of `include/linux/interrupt.h`."""
NONE, HANDLED, WAKE_THREAD = 0, 1, 2
"""What a handler returns, `enum irqreturn`."""
_CASCADE = 2
"""The line of the other controller, which has none of its own on the IO-APIC."""
_VECTORS = range(0x26, 0x30)
"""Vectors that are given to lines."""
_LOOKED_AT, _TOO_MANY = 100_000, 99_900
"""After how many interrupts the kernel looks, and how many of them may be unhandled."""
_REPORTS = 100
"""Bogus answers that are reported."""

Row = list[Any]


def rows(guest: Guest, number: int) -> list[Row]:
    """Return the handlers of a line that modules have added."""
    found: list[Row] = guest.table("irqs").setdefault(number, [])
    return found


def line(guest: Guest, number: int) -> dict[str, Any]:
    """Return what is known of a line: how often it was raised, how often it is disabled, how it is triggered (None: not
    set), whether it was raised while disabled or masked, its vector, and how many interrupts nobody handled.
    """
    fresh = {"count": 0, "depth": 1, "type": None, "pending": 0, "masked": 0, "vector": 0}
    fresh |= {"looked": 0, "unhandled": 0, "last": 0}
    if taken := builtin(guest).interrupts.get(number):
        fresh |= {"depth": 0, "vector": taken.vector, "count": taken.came}
    found: dict[str, Any] = guest.table("irq_lines").setdefault(number, fresh)
    return found


def is_level(guest: Guest, number: int) -> bool:
    """Return whether a line is level triggered: what is raised while it is disabled does not come later."""
    return number in guest.hardware.level_interrupts


def take_vector(guest: Guest, number: int) -> None:
    """Give a line the lowest free vector, if it has none and needs one."""
    taken = {row["vector"] for row in guest.table("irq_lines").values()}
    if number != _CASCADE and number not in builtin(guest).interrupts:
        vector = line(guest, number)["vector"] = next((vector for vector in _VECTORS if vector not in taken), 0)
        guest.table("irq_late").pop(vector, None)


def release_vector(guest: Guest, number: int) -> None:
    """Take a line's vector away; an interrupt by it that comes late is ignored once."""
    here = line(guest, number)
    guest.table("irq_late")[here["vector"]] = 1
    here["vector"] = 0


def is_late(guest: Guest, vector: int) -> bool:
    """Return whether a vector that no line has was a line's until now."""
    return bool(guest.table("irq_late").pop(vector, 0))


def line_of_vector(guest: Guest, vector: int) -> int | None:
    """Return the line that has a vector; None for a vector that no line has."""
    for number, taken in builtin(guest).interrupts.items():
        if taken.vector == vector:
            return number
    lines = guest.table("irq_lines").items()
    return next((number for number, row in lines if row["vector"] == vector), None)


# Raising a line.


def deliver(guest: Guest, number: int) -> None:
    """Raise a line as hardware does: its handlers run as an interrupt, then what they have raised for later."""
    here = line(guest, number)
    if here["depth"] or here["masked"]:
        here["pending"] = int(bool(rows(guest, number)))
        return
    here["count"] += 1
    first = rows(guest, number)[0][0] if rows(guest, number) else 0
    guest.scheduler.in_hardirq(first, lambda: _handle(guest, number))


def raise_from_outside(guest: Guest, number: int, times: int) -> int:
    """Raise a line so many times, and let all run who can after each; return 0, or -EINVAL for a line that does not
    exist. The line of the other controller brings nothing.
    """
    if number not in INTERRUPTS:
        return -EINVAL
    for _ in range(times if number != _CASCADE else 0):
        guest.effort.rest()
        deliver(guest, number)
        guest.scheduler.run_until_idle()
    return 0


def resend(guest: Guest, number: int) -> None:
    """Let the interrupt come that a line has got while it was disabled, unless it is level triggered."""
    here = line(guest, number)
    if here["pending"] and not here["depth"] and not here["masked"]:
        here["pending"] = 0
        if not is_level(guest, number):
            deliver(guest, number)


def _handle(guest: Guest, number: int) -> None:
    """Call the handlers of a line, and look at what they say. Those of the kernel itself say that it is not theirs."""
    result = NONE
    for row in list(rows(guest, number)):
        answer = guest.call(row[0], number, row[3], interrupts=False) & 0xFFFFFFFF if row[0] else WAKE_THREAD
        if answer == WAKE_THREAD:
            wake(guest, number, row)
        result |= answer
    _note(guest, number, result)


def wake(guest: Guest, number: int, row: Row) -> None:
    """Let the thread of a handler run; complain once of a handler that has none."""
    if not row[1]:
        told = guest.table("irq_threadless")
        if row[3] not in told:
            told[row[3]] = 1
            text = "returned IRQ_WAKE_THREAD but no thread function available."
            guest.printk(WARNING, f"IRQ {number} device {guest.text(row[4])} {text}")
        return
    queue = guest.table("irq_wakes").setdefault("queue", [])
    if [number, row[3]] not in queue:
        queue.append([number, row[3]])
    if row[2] & ONESHOT:
        line(guest, number)["masked"] = 1


def _note(guest: Guest, number: int, result: int) -> None:
    """Complain of a bogus answer, and of a line whose interrupts nobody handles, which is disabled then."""
    here = line(guest, number)
    if result > HANDLED | WAKE_THREAD:
        told = guest.table("irq_bogus")
        told["count"] = told.get("count", 0) + 1
        if told["count"] <= _REPORTS:
            _report(guest, number, f"irq event {number}: bogus return value {result:x}")
        return
    if result == NONE:
        late = guest.jiffies > here["last"] + guest.hardware.tick // 10
        here["unhandled"], here["last"] = 1 if late else here["unhandled"] + 1, guest.jiffies
    if not here["unhandled"]:
        return
    here["looked"] += 1
    if here["looked"] < _LOOKED_AT:
        return
    if here["unhandled"] > _TOO_MANY:
        _report(guest, number, f'irq {number}: nobody cared (try booting with the "irqpoll" option)')
        guest.printk(EMERG, f"Disabling IRQ #{number}")
        here["depth"] += 1
    here["looked"] = here["unhandled"] = 0


def _report(guest: Guest, number: int, heading: str) -> None:
    guest.printk(ERR, heading)
    report_stack(guest)
    guest.printk(ERR, "handlers:")
    for row in rows(guest, number):
        functions = [f"[<{hashed(place)}>] {guest.describe(place, offset=False)}" for place in row[:2] if place]
        guest.printk(ERR, " threaded ".join(functions))


# Threads of handlers.


def busy(guest: Guest, number: int) -> bool:
    """Return whether a thread of a line's handlers is at work, or is about to be."""
    tasks = guest.table("tasks")
    at_work = any(row[5] in tasks and not tasks[row[5]]["done"] for row in rows(guest, number))
    return at_work or any(waiting == number for waiting, _ in guest.table("irq_wakes").get("queue", []))


def add_thread(guest: Guest, number: int, name: str) -> int:
    """Make the thread of a handler, which has nothing to do yet; return its task."""
    task = threads.create(guest, 0, 0, f"irq/{number}-{name}", started=True)
    guest.table("tasks")[task]["done"] = 1
    return task


def run_threads(guest: Guest) -> bool:
    """Let the woken threads that wait for their line begin, and raise what their lines have got meanwhile; return
    whether there was anything.
    """
    table, tasks, found = guest.table("irq_wakes"), guest.table("tasks"), False
    for wake in list(table.get("queue", [])):
        number, identity = wake
        row = next((row for row in rows(guest, number) if row[3] == identity), None)
        if row is not None and not tasks[row[5]]["done"]:
            continue
        table["queue"].remove(wake)
        if row is not None:
            threads.begin(guest, row[5], row[1], number, identity)
            found = True
    for number, here in guest.table("irq_lines").items():
        if here["masked"] and not busy(guest, number):
            here["masked"] = 0
            if here["pending"]:
                here["pending"], found = 0, True
                deliver(guest, number)
    return found


# /proc/interrupts.

_SUMMARY = {
    "NMI": "Non-maskable interrupts",
    "LOC": "Local timer interrupts",
    "SPU": "Spurious interrupts",
    "PMI": "Performance monitoring interrupts",
    "IWI": "IRQ work interrupts",
    "RTR": "APIC ICR read retries",
    "RES": "Rescheduling interrupts",
    "CAL": "Function call interrupts",
    "TLB": "TLB shootdowns",
    "TRM": "Thermal event interrupts",
    "THR": "Threshold APIC interrupts",
    "DFR": "Deferred Error APIC interrupts",
    "MCE": "Machine check exceptions",
    "MCP": "Machine check polls",
    "ERR": "",
    "MIS": "",
    "PIN": "Posted-interrupt notification event",
    "NPI": "Nested posted-interrupt event",
    "PIW": "Posted-interrupt wakeup event",
}


def show(guest: Guest) -> str:
    """Return the text of /proc/interrupts. The local timer's interrupts are counted from the clock; those of the
    machine's own devices are as many as in its boot, and those that somebody has raised.
    """
    text = ["           CPU0       "]
    for number in INTERRUPTS:
        taken = builtin(guest).interrupts.get(number)
        names = [taken.name] if taken else []
        names += [guest.text(row[4]) for row in rows(guest, number)]
        count = line(guest, number)["count"]
        if names or count:
            text.append(f"{number:3}: {count:10} {_chip(guest, number)}" + (f"  {', '.join(names)}" if names else ""))
    for name, meaning in _SUMMARY.items():
        count = guest.now * guest.hardware.tick // 1_000_000_000 if name == "LOC" else int(name == "MCP")
        text.append(f"{name:>3}: {count:10}" + (f"   {meaning}" if meaning else ""))
    return "\n".join(text) + "\n"


def _chip(guest: Guest, number: int) -> str:
    if number == _CASCADE:
        return "   XT-PIC    "
    kind = "fasteoi" if is_level(guest, number) else "edge"
    return f"  IO-APIC {number or _CASCADE:3}-{kind:<8}"

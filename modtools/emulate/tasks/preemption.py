"""Where nobody may sleep: the count of preemption, and the kernel's complaints about code that forgets it.

From Linux 6.1: `include/linux/preempt.h`, `kernel/sched/core.c: __schedule_bug()`, `kernel/time/timer.c:
call_timer_fn()`, `kernel/softirq.c: __do_softirq()`, `kernel/workqueue.c: process_one_work()`, `init/main.c:
do_one_initcall()`, `kernel/exit.c: make_task_dead()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning, report_modules, report_stack
from modtools.emulate.memory import address_space
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import View, view
from modtools.kernel.log import ERR, INFO
from modtools.kernel.oops import PROCESS
from modtools.kernel.taint import Taint

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SOFTIRQ, HARDIRQ = 1 << 8, 1 << 16
"""What the count goes up by in the two kinds of interrupts."""
SOFTIRQ_BITS, HARDIRQ_BITS = 0xFF00, 0xF0000
"""Where it counts softirqs and who disables them, and interrupts of devices."""
IDLE = 1
"""What the idle task has: an interrupt that comes while everybody waits finds it."""
_TASKLET_SOFTIRQ = 6
_COUNT = 0x7FFFFFFF
"""Without the bit that says that somebody waits to be scheduled, which is inverted."""


def _place(guest: Guest) -> int | None:
    return percpu.used(guest, guest.abi.preempt_count)


def count(guest: Guest) -> int:
    """Return the count of whoever runs, 0 where nobody has looked at it or changed it yet."""
    place = _place(guest)
    return guest.memory.u32(place) & _COUNT if place else 0


def in_interrupt(guest: Guest) -> bool:
    """Return whether an interrupt runs, or softirqs are disabled (`in_interrupt()`)."""
    runs = "scheduler" in guest.__dict__ and guest.scheduler.in_interrupt
    return runs or bool(count(guest) & (SOFTIRQ_BITS | HARDIRQ_BITS))


def set_count(guest: Guest, value: int) -> None:
    """Set the count of whoever runs, where anybody looks at it."""
    place = _place(guest)
    if place:
        guest.memory.put(place, guest.memory.u32(place) & ~_COUNT | value & _COUNT, 4)


def add(guest: Guest, amount: int) -> None:
    """Add to the count of whoever runs."""
    percpu.need(guest, guest.abi.preempt_count)
    place = _place(guest)
    if place:
        guest.memory.put(place, guest.memory.u32(place) + amount & 0xFFFFFFFF, 4)


def _who(guest: Guest) -> tuple[str, int]:
    """Return name and process number of whoever runs."""
    task = guest.scheduler.current
    if guest.scheduler.host:
        return guest.scheduler.host
    return guest.kernel.program, view(guest, "task_struct", task).pid if task else PROCESS


def complain_of_sleep(guest: Guest) -> None:
    """Log that whoever is about to sleep may not, if that is so; it sleeps all the same, and may do so again."""
    if count(guest):
        _complain_of_count(guest)
    if percpu.used(guest, guest.abi.current) and _reader(guest).rcu_read_lock_nesting:
        text = "Voluntary context switch within RCU read-side critical section!"
        report_kernel_warning(guest, "rcu_note_context_switch", text, once=True)


def _reader(guest: Guest) -> View:
    return view(guest, "task_struct", guest.scheduler.current or address_space.TASK)


def _complain_of_count(guest: Guest) -> None:
    name, number = _who(guest)
    guest.printk(ERR, f"BUG: scheduling while atomic: {name}/{number}/{count(guest) + 1 & _COUNT:#010x}")
    report_modules(guest)
    report_stack(guest)
    guest.kernel.add_taint(Taint.WARN)
    set_count(guest, 0)


def complain_of_work(guest: Guest, function: int) -> None:
    """Log that a piece of work has ended where its worker may not sleep, if that is so."""
    if not count(guest):
        return
    name, number = _who(guest)
    guest.printk(ERR, f"BUG: workqueue leaked lock or atomic: {name}/{count(guest):#010x}/{number}")
    guest.printk(ERR, f"     last function: {guest.describe(function, offset=False)}")
    report_stack(guest)


def complain_of_timer(guest: Guest, function: int, before: int) -> None:
    """Log that a timer's function has changed the count, if that is so, and set it to what it was."""
    after = count(guest)
    if after != before:
        text = f"timer: {guest.describe(function)} preempt leak: {before:08x} -> {after:08x}"
        report_kernel_warning(guest, "call_timer_fn", text, once=True)
        set_count(guest, before)


def complain_of_softirq(guest: Guest, before: int) -> None:
    """Log that tasklets have changed the count, if that is so, and set it to what it was."""
    after = count(guest)
    if after != before:
        action = hashed(guest.address_of("tasklet_action"))
        kind = f"{_TASKLET_SOFTIRQ} TASKLET {action} with preempt_count {before:08x}"
        guest.printk(ERR, f"softirq: huh, entered softirq {kind}, exited with {after:08x}?")
        set_count(guest, before)


def complain_of_init(guest: Guest, function: int) -> None:
    """Log that a module's init has returned where nobody may sleep, or with interrupts disabled, if that is so."""
    found = "preemption imbalance " if count(guest) else ""
    found += "" if guest.abi.interruptible(guest.ended) else "disabled interrupts "
    if found:
        text = f"initcall {guest.describe(function)} returned with {found}"
        set_count(guest, 0)
        report_kernel_warning(guest, "do_one_initcall", text)
    complain_of_sleep(guest)  # what waits for init's memory to be free


def leave(guest: Guest) -> None:
    """Log that a process comes to its end where it may not sleep, if that is so; readers of RCU are ended."""
    if percpu.used(guest, guest.abi.current):
        _reader(guest).rcu_read_lock_nesting = 0
    complain_of_sleep(guest)


def end_of_process(guest: Guest) -> None:
    """Log that a process has died where nobody may sleep, if that is so."""
    found = count(guest)
    if found:
        name, number = _who(guest)
        guest.printk(INFO, f"note: {name}[{number}] exited with preempt_count {found}")
        set_count(guest, 0)

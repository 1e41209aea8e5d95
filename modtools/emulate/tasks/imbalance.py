"""The kernel's complaints about code that sleeps where nobody may, or leaves preemption or interrupts as it must not.

From Linux 6.1: `kernel/sched/core.c: __schedule_bug()`, `kernel/time/timer.c: call_timer_fn()`, `kernel/softirq.c:
__do_softirq()`, `kernel/workqueue.c: process_one_work()`, `init/main.c: do_one_initcall()`, `kernel/exit.c:
make_task_dead()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning, report_modules, report_stack
from modtools.emulate.memory import address_space
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import View, view
from modtools.emulate.tasks import preemption
from modtools.kernel.log import ERR, INFO
from modtools.kernel.oops import PROCESS
from modtools.kernel.taint import Taint

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_TASKLET_SOFTIRQ = 6


def _who(guest: Guest) -> tuple[str, int]:
    """Return name and process number of whoever runs."""
    task = guest.scheduler.current
    if guest.scheduler.host:
        return guest.scheduler.host
    return guest.kernel.program, view(guest, "task_struct", task).pid if task else PROCESS


def complain_of_sleep(guest: Guest) -> None:
    """Log that whoever is about to sleep may not, if that is so; it sleeps all the same, and may do so again."""
    if preemption.count(guest):
        _complain_of_count(guest)
    if _readers(guest):
        text = "Voluntary context switch within RCU read-side critical section!"
        report_kernel_warning(guest, "rcu_note_context_switch", text, once=True)


def _readers(guest: Guest) -> int:
    """Return how deep whoever runs is in readers of RCU."""
    return _reader(guest).rcu_read_lock_nesting if percpu.used(guest, guest.abi.current) else 0


def _reader(guest: Guest) -> View:
    return view(guest, "task_struct", guest.scheduler.current or address_space.TASK)


def _complain_of_count(guest: Guest) -> None:
    name, number = _who(guest)
    count = preemption.count(guest) + 1 & preemption.COUNT_BITS
    guest.printk(ERR, f"BUG: scheduling while atomic: {name}/{number}/{count:#010x}")
    report_modules(guest)
    report_stack(guest)
    guest.kernel.add_taint(Taint.WARN)
    preemption.set_count(guest, 0)


def complain_of_work(guest: Guest, function: int) -> None:
    """Log that a piece of work has ended where its worker may not sleep, if that is so."""
    count, readers = preemption.count(guest), _readers(guest)
    name, number = _who(guest)
    work = guest.describe(function, offset=False)
    if guest.kernel.identity.features.tells_leaks_of_work_fully:
        found = f"preempt={count:#010x} lock=0->0 RCU=0->{readers} workfn={work}"
        lines = (f"BUG: workqueue leaked atomic, lock or RCU: {name}[{number}]", f"     {found}")
    else:
        readers = 0
        lines = (f"BUG: workqueue leaked lock or atomic: {name}/{count:#010x}/{number}", f"     last function: {work}")
    if not count and not readers:
        return
    for line in lines:
        guest.printk(ERR, line)
    report_stack(guest)


def complain_of_timer(guest: Guest, function: int, before: int) -> None:
    """Log that a timer's function has changed the count, if that is so, and set it to what it was."""
    after = preemption.count(guest)
    if after != before:
        text = f"timer: {guest.describe(function)} preempt leak: {before:08x} -> {after:08x}"
        report_kernel_warning(guest, "call_timer_fn", text, once=True)
        preemption.set_count(guest, before)


def complain_of_softirq(guest: Guest, before: int) -> None:
    """Log that tasklets have changed the count, if that is so, and set it to what it was."""
    after = preemption.count(guest)
    if after != before:
        action = hashed(guest.address_of("tasklet_action"))
        kind = f"{_TASKLET_SOFTIRQ} TASKLET {action} with preempt_count {before:08x}"
        guest.printk(ERR, f"softirq: huh, entered softirq {kind}, exited with {after:08x}?")
        preemption.set_count(guest, before)


def complain_of_init(guest: Guest, function: int) -> None:
    """Log that a module's init has returned where nobody may sleep, or with interrupts disabled, if that is so."""
    found = "preemption imbalance " if preemption.count(guest) else ""
    found += "" if guest.abi.interruptible(guest.ended) else "disabled interrupts "
    if found:
        text = f"initcall {guest.describe(function)} returned with {found}"
        preemption.set_count(guest, 0)
        report_kernel_warning(guest, "do_one_initcall", text)
    complain_of_sleep(guest)  # what waits for init's memory to be free


def leave(guest: Guest) -> None:
    """Log that a process comes to its end where it may not sleep, if that is so; readers of RCU are ended."""
    if percpu.used(guest, guest.abi.current):
        _reader(guest).rcu_read_lock_nesting = 0
    complain_of_sleep(guest)


def end_of_process(guest: Guest) -> None:
    """Log that a process has died where nobody may sleep, if that is so."""
    found = preemption.count(guest)
    if found:
        name, number = _who(guest)
        guest.printk(INFO, f"note: {name}[{number}] exited with preempt_count {found}")
        preemption.set_count(guest, 0)

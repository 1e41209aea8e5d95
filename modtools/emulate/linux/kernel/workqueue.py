"""kernel/workqueue.c: Workqueues: functions that a worker calls soon.

The lowest bit of a work_struct's `data` says pending. A delayed_work begins with its work_struct.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time import timer
from modtools.emulate.objects import listhead
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs, Stuck
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import workqueues
from modtools.integers import signed
from modtools.kernel.log import WARNING
from modtools.link.memory import READ

_PENDING = 1
_ORDERED = 1 << 17
_FIRST_TRIES, _TRIES = 10, 1000
"""After how many tries to drain a workqueue the kernel complains first, and last."""
_UNBOUND = 2
_DRAINING = 16
"""The bit of a workqueue's flags that says that it is being destroyed; a byte of them is read."""


_MOST = 512
"""How much work a workqueue may do at once for each processor (WQ_MAX_ACTIVE)."""


def _new_queue(guest: Guest, name: str, *, ordered: bool, unbound: bool = False) -> int:
    queue = guest.heap.kmalloc(512)
    guest.table("workqueues")[queue] = {"name": name, "ordered": int(ordered), "unbound": int(unbound)}
    return queue


@variable("system_wq", 8)
@variable("system_highpri_wq", 8)
@variable("system_long_wq", 8)
@variable("system_freezable_wq", 8)
@variable("system_power_efficient_wq", 8)
@variable("system_freezable_power_efficient_wq", 8)
@variable("system_bh_wq", 8)
@variable("system_bh_highpri_wq", 8)
def system_queue(guest: Guest, address: int) -> None:
    """Store one of the kernel's own workqueues."""
    guest.memory.put(address, _new_queue(guest, "events", ordered=False), 8)


@variable("system_unbound_wq", 8)
def system_unbound_queue(guest: Guest, address: int) -> None:
    """Store the kernel's own workqueue whose work is of no processor."""
    guest.memory.put(address, _new_queue(guest, "events_unbound", ordered=False, unbound=True), 8)


@function("struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)")
def alloc_workqueue(guest: Guest, fmt: int, flags: int, most: int, values: Values) -> int:
    """Return a new workqueue; an ordered one does one work after the other. How much it may do at once is complained
    about where that is out of range.
    """
    name = _cut(guest, vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape"))
    unbound, most = bool(flags & _UNBOUND), signed(most, 32)
    if not 0 <= most <= _MOST:
        range_of = f"for {name} is out of range, clamping between 1 and {_MOST}"
        guest.printk(WARNING, f"workqueue: max_active {most} requested {range_of}")
    return _new_queue(guest, name, ordered=bool(flags & _ORDERED) or (unbound and most == 1), unbound=unbound)


def _cut(guest: Guest, name: str) -> str:
    """Return a workqueue's name as it fits."""
    features = guest.kernel.identity.features
    cut = name[: features.queue_name - 1]
    if cut != name and features.tells_long_queue_names:
        guest.printk(WARNING, f"workqueue: name exceeds WQ_NAME_LEN. Truncating to: {cut}")
    return cut


@function("void __flush_workqueue(struct workqueue_struct *wq)", "void drain_workqueue(struct workqueue_struct *wq)")
def flush_workqueue(guest: Guest, queue: int) -> None:
    """Wait until all work in a workqueue is done. Delayed work is not in it yet."""
    guest.wait_until(lambda: not workqueues.waiting(guest, queue))


@function("void destroy_workqueue(struct workqueue_struct *wq)")
def destroy_workqueue(guest: Guest, queue: int) -> None:
    """Wait until all work in a workqueue is done, and free it; only its own work may queue more meanwhile."""
    row = guest.table("workqueues").get(queue, {})
    row["draining"] = 1
    if not guest.scheduler.current:
        _drain(guest, queue, row)
    flush_workqueue(guest, queue)
    if guest.table("workqueues").pop(queue, None) is not None:
        guest.heap.free(queue)


def _drain(guest: Guest, queue: int, row: dict[str, Any]) -> None:
    """Wait until nothing is left in a workqueue, and complain of work that queues itself again and again
    (`drain_workqueue()`). Raises Stuck where the kernel would go on with that, and say no more.
    """
    tries = 0
    while workqueues.waiting(guest, queue):
        if tries == _TRIES:
            raise Stuck
        target = row.get("finished", 0) + workqueues.waiting(guest, queue)
        guest.wait_until(lambda: row.get("finished", 0) >= target)  # noqa: B023, it is called at once
        tries += 1
        if workqueues.waiting(guest, queue) and (tries == _FIRST_TRIES or tries % 100 == 0):
            text = f"workqueue {row['name']}: drain_workqueue() isn't complete after {tries} tries"
            guest.printk(WARNING, text)


def _mark_pending(guest: Guest, work: int) -> bool:
    """Mark work as pending; return False if it is so already."""
    row = view(guest, "work_struct", work)
    before = row.data
    row.data = before | _PENDING
    return not before & _PENDING


def _cancel(guest: Guest, work: int) -> bool:
    """Take work out of its workqueue, or stop its timer; return whether it was pending."""
    row = view(guest, "work_struct", work)
    if not row.data & _PENDING:
        return False
    row.data &= ~_PENDING
    guest.scheduler.queue[:] = [item for item in guest.scheduler.queue if item[0] != work]
    if guest.table("delayed").pop(work, None):
        timer.timer_delete(guest, view(guest, "delayed_work", work).timer.address())
    return True


@function("bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)")
def queue_work_on(guest: Guest, _cpu: int, queue: int, work: int) -> bool:
    """Queue work; return False if it is pending already."""
    fresh = _mark_pending(guest, work)
    if fresh:
        _check_queue(guest, queue)
        _queue(guest, work, queue)
    return fresh


def _check_queue(guest: Guest, queue: int) -> None:
    """Oops for a workqueue that is NULL, whose flags are looked at. One that was freed stops the run."""
    if not queue:
        flags = offset_of(guest, "workqueue_struct", "flags") + _DRAINING // 8
        guest.abi.let_in(guest.frame, False)
        raise guest.die(guest.abi.page_fault(flags, READ, False))
    if queue not in guest.table("workqueues"):
        raise Needs("queueing work to a workqueue that is not there")


def _queue(guest: Guest, work: int, queue: int) -> None:
    """Queue work that is marked as pending, or warn that it was never initialised, or that the workqueue is being
    destroyed and the caller is no work of it.
    """
    chained = guest.scheduler.tasks.get(guest.scheduler.current, {}).get("queue") == queue
    if guest.table("workqueues")[queue].get("draining") and (guest.scheduler.in_interrupt or not chained):
        report_kernel_warning(guest, "__queue_work: draining", once=True)
    elif listhead.empty(guest, view(guest, "work_struct", work).entry.address()):
        guest.scheduler.queue.append([work, queue])
    else:
        report_kernel_warning(guest, "__queue_work")


@function("bool queue_work_node(int node, struct workqueue_struct *wq, struct work_struct *work)")
def queue_work_node(guest: Guest, node: int, queue: int, work: int) -> bool:
    """Queue work; return False if it is pending already. There is only one memory node."""
    return bool(queue_work_on(guest, node, queue, work))


@function("void delayed_work_timer_fn(struct timer_list *t)")
def delayed_work_timer(guest: Guest, address: int) -> None:
    """Queue delayed work whose time has come."""
    work = address - offset_of(guest, "delayed_work", "timer")
    guest.table("delayed").pop(work, None)
    guest.scheduler.queue.append([work, view(guest, "delayed_work", work).wq])


def _delay(guest: Guest, work: int, queue: int, delay: int) -> None:
    row = view(guest, "delayed_work", work)
    row.wq = queue
    if not delay:
        guest.scheduler.queue.append([work, queue])
        return
    guest.table("delayed")[work] = 1
    row.timer.function = guest.address_of("delayed_work_timer_fn")
    timer.start(guest, row.timer.address(), guest.jiffies + delay)


@function(
    "bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)"
)
def queue_delayed_work_on(guest: Guest, _cpu: int, queue: int, work: int, delay: int) -> bool:
    """Queue work in so many ticks; return False if it is pending already."""
    fresh = _mark_pending(guest, work)
    if fresh:
        _delay(guest, work, queue, delay)
    return fresh


@function(
    "bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)"
)
def mod_delayed_work_on(guest: Guest, _cpu: int, queue: int, work: int, delay: int) -> bool:
    """Queue work in so many ticks from now, whatever was before; return whether it was pending."""
    was = _cancel(guest, work)
    _mark_pending(guest, work)
    _delay(guest, work, queue, delay)
    return was


@function("bool flush_work(struct work_struct *work)")
def flush_work(guest: Guest, work: int) -> bool:
    """Wait until work is done; return False if there was nothing to do, or warn that it has no function."""
    if not view(guest, "work_struct", work).func:
        report_kernel_warning(guest, "flush_work")
        return False

    def idle() -> bool:
        return not workqueues.busy(guest, work) and all(item[0] != work for item in guest.scheduler.queue)

    was = not idle()
    guest.wait_until(idle)
    return was


@function("bool flush_delayed_work(struct delayed_work *dwork)")
def flush_delayed_work(guest: Guest, work: int) -> bool:
    """Queue delayed work at once and wait until it is done; return False if there was nothing to do."""
    if guest.table("delayed").pop(work, None):
        timer.timer_delete(guest, view(guest, "delayed_work", work).timer.address())
        guest.scheduler.queue.append([work, view(guest, "delayed_work", work).wq])
    return bool(flush_work(guest, work))


@function("bool cancel_work(struct work_struct *work)", "bool cancel_delayed_work(struct delayed_work *dwork)")
def cancel_work(guest: Guest, work: int) -> bool:
    """Take work out of its workqueue, or stop its timer; return whether it was pending."""
    return _cancel(guest, work)


@function(
    "bool cancel_work_sync(struct work_struct *work)", "bool cancel_delayed_work_sync(struct delayed_work *dwork)"
)
def cancel_work_sync(guest: Guest, work: int) -> bool:
    """Take work out of its workqueue and wait until it does not run, then take it out again, because it may have queued
    itself; return whether it was pending. Warn of work without a function.
    """
    if not view(guest, "work_struct", work).func:
        report_kernel_warning(guest, "__flush_work")
    was = _cancel(guest, work)
    guest.wait_until(lambda: not workqueues.busy(guest, work))
    return _cancel(guest, work) or was


@function("unsigned int work_busy(struct work_struct *work)")
def work_busy(guest: Guest, work: int) -> int:
    """Return 1 for work that is pending, plus 2 for work that is running."""
    pending: int = view(guest, "work_struct", work).data & _PENDING
    return pending | (2 if workqueues.busy(guest, work) else 0)


@function("void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)")
def workqueue_set_max_active(guest: Guest, queue: int, most: int) -> None:
    """Set how much work may run at once; one makes the workqueue ordered, more does not differ."""
    guest.table("workqueues").setdefault(queue, {"name": ""})["ordered"] = int(most == 1)


@function("struct work_struct *current_work(void)")
def current_work(guest: Guest) -> int:
    """Return the work that the current worker does; NULL for a task that is no worker."""
    task = guest.scheduler.tasks.get(guest.scheduler.current)
    return task["work"] if task else 0

"""kernel/kthread.c: Kernel threads, and workers of a module's own: threads that do one piece of work after the other.

A worker is a row of the table `workqueues`; its work goes through the queue of all work
(`modtools.emulate.tasks.schedule`), each piece by a task with the worker's name, so that a function may sleep. The
worker's thread itself only waits to be stopped. What is pending hangs in the worker's list, because modules look
whether a piece's own list is empty.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched.completion import complete
from modtools.emulate.linux.kernel.time import timer
from modtools.emulate.objects import listhead
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import TaskExit
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, offset_of, size_of, view
from modtools.emulate.tasks import threads, workqueues
from modtools.linuxerrno import EINTR


def _mine(guest: Guest) -> dict[str, Any]:
    """Return the entry of the thread that runs; an empty one outside of threads."""
    return guest.scheduler.tasks.get(guest.scheduler.current, {})


@function(
    "struct task_struct *kthread_create_on_node(int (*f)(void *data), void *data, int node, const char *fmt, ...)"
)
def kthread_create_on_node(guest: Guest, code: int, data: int, _node: int, fmt: int, values: Values) -> int:
    """Create a thread with a name from a format, which begins when it is woken; return its task. The caller waits for
    kthreadd meanwhile.
    """
    guest.scheduler.pass_on()
    name = vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape")
    return threads.create(guest, code, data, name, started=False)


@function("bool kthread_should_stop(void)")
def kthread_should_stop(guest: Guest) -> bool:
    """Return whether kthread_stop() waits for the current thread."""
    return bool(_mine(guest).get("stop"))


@function("bool kthread_freezable_should_stop(bool *was_frozen)")
def kthread_freezable_should_stop(guest: Guest, frozen: int) -> bool:
    """Return whether kthread_stop() waits for the current thread, which is never frozen."""
    if frozen:
        guest.memory.put(frozen, 0, 1)
    return bool(_mine(guest).get("stop"))


@function("int kthread_stop(struct task_struct *k)", "int kthread_stop_put(struct task_struct *k)")
def kthread_stop(guest: Guest, address: int) -> int:
    """Ask a thread to end and wait for it; return its result, or -EINTR if it has never begun, and so never will."""
    task = guest.scheduler.tasks.get(address)
    if task is None:
        return -EINTR
    if task["started"]:
        task["stop"], task["park"] = 1, 0
        threads.wake(guest, address)
        guest.wait_until(lambda: bool(task["done"]) or address not in guest.scheduler.tasks)
    result = int(task["result"]) if task["started"] else -EINTR
    threads.release(guest, address)
    return result


@function("bool kthread_should_park(void)")
def kthread_should_park(guest: Guest) -> bool:
    """Return whether kthread_park() wants the current thread to pause."""
    return bool(_mine(guest).get("park"))


@function("void kthread_parkme(void)")
def kthread_parkme(guest: Guest) -> None:
    """Pause the current thread until kthread_unpark(), if it is asked to."""
    mine = _mine(guest)
    if mine.get("park"):
        mine["park"] = 2
    guest.wait_until(lambda: not mine.get("park"))


@function("int kthread_park(struct task_struct *k)")
def kthread_park(guest: Guest, address: int) -> int:
    """Ask a thread to pause and wait until it does or has ended; one that has not begun does so first. Return 0."""
    task = guest.scheduler.tasks[address]
    if not task["begun"]:
        task["park"] = task["parked"] = 2
    task["park"] = task["park"] or 1
    threads.wake(guest, address)
    guest.wait_until(lambda: task["park"] == 2 or bool(task["done"]))
    return 0


@function("void kthread_unpark(struct task_struct *k)")
def kthread_unpark(guest: Guest, address: int) -> None:
    """Let a thread that kthread_park() has stopped go on."""
    guest.scheduler.tasks[address]["park"] = 0


@function("void kthread_complete_and_exit(struct completion *comp, long code)")
def kthread_complete_and_exit(guest: Guest, completion: int, code: int) -> None:
    """Complete a completion, unless NULL, and end the current thread with a result."""
    if completion:
        complete(guest, completion)
    raise TaskExit(code)


@function("void kthread_bind(struct task_struct *k, unsigned int cpu)")
def kthread_bind(_guest: Guest, _task: int, _cpu: int) -> None:
    """Do nothing: there is only one processor."""


def _row(guest: Guest, worker: int) -> dict[str, Any]:
    """Return what is known of a worker, whose work waits until its thread runs."""
    table = guest.table("workqueues")
    row: dict[str, Any] = table.setdefault(worker, {"name": "", "ordered": 1, "worker": 1, "waits": 1})
    return row


@function("void __kthread_init_worker(struct kthread_worker *worker, const char *name, struct lock_class_key *key)")
def kthread_init_worker(guest: Guest, worker: int, _name: int, _key: int) -> None:
    """Prepare a worker in its owner's memory, without a thread."""
    guest.memory.write(worker, bytes(size_of(guest, "kthread_worker")))
    for field in ("work_list", "delayed_work_list"):
        listhead.init(guest, worker + offset_of(guest, "kthread_worker", field))
    guest.table("workqueues").pop(worker, None)
    _row(guest, worker)


@function("int kthread_worker_fn(void *worker_ptr)")
def kthread_worker_fn(guest: Guest, worker: int) -> int:
    """Run a worker's thread until it is stopped and nothing is left to do; return 0."""
    mine = guest.scheduler.tasks.get(guest.scheduler.current, {})
    row = _row(guest, worker)
    row["name"], row["waits"] = mine.get("name", ""), 0
    view(guest, "kthread_worker", worker).task = guest.scheduler.current
    guest.wait_until(lambda: bool(mine.get("stop")) and not workqueues.waiting(guest, worker))
    view(guest, "kthread_worker", worker).task = 0
    guest.table("workqueues").pop(worker, None)
    return 0


def _create(guest: Guest, flags: int, pattern: int, values: Values) -> int:
    return _start(guest, flags, vsprintf(guest, guest.memory.text(pattern), values).decode("utf-8", "surrogateescape"))


def _start(guest: Guest, flags: int, name: str) -> int:
    worker = new(guest, "kthread_worker")
    kthread_init_worker(guest, worker.address(), 0, 0)
    code = guest.address_of("kthread_worker_fn")
    worker.task = threads.create(guest, code, worker.address(), name, started=True)
    worker.flags = flags
    return worker.address()


@function("struct kthread_worker *kthread_create_worker(unsigned int flags, const char *namefmt, ...)")
def kthread_create_worker(guest: Guest, flags: int, pattern: int, values: Values) -> int:
    """Allocate a worker and start its thread, with a name from a format; return the worker."""
    return _create(guest, flags, pattern, values)


@function(
    "struct kthread_worker *kthread_create_worker_on_node(unsigned int flags, int node, const char *namefmt, ...)"
)
def kthread_create_worker_on_node(guest: Guest, flags: int, _node: int, pattern: int, values: Values) -> int:
    """Allocate a worker and start its thread; return it, as `kthread_create_worker()`, which is a macro then."""
    return _create(guest, flags, pattern, values)


@function("struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char *namefmt, ...)")
def kthread_create_worker_on_cpu(guest: Guest, _cpu: int, flags: int, pattern: int, values: Values) -> int:
    """Allocate a worker and start its thread, with a name from a format; return the worker. There is only one
    processor.
    """
    return _create(guest, flags, pattern, values)


@function("struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char *namefmt)")
def kthread_create_worker_named(guest: Guest, cpu: int, flags: int, pattern: int) -> int:
    """Allocate a worker whose name says which processor it is for, by the only argument of its format, and start it."""
    return _start(
        guest, flags, guest.memory.text(pattern).replace(b"%u", b"%d" % cpu).decode("utf-8", "surrogateescape")
    )


@function("void kthread_destroy_worker(struct kthread_worker *worker)")
def kthread_destroy_worker(guest: Guest, worker: int) -> None:
    """Wait for a worker's last work, stop its thread and free it."""
    task = view(guest, "kthread_worker", worker).task
    if task:
        kthread_flush_worker(guest, worker)
        kthread_stop(guest, task)
        guest.table("workqueues").pop(worker, None)
        guest.heap.free(worker)


def _blocked(guest: Guest, work: int) -> bool:
    """Return whether a piece of work is pending, or about to be cancelled."""
    return not listhead.empty(guest, work) or bool(view(guest, "kthread_work", work).canceling)


def _insert(guest: Guest, worker: int, work: int) -> None:
    listhead.add_tail(guest, work, worker + offset_of(guest, "kthread_worker", "work_list"))
    view(guest, "kthread_work", work).worker = worker
    _row(guest, worker)
    guest.scheduler.queue.append([work, worker])


@function("bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)")
def kthread_queue_work(guest: Guest, worker: int, work: int) -> bool:
    """Queue a piece of work; return false if it is pending already."""
    if _blocked(guest, work):
        return False
    _insert(guest, worker, work)
    return True


def _timer(guest: Guest, work: int) -> int:
    return work + offset_of(guest, "kthread_delayed_work", "timer")


def _delay(guest: Guest, worker: int, work: int, ticks: int) -> None:
    if not ticks:
        _insert(guest, worker, work)
        return
    listhead.add_tail(guest, work, worker + offset_of(guest, "kthread_worker", "delayed_work_list"))
    view(guest, "kthread_work", work).worker = worker
    timer.start(guest, _timer(guest, work), guest.jiffies + ticks)


@function(
    "bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,"
    " unsigned long delay)"
)
def kthread_queue_delayed_work(guest: Guest, worker: int, work: int, ticks: int) -> bool:
    """Queue a piece of work after some ticks; return false if it is pending already."""
    if _blocked(guest, work):
        return False
    _delay(guest, worker, work, ticks)
    return True


@function("void kthread_delayed_work_timer_fn(struct timer_list *t)")
def kthread_delayed_work_timer(guest: Guest, timer: int) -> None:
    """Queue a delayed piece of work, whose time has come."""
    work = timer - _timer(guest, 0)
    listhead.delete(guest, work)
    if not view(guest, "kthread_work", work).canceling:
        _insert(guest, view(guest, "kthread_work", work).worker, work)


def _dequeue(guest: Guest, work: int) -> bool:
    """Take a piece of work out of what it waits in; return whether it was pending."""
    if listhead.empty(guest, work):
        return False
    listhead.delete(guest, work)
    guest.scheduler.queue[:] = [item for item in guest.scheduler.queue if item[0] != work]
    return True


@function(
    "bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,"
    " unsigned long delay)"
)
def kthread_mod_delayed_work(guest: Guest, worker: int, work: int, ticks: int) -> bool:
    """Queue a piece of work after some ticks from now, also if it was pending; return whether it was."""
    timer.timer_delete(guest, _timer(guest, work))
    was = _dequeue(guest, work)
    if not view(guest, "kthread_work", work).canceling:
        _delay(guest, worker, work, ticks)
    return was


@function("void kthread_flush_worker(struct kthread_worker *worker)")
def kthread_flush_worker(guest: Guest, worker: int) -> None:
    """Wait until all queued work of a worker is done; delayed work does not count yet."""
    guest.wait_until(lambda: not workqueues.waiting(guest, worker))


@function("void kthread_flush_work(struct kthread_work *work)")
def kthread_flush_work(guest: Guest, work: int) -> None:
    """Wait until a piece of work is done."""
    queue = guest.scheduler.queue
    guest.wait_until(lambda: not workqueues.busy(guest, work) and all(item[0] != work for item in queue))


def _cancel(guest: Guest, work: int) -> bool:
    """Take a piece of work out of the queue and wait until it does not run, so that it cannot queue itself meanwhile;
    return whether it was pending.
    """
    piece = view(guest, "kthread_work", work)
    was = threads.remember(guest, int(_dequeue(guest, work)))
    piece.canceling = 1
    guest.wait_until(lambda: not workqueues.busy(guest, work))
    piece.canceling = 0
    threads.forget(guest)
    return bool(was)


@function("bool kthread_cancel_work_sync(struct kthread_work *work)")
def kthread_cancel_work_sync(guest: Guest, work: int) -> bool:
    """Cancel a piece of work and wait until it does not run; return whether it was pending."""
    return _cancel(guest, work)


@function("bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)")
def kthread_cancel_delayed_work_sync(guest: Guest, work: int) -> bool:
    """Stop the timer of a piece of work, cancel it and wait until it does not run; return whether it was pending."""
    timer.timer_delete(guest, _timer(guest, work))
    return _cancel(guest, work)

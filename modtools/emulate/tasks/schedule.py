"""Who runs when: timers, work and kernel threads, on one processor whose time passes only when everybody waits for it.

Stands for `kernel/time/timer.c`, `kernel/time/hrtimer.c`, `kernel/workqueue.c`, `kernel/kthread.c` and `kernel/sched/`
of Linux 6.1, as far as modules see them. Everything that waits is plain data in the tables, because it outlives the
process:

    timers, hrtimers    address of the structure: [nanoseconds, place among those of the same time]
    rcu                 the same of each callback_head whose grace period is over, see `graceperiods`
    tasklets            "queue": [address, priority] in order
    softnet             what the network's softirq does, see `softnet`
    work                "queue": [work, workqueue] in order
    programs            "queue": [program, words] in order
    tasks               address of the task_struct: a thread's or a worker's registers, stack, and what it waits for

A thread that has to wait is stopped within the kernel function that it called (`Block`), and calls this function again
when it goes on; so whatever waits does so before it changes anything. The caller from outside (init, exit, a file's
functions) cannot be put aside: while it waits, the others run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from modtools.emulate.cpu.oops import report_hung, report_stack, report_stuck
from modtools.emulate.cpu.watchdog import SOFT_LOCKUP
from modtools.emulate.stops import (
    Block,
    Died,
    Exceeded,
    Exhausted,
    Needs,
    Stopped,
    Stuck,
    TaskExit,
    Unforeseeable,
    outcome_of,
)
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import (
    clock,
    graceperiods,
    imbalance,
    interrupts,
    preemption,
    processes,
    programs,
    signals,
    softnet,
    tasklets,
    threads,
)
from modtools.emulate.tasks.workqueues import begin, finish
from modtools.kernel.log import ERR, WARNING
from modtools.link.memory import READ, WRITE, Fault
from modtools.linuxerrno import EINTR
from modtools.profiles.structures import UnknownLayout

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


LONGEST_WAIT = 600_000_000_000
"""Nanoseconds that a caller from outside may wait for something that nobody has promised for a certain time."""
IDLE_TASK, _SOFTIRQ_TASK = ("swapper/0", 0), "ksoftirqd/0"
"""The tasks in which interrupts run while everybody waits: name and number, name."""
_TIMERS, _OF_SOFTIRQS = ("hrtimers", "timers", "rcu"), ("timers", "rcu")
"""The tables of what is due at a time, what is done first before the others; what of it softirqs do."""
_RESTART, _MAXIMUM_ROUNDS, _ENDLESS_RESTARTS = 1, 2_000, 10_000
_WORKER, _UNBOUND_WORKER = "kworker/0:1", "kworker/u2:0"
_STUCK = 0
"""The row of workqueues which says that a worker of the processor's has died: the kernel counts it among those that
run, and begins no other work of the processor.
"""

Task = dict[str, Any]


class Scheduler:
    """What waits and what is ready in one kernel. `current` is the task that runs, 0 for the caller from outside."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        self.current = 0
        self._depth = 0
        self._interrupt = self._between = False
        self._level = 0
        self._before = guest.table("serial").get("last", 0)

    @property
    def in_interrupt(self) -> bool:
        """Return whether what runs is an interrupt: a timer's function, or a tasklet."""
        return self._interrupt

    @property
    def in_hard_interrupt(self) -> bool:
        """Return whether what runs is no softirq but an interrupt itself: a precise timer's function."""
        return self._interrupt and self._level >= preemption.HARDIRQ

    @property
    def host(self) -> tuple[str, int] | None:
        """Return name and number of the kernel's own task in which an interrupt runs, because everybody waits: the idle
        thread, or ksoftirqd for tasklets; None for any other task.
        """
        if not self._interrupt or self._between:
            return None
        if self._level != preemption.SOFTIRQ:
            return IDLE_TASK
        return _SOFTIRQ_TASK, processes.number_of_booted(self.guest, _SOFTIRQ_TASK)

    @property
    def work_at_hand(self) -> str:
        """Return the queue and the function that the current worker is at, or has just been at, as the kernel tells it
        (`kernel/workqueue.c: print_worker_info()`); "" for a task that is no worker.
        """
        task = self.tasks.get(self.current, {})
        if not task.get("work") or self._of_module(task["queue"]):
            return ""
        name = self.guest.table("workqueues").get(task["queue"], {}).get("name", "")
        if task.get("idle"):
            return f" 0x0 ({name})"
        return f"{name} {self.guest.describe(task['function'], offset=False)}"

    @property
    def tasks(self) -> dict[int, Task]:
        """Return all threads and workers, by the address of their task_struct."""
        return self.guest.table("tasks")

    @property
    def queue(self) -> list[list[int]]:
        """Return the work that nobody has begun with."""
        found: list[list[int]] = self.guest.table("work").setdefault("queue", [])
        return found

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let another process call the kernel meanwhile, while whoever runs waits for its end."""
        before = self.current, self._depth, self._interrupt, self.guest.interrupted
        self.current, self._depth, self._interrupt = 0, 0, False
        threads.switch_to(self.guest, 0)
        try:
            yield
        finally:
            self.current, self._depth, self._interrupt, interrupted = before
            signals.resume(self.guest, interrupted=interrupted)
            threads.switch_to(self.guest, self.current)

    # Waiting.

    def wait_until(self, condition: Callable[[], bool], nanoseconds: int | None, state: int) -> bool:
        """Wait until something has come true (True) or the time is over (False). Raises Block, and Stuck for what never
        comes.

        `state` is that of the sleeper: a signal ends some, and one that nobody can end is complained about.
        """
        task = self.tasks.get(self.current)
        if task is not None and not self._interrupt and self.guest.depth == self._depth:
            return self._wait_as_task(task, condition, nanoseconds, state)
        return self._wait_outside(condition, nanoseconds, state)

    def _wait_as_task(self, task: Task, condition: Callable[[], bool], nanoseconds: int | None, state: int) -> bool:
        now, true = self.guest.now, condition()
        if nanoseconds is not None and task["deadline"] is None:
            task["deadline"] = now + nanoseconds
            self.rank(task)
        over = signals.ends_wait(self.guest, state) or (task["deadline"] is not None and now >= task["deadline"])
        if not true and not over:
            imbalance.complain_of_sleep(self.guest)
            self.guest.abi.let_in(self.guest.frame, True)
            raise Block(list(self.guest.frame))
        task["deadline"] = None
        return true

    def rank(self, task: Task) -> None:
        """Note the place of a task's timer among those of the same time: it is set now, or anew."""
        task["asleep"] = self._serial()
        task["rank"] = clock.rank(self.guest, task["deadline"], task["asleep"])

    def _wait_outside(self, condition: Callable[[], bool], nanoseconds: int | None, state: int) -> bool:
        if self._interrupt and not condition():
            with self._sleeping_interrupt():
                return self._wait_outside(condition, nanoseconds, state)
        guest = self.guest
        deadline = None if nanoseconds is None else guest.now + nanoseconds
        last = guest.now + LONGEST_WAIT
        if not condition():
            imbalance.complain_of_sleep(guest)
            if guest.frame:
                guest.abi.let_in(guest.frame, True)
        rounds = 0
        while not condition():
            if deadline is not None and guest.now >= deadline:
                return False
            if signals.pending(guest) and self._signal_ends_wait(state):
                return condition()
            rounds += 1
            if guest.now <= last and self.run_ready():
                if rounds > _MAXIMUM_ROUNDS:  # they never wait, but let others run: time passes, ever faster
                    self._advance(guest.now + (rounds - _MAXIMUM_ROUNDS) * clock.tick(guest))
                continue
            times = [time for time in (self.next_event(), deadline) if time is not None]
            if not times or (deadline is None and min(times) > last):
                self._end_by_signal(state)
                continue
            self._advance(min(times))
            clock.turn(guest)
        return True

    @contextmanager
    def _sleeping_interrupt(self) -> Iterator[None]:
        """Let whom an interrupt has interrupted sleep in its place, which is complained about. In the kernel's own
        tasks, of which more depends on that, it stops the run.
        """
        guest, host = self.guest, self.host
        if host:
            imbalance.complain_of_sleep(guest)
            if host == IDLE_TASK:
                guest.printk(ERR, "bad: scheduling from the idle thread!")
                report_stack(guest)
            raise Unforeseeable(f"sleeping in an interrupt of {host[0]}")
        self._interrupt = False
        try:
            yield
        finally:
            self._interrupt = True

    def _signal_ends_wait(self, state: int) -> bool:
        """Return whether a signal would end this wait: that of a program, or of the caller from outside."""
        has_signals = not self.current or "call" in self.tasks.get(self.current, {})
        return signals.breaks(state) and has_signals and not self._interrupt

    def _end_by_signal(self, state: int) -> None:
        """Send the caller a signal, because nothing will happen any more. Raises Stuck where no signal ends the
        wait.
        """
        if not self._signal_ends_wait(state):
            if state == signals.UNINTERRUPTIBLE:
                report_hung(self.guest)
            raise Stuck
        signals.deliver(self.guest)

    def _advance(self, time: int) -> None:
        graceperiods.go_on(self.guest)
        self.guest.effort.rest()
        self.guest.pass_time(max(0, time - self.guest.now))
        graceperiods.go_on(self.guest)

    def next_event(self) -> int | None:
        """Return when something is due next, in nanoseconds since boot; None if nothing is."""
        times = [time for name in _TIMERS for time, _ in self.guest.table(name).values()]
        times += [task["deadline"] for task in self.tasks.values() if task["deadline"] is not None]
        graces = graceperiods.next_event(self.guest)
        return min(times if graces is None else [*times, graces], default=None)

    def tick(self, nanoseconds: int) -> None:
        """Let so many nanoseconds pass, and run what is due on the way."""
        target = self.guest.now + nanoseconds
        self.run_until_idle()
        while (event := self.next_event()) is not None and event <= target:
            self._advance(max(event, self.guest.now + 1))
            clock.turn(self.guest)
            self.run_until_idle()
        self._advance(target)

    def run_until_idle(self) -> None:
        """Run all that is due, and what becomes due by that, until everything waits."""
        for _ in range(_MAXIMUM_ROUNDS):
            if not self.run_ready():
                return

    def pass_on(self) -> None:
        """Let all others run who can, until they wait: the caller itself waits for a thread of the kernel's own.

        Call it before anything is changed: a thread is stopped here, and calls the kernel function again.
        """
        if self._interrupt:
            return
        if self.current not in self.tasks:
            self.run_until_idle()
        elif self.guest.depth == self._depth and not self.guest.table("passed").pop(self.current, None):
            self.guest.table("passed")[self.current] = 1
            raise Block(list(self.guest.frame))

    def keep_busy(self, nanoseconds: int) -> None:
        """Let so many nanoseconds pass for one who keeps the processor: interrupts come, but nobody else runs."""
        guest = self.guest
        target = guest.now + nanoseconds
        while (event := self._next_interrupt()) is not None and event <= target:
            guest.pass_time(max(event - guest.now, 1))
            self.interrupt()
        guest.pass_time(max(0, target - guest.now))

    def go_round(self) -> None:
        """Let time pass for one whose code changes nothing until an interrupt comes, or until a later time: up to the
        next tick, or by a hundredth of what it has taken by now.
        """
        guest, event = self.guest, self._next_interrupt()
        target = guest.now + max(clock.tick(guest) - guest.now % clock.tick(guest), guest.effort.busy // 100)
        guest.pass_time(max((target if event is None else min(event, target)) - guest.now, 1))
        self.interrupt()

    def spin_until(self, condition: Callable[[], bool]) -> None:
        """Let time pass for one who spins until something has come true: interrupts come, but nobody else runs. Raises
        Exhausted for what never comes; the kernel complains, unless its watchdog cannot come either.
        """
        guest, begun, complaints = self.guest, self.guest.now, 0
        while not condition():
            event, watchdog = self._next_interrupt(), begun + (complaints + 1) * SOFT_LOCKUP
            if event is not None and event <= watchdog:
                guest.pass_time(max(event - guest.now, 1))
                self.interrupt()
                continue
            if not guest.abi.interruptible(guest.frame):
                raise Exhausted
            guest.pass_time(max(watchdog - guest.now, 0))
            complaints += 1
            report_stuck(guest, complaints * SOFT_LOCKUP // 1_000_000_000)
            if event is None or guest.now - begun > LONGEST_WAIT:
                raise Exhausted

    def _next_interrupt(self) -> int | None:
        """Return when the next interrupt has something to do, in nanoseconds; None if none has, or none may come."""
        if self._interrupt or not self.guest.abi.interruptible(self.guest.frame):
            return None
        times = [time for time, _ in self.guest.table("hrtimers").values()]
        if not self._softirqs_off():
            times += [time for name in _OF_SOFTIRQS for time, _ in self.guest.table(name).values()]
            if self.guest.table("tasklets").get("queue"):
                times.append(clock.at_jiffy(self.guest, self.guest.jiffies + 1))
        return min(times, default=None)

    def _softirqs_off(self) -> bool:
        """Return whether whoever runs has disabled softirqs."""
        return bool(preemption.count(self.guest) & preemption.SOFTIRQ_BITS)

    def interrupt(self) -> None:
        """Run the timers and tasklets that are due, in the middle of what somebody does, where interrupts may come."""
        if self._interrupt or not self.guest.abi.interruptible(self.guest.frame):
            return
        softirqs = not self._softirqs_off()
        between, self._between = self._between, True
        try:
            self._run_timers(_TIMERS if softirqs else ("hrtimers",), preemption.count(self.guest))
            if softirqs:
                self._run_network()
                self._run_tasklets()
        finally:
            self._between = between

    def softirqs_enabled(self) -> None:
        """Run the softirqs that wait, for one who has just enabled them again; within another they wait for its end."""
        if self._interrupt or self._softirqs_off():
            return
        between, self._between = self._between, True
        try:
            self._run_timers(_OF_SOFTIRQS, preemption.count(self.guest))
            while self._run_network() | self._run_tasklets():
                pass
        finally:
            self._between = between

    def run_ready(self) -> bool:
        """Run whatever is due now; return whether anything has got on."""
        progress = interrupted = self._run_timers()
        progress |= self._run_network()
        progress |= self._run_tasklets(preemption.IDLE if interrupted else None)
        progress |= "irq_wakes" in self.guest.tables and interrupts.run_threads(self.guest)
        progress |= self._begin_work()
        progress |= programs.run_next(self.guest)
        for address in self._in_order():
            progress |= self.resume(address)
        return progress

    def _in_order(self) -> list[int]:
        """Return all tasks, and those whose sleep is over in the order in which their timers wake them.

        Who has slept since before this call comes in that order, because programs have run meanwhile. Among those who
        sleep since this call has begun, who has run less comes first (`kernel/sched/fair.c`): the one made first.
        """
        tasks = self.tasks
        ready = [self._slept_long(task) for task in tasks.values()]
        woken = [address for address, over in zip(tasks, ready, strict=True) if over]
        woken.sort(key=lambda address: (tasks[address]["deadline"], tasks[address]["rank"]))
        return [woken.pop(0) if over else address for address, over in zip(tasks, ready, strict=True)]

    def _slept_long(self, task: Task) -> bool:
        """Return whether a task's sleep is over that had begun before this call."""
        return task["deadline"] is not None and task["deadline"] <= self.guest.now and task["asleep"] <= self._before

    # Timers.

    def _run_timers(self, kinds: tuple[str, ...] = _TIMERS, count: int = preemption.IDLE) -> bool:
        """Run what is due, in an interrupt that finds a count of preemption; return whether there was anything."""
        found, again = False, 0
        while due := min(self._due(kinds), default=None):
            found = True
            time, kind, _, address = due
            name = kinds[kind]
            del self.guest.table(name)[address]
            if name in _OF_SOFTIRQS:
                run = self._expire if name == "timers" else self._call_back
                self._in_interrupt(run, address, preemption.SOFTIRQ + count)
                continue
            soft = preemption.SOFTIRQ if view(self.guest, "hrtimer", address).is_soft else preemption.HARDIRQ
            self._in_interrupt(self._expire_precise, address, soft + count)
            again = again + 1 if self.guest.table(name).get(address, [None])[0] == time else 0
            if again == _ENDLESS_RESTARTS:  # with interrupts disabled, so that nobody complains
                raise Exhausted
        return found

    def _run_network(self) -> bool:
        if not any(self.guest.table("softnet").values()):
            return False
        count = preemption.SOFTIRQ + preemption.count(self.guest)
        self._in_interrupt(lambda _: softnet.send(self.guest), 0, count)
        for address in softnet.take(self.guest):
            self._in_interrupt(lambda at: softnet.run(self.guest, at), address, count)
        return True

    def _run_tasklets(self, count: int | None = None) -> bool:
        """Run the tasklets that may run, where the count of preemption is this, or that of whoever runs."""
        if not self.guest.table("tasklets").get("queue"):
            return False
        ready = tasklets.ready(self.guest)
        for address in ready:
            level = preemption.SOFTIRQ + (preemption.count(self.guest) if count is None else count)
            self._in_interrupt(lambda at: tasklets.run(self.guest, at), address, level)
        return bool(ready)

    def _due(self, kinds: tuple[str, ...]) -> Iterator[tuple[int, int, int, int]]:
        for kind, name in enumerate(kinds):
            for address, (time, place) in self.guest.table(name).items():
                if time <= self.guest.now:
                    yield time, kind, place, address

    def _in_interrupt(self, run: Callable[[int], object], address: int, count: int) -> None:
        """Call a function where nobody may sleep, which the count of preemption says."""
        before = self._interrupt, self._level
        self._interrupt, self._level = True, count
        percpu.need(self.guest, self.guest.abi.preempt_count)
        outer = preemption.count(self.guest)
        preemption.set_count(self.guest, count)
        try:
            with threads.hosted(self.guest, self.host):
                self._run_logged(address, lambda: run(address))
        finally:
            self._interrupt, self._level = before
            preemption.set_count(self.guest, outer)

    def in_hardirq(self, handler: int, run: Callable[[], None]) -> None:
        """Do what an interrupt of a device does, which begins with a handler; then what that has left for the end of an
        interrupt.
        """
        outside = not self.guest.frame
        count = preemption.HARDIRQ + (preemption.IDLE if outside else preemption.count(self.guest))
        self._in_interrupt(lambda _: run(), handler, count)
        if not outside:
            self.interrupt()

    def in_softirq(self, run: Callable[[], object], function: int) -> None:
        """Do what a softirq does that comes at once, in the middle of what somebody does; it begins with a function."""
        between, self._between = self._between, True
        try:
            self._in_interrupt(lambda _: run(), function, preemption.SOFTIRQ + preemption.count(self.guest))
        finally:
            self._between = between

    def _expire(self, timer: int) -> None:
        row = view(self.guest, "timer_list", timer)
        row.entry.pprev = 0  # not pending
        function, before = row.function, preemption.count(self.guest)
        self.guest.call(function, timer, interrupts=True)
        imbalance.complain_of_timer(self.guest, function, before)

    def _expire_precise(self, timer: int) -> None:
        row = view(self.guest, "hrtimer", timer)
        row.state = 0
        if self.guest.call(row.function, timer, interrupts=bool(row.is_soft)) & 0xFFFFFFFF == _RESTART:
            self.start_precise(timer, row.node.expires)

    def after_grace_period(self, head: int, function: int, *, free: int = 0) -> None:
        """Have a function called with its callback_head when a grace period of RCU is over that begins after now, or in
        its place an allocation freed.
        """
        view(self.guest, "callback_head", head).func = function
        if free:
            self.guest.table("rcu_frees")[head] = free
        graceperiods.ask(self.guest, head)

    def _call_back(self, head: int) -> None:
        free = self.guest.table("rcu_frees").pop(head, 0)
        if free:
            self.guest.heap.free(free)
        elif head > 0:
            self.guest.call(view(self.guest, "callback_head", head).func, head, interrupts=True)

    def pass_grace_period(self) -> None:
        """Let time pass until what waits for a grace period now is done: nobody calls the kernel again sooner."""
        last = max(graceperiods.waiting(self.guest), default=0)
        while any(number <= last for number in graceperiods.waiting(self.guest)):
            self.tick(clock.tick(self.guest))

    def start(self, timer: int, time: int) -> None:
        """Let a timer_list expire at a time in nanoseconds."""
        view(self.guest, "timer_list", timer).entry.pprev = self.guest.address_of("jiffies")  # pending
        self.guest.table("timers")[timer] = [time, clock.rank(self.guest, time, self._serial())]

    def start_precise(self, timer: int, time: int) -> None:
        """Let an hrtimer expire at a time in nanoseconds."""
        view(self.guest, "hrtimer", timer).state = 1
        self.guest.table("hrtimers")[timer] = [time, self._serial()]

    def _serial(self) -> int:
        table = self.guest.table("serial")
        table["last"] = table.get("last", 0) + 1
        return int(table["last"])

    # Work and threads.

    def _begin_work(self) -> bool:
        rows = self.guest.table("workqueues")
        for item in list(self.queue):
            work, queue = item
            row = rows.get(queue, {})
            busy = row.get("ordered") and any(task["queue"] == queue for task in self.tasks.values())
            stuck = _STUCK in rows and not row.get("unbound") and not row.get("worker")
            if not busy and not row.get("waits") and not stuck:
                self.queue.remove(item)
                self._run_logged(work, lambda work=work, queue=queue: self._start_worker(work, queue))  # type: ignore[misc]
                return True
        return False

    def _start_worker(self, work: int, queue: int) -> None:
        """Make a worker for one piece of work, which is not pending from now on."""
        if self._of_module(queue):
            address = begin(self.guest, work, queue)
        else:
            row = view(self.guest, "work_struct", work)
            row.data &= ~1
            unbound = self.guest.table("workqueues").get(queue, {}).get("unbound")
            address = self._idle_worker(row.func, work, _UNBOUND_WORKER if unbound else _WORKER)
        self.tasks[address] |= {"work": work, "queue": queue}

    def work_on(self, function: int, argument: int) -> None:
        """Let a worker of the processor's call a function now, which is no piece of work of a queue."""
        address = self._idle_worker(function, argument)
        self.tasks[address] |= {"work": argument, "queue": 0}
        self.resume(address)

    def _idle_worker(self, function: int, work: int, name: str = _WORKER) -> int:
        """Let a worker of that name that has nothing to do call a function; return its task, a new one if all are
        busy.
        """
        idle = next((at for at, task in self.tasks.items() if task["name"] == name and task["done"]), 0)
        if not idle:
            return threads.create(self.guest, function, work, name, started=True, flags=threads.WORKER)
        threads.begin(self.guest, idle, function, work)
        return idle

    def _of_module(self, queue: int) -> bool:
        """Return whether a queue is no workqueue but a kthread_worker."""
        return bool(self.guest.table("workqueues").get(queue, {}).get("worker"))

    def _release_worker(self, address: int, queue: int) -> None:
        """Let a worker whose piece of work is done wait for another one, unless it has died or is a module's own."""
        died, row = self.tasks[address]["died"], self.guest.table("workqueues").get(queue, {})
        row["finished"] = row.get("finished", 0) + 1
        self.tasks[address] |= {"work": 0, "queue": 0}
        if died and not row.get("unbound") and not self._of_module(queue):
            self.guest.table("workqueues")[_STUCK] = {"name": ""}
        if died or self._of_module(queue):
            threads.release(self.guest, address)
        if self._of_module(queue):
            finish(self.guest, queue)

    def resume(self, address: int) -> bool:
        """Let a task run until it waits; return whether it got on. One that only asks again what it waits for did not,
        unless it asks for the first time.
        """
        task = self.tasks.get(address)
        if task is None or task["running"] or not task["started"] or task["done"]:
            return False
        if task["park"] and not task["begun"]:
            return False
        guest = self.guest
        outer, depth, interrupt, program = self.current, self._depth, self._interrupt, guest.kernel.program
        self.current, self._depth, self._interrupt = address, guest.depth + 1, False
        guest.kernel.program, task["running"] = task["name"], 1
        guest.effort.switched()
        before, calls, first = list(task["registers"]), guest.calls, not task["begun"]
        task["begun"] = 1
        threads.switch_to(guest, address)
        try:
            self._run_logged(task["function"], lambda: self._run(task, first=first))
        finally:
            self.current, self._depth, self._interrupt, guest.kernel.program = outer, depth, interrupt, program
            task["running"] = 0
            threads.switch_to(guest, outer)
            guest.effort.switched()
        if task["done"] and task["work"]:
            self._release_worker(address, task["queue"])
        return first or bool(task["done"]) or not (task["registers"] == before and guest.calls == calls + 1)

    def _run(self, task: Task, *, first: bool) -> None:
        """Run a task; one that is asked to end before it has begun never does (`kernel/kthread.c: kthread()`)."""
        task["done"] = task["died"] = 1
        try:
            value = (
                -EINTR if first and task["stop"] and not task.get("parked") else self.guest.resume(task["registers"])
            )
            task["result"] = value & 0xFFFFFFFF
            if "call" in task:
                task["value"] = value
        except TaskExit as end:
            task["result"] = end.value & 0xFFFFFFFF
        except Block as block:
            task["done"], task["registers"] = 0, block.registers
            task["registers"][self.guest.abi.pc] -= self.guest.abi.stop_size  # to call the kernel function again
        except (Stopped, UnknownLayout) as stopped:
            if "call" not in task:
                raise
            task["stopped"] = list(outcome_of(stopped))  # the program is told
            if isinstance(stopped, Exhausted):
                raise
        task["died"] = 0
        if task["done"]:
            self._end(task)

    def _end(self, task: Task) -> None:
        """Complain of a task that has ended where nobody may sleep."""
        if task["work"]:
            imbalance.complain_of_work(self.guest, task["function"])
            task["idle"] = 1
        imbalance.complain_of_sleep(self.guest)

    def _run_logged(self, address: int, run: Callable[[], object]) -> None:
        """Run code whose caller is not there to be told how it went; the log says what stopped it."""
        guest = self.guest
        try:
            run()
        except Needs as needs:
            guest.printk(WARNING, f"{guest.describe(address)}: not run to its end, needs {needs.symbol}")
            if isinstance(needs, Unforeseeable):
                raise
        except Exceeded as limit:
            guest.printk(WARNING, f"{guest.describe(address)}: not run to its end, more than {limit.what}")
            raise
        except (Died, Stuck):
            pass
        except Fault as fault:  # the structure itself is gone
            guest.frame = guest.frame or guest.abi.blank()
            died = guest.die(guest.abi.page_fault(fault.address, WRITE if fault.write else READ, False))
            if isinstance(died, Exhausted):
                raise died from fault

"""Tasks: kernel threads and workers, each with a task_struct and a stack.

From Linux 6.1: `include/linux/sched.h: struct task_struct`, `kernel/kthread.c`. A task is an entry of `tasks`:

    function, name      where its code begins, its comm
    registers           as they were when it was stopped
    stack               address of its stack, STACK_SIZE bytes
    started, done       whether it may run, whether it has returned; begun: it has run; running: it does so now
    deadline            nanoseconds of the clock until which it sleeps at most, or None
    rank, asleep        the place of its timer among those of the same time, and the timer's number
    result              what it returned
    stop, park          what others want of it (kthread_stop, kthread_park)
    parked              whether it was before it has begun
    died                whether an oops ended it
    work, queue         for a worker: its work_struct and workqueue
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import offset_of, size_of, view
from modtools.emulate.tasks import processes
from modtools.kernel.oops import PROCESS
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FIRST_PID = PROCESS + 1
_PF_KTHREAD, _SIGCHLD = 0x200000, 17
KTHREAD, WORKER = _PF_KTHREAD | 0x8040, _PF_KTHREAD | 0x4008060
"""`flags` of a thread of the kernel's: PF_NOFREEZE and PF_FORKNOEXEC besides; and of a worker: PF_NO_SETAFFINITY and
PF_WQ_WORKER, too.
"""
PROGRAM, CALLER = 0x400000, 0x400100
"""`flags` of a program: PF_RANDOMIZE; and of one that has used the rights of root: PF_SUPERPRIV."""


def create(guest: Guest, function: int, data: int, name: str, *, started: bool, flags: int = KTHREAD) -> int:
    """Make a new task that will call a function; return the address of its task_struct."""
    address = _booted(guest, name) if flags == WORKER else 0
    if not address:
        numbers = guest.table("serial")
        numbers["pid"] = numbers.get("pid", _FIRST_PID - 1) + 1
        address = new_task(guest, name, numbers["pid"])
        task = view(guest, "task_struct", address)
        task.flags, task.exit_signal = flags, _SIGCHLD
        task.cred = task.real_cred = view(guest, "task_struct", guest.address_of("init_task")).cred
        processes.add(guest, address, parent=processes.kthreadd(guest), program=False)
    begin(guest, address, function, data)
    guest.table("tasks")[address]["started"] = int(started)
    return address


def _booted(guest: Guest, name: str) -> int:
    """Return the worker that is there after boot and has done nothing yet, with a stack; 0 if there is none. What it
    has done in boot, which its flags may tell, differs from boot to boot.
    """
    address = processes.known(guest, name)
    if not address or address in guest.table("tasks"):
        return 0
    stack = guest.heap.pages(address_space.STACK_SIZE // PAGE)
    task = view(guest, "task_struct", address)
    task.stack, task.flags = stack, WORKER
    guest.table("tasks")[address] = {"stack": stack, "name": name}
    return address


def new_task(guest: Guest, name: str, pid: int) -> int:
    """Make a task_struct and a stack, with a name and a number; return its address."""
    address = guest.heap.pages(-(-size_of(guest, "task_struct") // PAGE))
    stack = guest.heap.pages(address_space.STACK_SIZE // PAGE)
    task = view(guest, "task_struct", address)
    task.pid = task.tgid = pid
    task.stack = stack
    guest.memory.put(address + offset_of(guest, "task_struct", "usage"), 2, 4)
    guest.table("tasks")[address] = {"stack": stack}
    set_name(guest, address, name)
    return address


def set_name(guest: Guest, address: int, name: str) -> None:
    """Set the name of a task, as far as there is room for it."""
    comm = view(guest, "task_struct", address).address("comm")
    guest.memory.write(comm, name.encode("utf-8", "surrogateescape")[:15].ljust(16, b"\0"))
    guest.table("tasks")[address]["name"] = name[:15]


def begin(guest: Guest, address: int, function: int, *arguments: int) -> None:
    """Let a task that does nothing call a function from the beginning of its stack."""
    task, registers = guest.table("tasks")[address], guest.abi.blank()
    guest.abi.enter(guest.memory, registers, task["stack"] + address_space.STACK_SIZE, function, arguments)
    task |= {"function": function, "registers": registers, "started": 1, "begun": 0, "done": 0, "running": 0}
    task |= {
        "deadline": None,
        "rank": 0,
        "result": 0,
        "stop": 0,
        "park": 0,
        "parked": 0,
        "work": 0,
        "queue": 0,
        "died": 0,
        "idle": 0,
    }


def release(guest: Guest, address: int) -> None:
    """Forget a task that is over and free its memory."""
    task = guest.table("tasks").pop(address, None)
    if task is not None:
        processes.remove(guest, address)
        guest.heap.free(task["stack"])
        guest.heap.free(address)


def switch_to(guest: Guest, address: int) -> None:
    """Make a task the current one (0: the caller from outside)."""
    place = percpu.used(guest, guest.abi.current)
    if place is not None:
        guest.memory.put(place, address or address_space.TASK, 8)


@contextmanager
def hosted(guest: Guest, host: tuple[str, int] | None) -> Iterator[None]:
    """Make a task of the kernel's own the current one, given by name and number. None: it is whoever it was."""
    place = percpu.used(guest, guest.abi.current) if host else None
    if host is None or place is None:
        yield
        return
    before = guest.memory.u64(place)
    guest.memory.put(place, processes.known(guest, host[0]) or guest.address_of("init_task"), 8)
    try:
        yield
    finally:
        guest.memory.put(place, before, 8)


def state_of(guest: Guest, address: int) -> int:
    """Return the task's `__state`: 0 while it can run."""
    at = address + offset_of(guest, "task_struct", "__state")
    return guest.memory.u32(at) if guest.memory.mapped(at, 4) else 0


def set_state(guest: Guest, state: int) -> None:
    """Set the state of the current task (0: it runs)."""
    guest.memory.put(current(guest) + offset_of(guest, "task_struct", "__state"), state, 4)


def wake(guest: Guest, address: int) -> bool:
    """Let a task run; return whether it did not before (`try_to_wake_up()`)."""
    task = guest.table("tasks").get(address)
    slept = state_of(guest, address) != 0
    at = address + offset_of(guest, "task_struct", "__state")
    if guest.memory.mapped(at, 4):
        guest.memory.put(at, 0, 4)
    if task is not None and not task["started"]:
        task["started"], slept = 1, True
    if task is not None and task["deadline"] is not None:
        guest.scheduler.rank(task)  # a sleeper whom nobody has waited for sets its timer again
    return slept


def remember(guest: Guest, value: int) -> int:
    """Return what a value was when the waiting function was first called: a thread calls it again when it goes on."""
    me = guest.scheduler.current
    return int(guest.table("sleeps").setdefault(me, value)) if me else value


def remembered(guest: Guest) -> bool:
    """Return whether `remember()` keeps a value: the waiting function is called again, to go on."""
    return guest.scheduler.current in guest.table("sleeps")


def forget(guest: Guest) -> None:
    """Drop the value that `remember()` keeps, when the function has waited enough."""
    guest.table("sleeps").pop(guest.scheduler.current, None)


def current(guest: Guest) -> int:
    """Return the address of the task_struct of whoever runs."""
    percpu.need(guest, guest.abi.current)
    return guest.scheduler.current or address_space.TASK

"""Programs that call the kernel: each thread of one has a task of its own, which sleeps when a call has to wait.

From Linux 6.1: `include/linux/sched.h`, `include/linux/cred.h`. Table `callers`: the thread's number on the host, or
the negative number of a call that another one of the same thread overlaps: address of the task_struct. Such a task is
an entry of `tasks` (`threads`) with these besides:

    call                number of the call that it is in, 0 for none
    value               what the function that it called has returned, 64 bits
    stopped             why that did not return: an `End` and what there is to say
    signals             set of the signals that the program has got, as `task_struct.pending` has them
    ids                 numbers of thread, program, user and group
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks import processes, threads
from modtools.kernel.runner import Caller

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_USERS, _GROUPS = ("uid", "suid", "euid", "fsuid"), ("gid", "sgid", "egid", "fsgid")
_CAPABILITIES = ("cap_permitted", "cap_effective")


def table(guest: Guest) -> dict[int, int]:
    """Return the tasks of all programs, by the numbers of their threads."""
    return guest.table("callers")


def task_of(guest: Guest, caller: Caller, call: int) -> int:
    """Return the task in which a program makes a call: its own one, or one more where it is in a call already."""
    own, ids = table(guest), list(caller[1:])
    address, tasks = own.get(caller.pid, 0), guest.table("tasks")
    if address and not tasks[address]["done"]:
        own[-call] = _create(guest, caller)
        return own[-call]
    if address and tasks[address]["ids"] != ids:
        drop(guest, caller.pid)
        address = 0
    if not address:
        address = own[caller.pid] = _create(guest, caller)
    elif tasks[address]["name"] != caller.name:
        threads.set_name(guest, address, caller.name)
    return address


def _create(guest: Guest, caller: Caller) -> int:
    address = threads.new_task(guest, caller.name, caller.pid)
    task = view(guest, "task_struct", address)
    task.tgid, task.flags = caller.tgid, threads.PROGRAM
    task.cred = task.real_cred = _credentials(guest, caller)
    processes.add(guest, address, parent=processes.first(guest), program=True)
    threads.begin(guest, address, 0)
    guest.table("tasks")[address] |= {"done": 1, "call": 0, "signals": 0, "ids": list(caller[1:])}
    return address


def _credentials(guest: Guest, caller: Caller) -> int:
    """Return the rights of a program: for root those of the idle task."""
    idle = int(view(guest, "task_struct", guest.address_of("init_task")).cred)
    if not caller.user and not caller.group:
        return idle
    row, of_idle = new(guest, "cred"), view(guest, "cred", idle)
    row.usage = 1
    row.user, row.user_ns, row.ucounts = of_idle.user, of_idle.user_ns, of_idle.ucounts
    row.group_info = of_idle.group_info
    for fields, value in ((_USERS, caller.user), (_GROUPS, caller.group)):
        for field in fields:
            setattr(row, field, value)
    if not caller.user:
        for field in _CAPABILITIES:
            guest.memory.write(row.address(field), guest.memory.read(of_idle.address(field), 8))
    return row.address()


def drop(guest: Guest, number: int) -> None:
    """Forget the task of a program that is in no call."""
    address = table(guest).pop(number)
    task = view(guest, "task_struct", address)
    if task.cred != view(guest, "task_struct", guest.address_of("init_task")).cred:
        guest.heap.free(task.cred)
    threads.release(guest, address)


def lose(guest: Guest, address: int) -> None:
    """Forget the task of a program that has died in the middle of the kernel: what lies on its stack may still be
    looked at.
    """
    own = table(guest)
    for number in [number for number, task in own.items() if task == address]:
        del own[number]
    processes.remove(guest, address)
    del guest.table("tasks")[address]


def drop_idle(guest: Guest, lives: Callable[[int], bool]) -> bool:
    """Forget the tasks that are in no call, except those of threads that live; return whether there were any."""
    tasks = guest.table("tasks")
    idle = [number for number, at in table(guest).items() if tasks[at]["done"] and not tasks[at]["call"]]
    gone = [number for number in idle if number < 0 or not lives(number)]
    for number in gone:
        drop(guest, number)
    return bool(gone)

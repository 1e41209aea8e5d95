"""The processes of the virtual machine: the idle task, init, the kernel's own threads, and whoever calls the kernel.

From Linux 6.1: `init/init_task.c`, `kernel/fork.c: copy_process()`, `include/linux/sched/signal.h: for_each_process()`.
All tasks stand in the list that begins at `init_task.tasks`; a task is alone in its thread group. What else of a
process a module may look at is not there, and named when it is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import View, has, new, offset_of, size_of, view
from modtools.link.memory import PAGE
from modtools.profiles import BootTask

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_UPID = 16
"""Bytes of a `struct upid`: number and namespace."""
_INIT, _KTHREADD = BootTask(1, 0, 1, 0, 120, 120, 17, "init"), 2
"""The task that every kernel has after boot; the number of the one that makes the kernel's threads."""
DEFAULT_PRIORITY = 120
"""What a task begins with (DEFAULT_PRIO of `include/linux/sched/prio.h`)."""
_LISTS = ("tasks", "children", "sibling", "thread_group", "thread_node", "ptraced", "ptrace_entry")
"""Lists that a task is in, or whose head it has; 6.7 knows no `thread_group`."""
_UNKNOWN = ("fs", "files", "sighand")
_OF_PROGRAMS = ("mm", "active_mm")


def task(guest: Guest, address: int) -> View:
    """Return the `struct task_struct` at an address."""
    return view(guest, "task_struct", address)


def add(guest: Guest, address: int, *, parent: int, program: bool) -> None:
    """Make a task a process of its own, a child of `parent`, among all others. `program` says that it is none of the
    kernel's.
    """
    own = task(guest, address)
    for field in (field for field in _LISTS if has(guest, "task_struct", field)):
        listhead.init(guest, own.address(field))
    own.group_leader = address
    own.prio = own.static_prio = own.normal_prio = DEFAULT_PRIORITY
    own.real_parent = own.parent = parent
    own.signal, own.nsproxy, own.thread_pid = _signal(guest, own), namespaces(guest), _new_pid(guest, own)
    for field in (*_UNKNOWN, *(_OF_PROGRAMS if program else ())):
        setattr(own, field, guest.address_of(f"current->{field}"))
    if parent != address:
        listhead.add_tail(guest, own.address("tasks"), task(guest, guest.address_of("init_task")).address("tasks"))
        listhead.add_tail(guest, own.address("sibling"), task(guest, parent).address("children"))


def _signal(guest: Guest, own: View) -> int:
    row = new(guest, "signal_struct")
    row.nr_threads = 1
    listhead.init(guest, row.address("thread_head"))
    listhead.add_tail(guest, own.address("thread_node"), row.address("thread_head"))
    return row.address()


def _new_pid(guest: Guest, own: View) -> int:
    """Make the `struct pid` of a task, with its number in the only namespace."""
    size = size_of(guest, "pid")
    place = guest.heap.kmalloc(size + _UPID)
    guest.memory.write(place, bytes(size + _UPID))
    view(guest, "pid", place).count.refs = 1
    guest.memory.put(place + offset_of(guest, "pid", "numbers"), own.pid, 4)
    guest.memory.put(place + offset_of(guest, "pid", "numbers") + 8, guest.address_of("init_pid_ns"), 8)
    return place


def pid_of(guest: Guest, address: int) -> int:
    """Return the address of the `struct pid` of a task."""
    return int(task(guest, address).thread_pid)


def number_of(guest: Guest, pid: int) -> int:
    """Return the number of a `struct pid`."""
    return guest.memory.u32(pid + offset_of(guest, "pid", "numbers"))


def every(guest: Guest) -> list[int]:
    """Return the addresses of all tasks that there are, without the idle one."""
    guest.address_of("init_task")
    booted = [address for name, address in guest.table("processes").items() if name != "nsproxy"]
    found = [*booted, *(address for address in guest.table("tasks") if address not in booted)]
    return found if not guest.memory.mapped(address_space.TASK) else [address_space.TASK, *found]


def find(guest: Guest, number: int) -> int:
    """Return the address of the task with a number; 0 if there is none."""
    return next((address for address in every(guest) if task(guest, address).pid == number), 0)


def take(guest: Guest, address: int) -> None:
    """Take a reference on a task."""
    place = address + offset_of(guest, "task_struct", "usage")
    guest.memory.put(place, guest.memory.u32(place) + 1, 4)


def remove(guest: Guest, address: int) -> None:
    """Take a task that is gone out of the lists of processes, and free its signal_struct."""
    own = task(guest, address)
    for field in ("tasks", "sibling"):
        entry = getattr(own, field)
        if entry.next and entry.prev:
            listhead.take_out(guest, entry.address())
    for place in (own.signal, own.thread_pid):
        if place:
            guest.heap.free(place)


def first(guest: Guest) -> int:
    """Return the address of the task_struct of process 1."""
    return known(guest, "init")


def kthreadd(guest: Guest) -> int:
    """Return the address of the task_struct of the thread that makes all others of the kernel's."""
    return known(guest, "kthreadd") or guest.address_of("init_task")


def known(guest: Guest, name: str) -> int:
    """Return the address of the task_struct of a task that is there after boot; 0 if there is none with this name."""
    table = guest.table("processes")
    if not table:
        guest.address_of("init_task")
    return int(table.get(name, 0))


def number_of_booted(guest: Guest, name: str) -> int:
    """Return the number of a task that is there after boot; 0 if there is none with this name."""
    return next((row.pid for row in guest.profile.tasks if row.name == name), 0)


def boot(guest: Guest) -> None:
    """Make all tasks that are there after boot, children of the idle one or of the kernel's thread for that."""
    table, idle = guest.table("processes"), guest.address_of("init_task")
    for row in guest.profile.tasks or (_INIT,):
        address = table[row.name] = guest.heap.pages(-(-size_of(guest, "task_struct") // PAGE))
        own = task(guest, address)
        own.pid = own.tgid = row.pid
        own.usage.refs = 1
        own.__setattr__("__state", row.state)
        own.flags, own.policy, own.exit_signal = row.flags, row.policy, row.exit_signal
        own.cred = own.real_cred = task(guest, idle).cred
        guest.memory.write(own.address("comm"), row.name.encode() + b"\0")
        add(guest, address, parent=idle if row.pid <= _KTHREADD else table["kthreadd"], program=row.pid == 1)
        own.prio, own.static_prio, own.normal_prio = row.prio, row.static_prio, row.prio


def namespaces(guest: Guest) -> int:
    """Return the address of the nsproxy that all processes share; make it at first use."""
    table = guest.table("processes")
    if "nsproxy" not in table:
        row = new(guest, "nsproxy")
        table["nsproxy"] = row.address()
        row.count = 1
        symbol = guest.kernel.symbols.get("init_net")
        row.net_ns = (symbol and symbol.address) or 0  # made when it is needed, for it is much
        names = {"uts_ns": "init_uts_ns", "ipc_ns": "init_ipc_ns", "cgroup_ns": "init_cgroup_ns"}
        names |= {"pid_ns_for_children": "init_pid_ns", "time_ns": "init_time_ns", "mnt_ns": "init_mnt_ns"}
        for field, name in (names | {"time_ns_for_children": "init_time_ns"}).items():
            setattr(row, field, guest.address_of(name))
    return int(table["nsproxy"])

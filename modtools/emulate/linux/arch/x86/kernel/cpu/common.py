"""arch/x86/kernel/cpu/common.c: What is kept for each processor: its current task, its stack, its features."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.percpu import STACK_CANARY
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import size_of, view
from modtools.emulate.tasks import processes, threads
from modtools.kernel.oops import PROCESS
from modtools.link.memory import PAGE, READ, WRITE

_NEED_RESCHED = 0x80000000


@variable("__preempt_count", 4)
def preempt_count(guest: Guest, address: int) -> None:
    """Store 0 with the inverted bit that says that nothing waits to be scheduled."""
    guest.memory.put(address, _NEED_RESCHED, 4)


@variable("current_task", 8)
def current_task(guest: Guest, address: int) -> None:
    """Make the task that has called the kernel, and store its address."""
    guest.memory.put(address, address_space.TASK, 8)
    _begin(guest)


@variable("pcpu_hot", "pcpu_hot")
def pcpu_hot(guest: Guest, address: int) -> None:
    """Fill what is wanted of a processor most often: its task, and that nothing waits to be scheduled."""
    hot = view(guest, "pcpu_hot", address)
    preempt_count(guest, hot.address("preempt_count"))
    hot.current_task = address_space.TASK
    _begin(guest)


@variable("const_pcpu_hot", "pcpu_hot")
def const_pcpu_hot(guest: Guest, _address: int) -> None:
    """Fill it as what does not change: it is the same variable (`arch/x86/kernel/vmlinux.lds.S`)."""
    guest.address_of("pcpu_hot")


@variable("const_current_task", 8)
def const_current_task(guest: Guest, _address: int) -> None:
    """Fill the current task as what does not change: it is the same variable, as is `const_pcpu_hot`."""
    guest.address_of("current_task")


@variable("__ref_stack_chk_guard", 8)
def stack_chk_guard(guest: Guest, address: int) -> None:
    """Store what functions put on their stack, to see at their end whether it was overwritten."""
    guest.memory.put(address, STACK_CANARY, 8)


def _begin(guest: Guest) -> None:
    """Make the task that has called the kernel, with pid, name, rights and relatives."""
    pages = -(-size_of(guest, "task_struct") // PAGE)
    guest.memory.map(address_space.TASK, pages * PAGE, READ | WRITE)
    task = view(guest, "task_struct", address_space.TASK)
    task.pid, task.tgid, task.flags = PROCESS, PROCESS, threads.CALLER
    task.cred = task.real_cred = view(guest, "task_struct", guest.address_of("init_task")).cred
    name = guest.kernel.program.encode("utf-8", "surrogateescape")[:15]
    guest.memory.write(task.address("comm"), name + b"\0")
    task.stack = guest.heap.pages(address_space.STACK_SIZE // PAGE)  # where a program's registers are looked for
    processes.add(guest, address_space.TASK, parent=processes.first(guest), program=True)

"""Per-cpu memory, and what the kernel knows of its processors. Code runs on one.

From Linux 6.1: `kernel/cpu.c`, `arch/x86/kernel/setup_percpu.c`, `arch/x86/include/asm/preempt.h`, `mm/percpu.c`.
"""

from __future__ import annotations

from modtools.emulate import space
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.integers import MASK64
from modtools.link.memory import PAGE, READ, WRITE

_NEED_RESCHED = 0x80000000
_NR_CPUS = 8192


@variable("__preempt_count", 4)
def preempt_count(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/cpu/common.c`: Store 0 with the inverted bit that says that nothing waits to be scheduled."""
    guest.memory.put(address, _NEED_RESCHED, 4)


@variable("this_cpu_off", 8)
def this_cpu_off(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/setup_percpu.c`: Store the address of the processor's per-cpu area."""
    guest.memory.put(address, space.PER_CPU, 8)


@variable("cpu_number", 4)
def cpu_number(_guest: Guest, _address: int) -> None:
    """`arch/x86/kernel/setup_percpu.c`: Leave it 0, the first processor."""


@variable("numa_node", 4)
def numa_node(_guest: Guest, _address: int) -> None:
    """`mm/page_alloc.c`: Leave it 0, the first memory node."""


@variable("__per_cpu_offset", 8 * _NR_CPUS)
def per_cpu_offset(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/setup_percpu.c`: Store the address of the first processor's per-cpu area; the others stay 0."""
    guest.memory.put(address, space.PER_CPU, 8)


@variable("nr_cpu_ids", 4)
def nr_cpu_ids(guest: Guest, address: int) -> None:
    """`kernel/smp.c`: Store the number of processors that there can be."""
    guest.memory.put(address, guest.machine.cpus, 4)


@variable("__num_online_cpus", 4)
def num_online_cpus(guest: Guest, address: int) -> None:
    """`kernel/cpu.c`: Store the number of processors that run."""
    guest.memory.put(address, guest.machine.cpus, 4)


def _mask(guest: Guest, address: int) -> None:
    guest.memory.put(address, (1 << guest.machine.cpus) - 1, 8)


# `kernel/cpu.c`
variable("__cpu_online_mask", _NR_CPUS // 8)(_mask)
variable("__cpu_possible_mask", _NR_CPUS // 8)(_mask)
variable("__cpu_present_mask", _NR_CPUS // 8)(_mask)
variable("__cpu_active_mask", _NR_CPUS // 8)(_mask)


@function(
    "void *__alloc_percpu(size_t size, size_t align)",
    "void *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)",
)
def alloc_percpu(guest: Guest, size: int, align: int, _gfp: int = 0) -> int:
    """`mm/percpu.c`: Return the offset of zeroed memory from the processor's per-cpu area; 0 if there is none. It is
    no part of that area, so that size and alignment have no limit of their own.
    """
    address = guest.heap.kmalloc(max(guest.bounded(size), align))
    return address - space.PER_CPU if address else 0


@function("void free_percpu(void *pdata)")
def free_percpu(guest: Guest, offset: int) -> None:
    """`mm/percpu.c`: Free per-cpu memory; 0 is ignored."""
    if offset:
        guest.heap.free(offset + space.PER_CPU & MASK64)


@variable("current_task", 8)
def current_task(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/cpu/common.c`: Make the task that has called the kernel, with pid, name, rights and relatives,
    and store its address.
    """
    from modtools.emulate import processes
    from modtools.emulate.structs import size_of, view
    from modtools.kernel.oops import PROCESS

    pages = -(-size_of("task_struct") // PAGE)
    guest.memory.map(space.TASK, pages * PAGE, READ | WRITE)
    task = view(guest, "task_struct", space.TASK)
    task.pid = task.tgid = PROCESS
    task.cred = task.real_cred = view(guest, "task_struct", guest.address_of("init_task")).cred
    name = guest.kernel.program.encode("utf-8", "surrogateescape")[:15]
    guest.memory.write(task.address("comm"), name + b"\0")
    guest.memory.put(address, space.TASK, 8)
    processes.describe(guest, space.TASK, parent=processes.first(guest), program=True)

"""init/init_task.c: The idle task."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import View, new, view
from modtools.emulate.tasks import processes

_ALL = (1 << 41) - 1
_FLAGS = 0x4200002
"""PF_KTHREAD, PF_NO_SETAFFINITY and PF_IDLE."""


def fill(guest: Guest, row: View) -> None:
    """Fill a `struct cred` with root's credentials: every capability, the first user namespace."""
    for field in ("cap_permitted", "cap_effective", "cap_bset"):
        guest.memory.put(row.address(field), _ALL, 8)
    for field, what in (("user_ns", "init_user_ns"), ("user", "root_user"), ("group_info", "init_groups")):
        setattr(row, field, guest.address_of(what))
    row.usage = 4


@variable("init_task", "task_struct")
def init_task(guest: Guest, address: int) -> None:
    """Fill the idle task, from which the kernel's own threads descend."""
    task = view(guest, "task_struct", address)
    row = new(guest, "cred")
    fill(guest, row)
    task.cred = task.real_cred = row.address()
    guest.memory.write(task.address("comm"), b"swapper/0")
    task.flags, task.usage.refs = _FLAGS, 2
    processes.add(guest, address, parent=address, program=False)
    processes.boot(guest)
    percpu.need(guest, guest.abi.current)

"""fs/exec.c: Registering formats of programs; names of tasks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

function("void __register_binfmt(struct linux_binfmt *fmt, int insert)")(registrations.registering("binfmt"))
function("void unregister_binfmt(struct linux_binfmt *fmt)")(registrations.unregistering("binfmt"))


@function("char *__get_task_comm(char *buf, size_t buf_size, struct task_struct *tsk)")
def get_task_comm(guest: Guest, buffer: int, size: int, task: int) -> int:
    """Copy the name of a task into a buffer, filled up with NULs; return the buffer."""
    name = guest.memory.text(view(guest, "task_struct", task).address("comm"))
    guest.memory.write(buffer, name[: size - 1].ljust(guest.bounded(size), b"\0"))
    return buffer

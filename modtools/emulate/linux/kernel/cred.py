"""kernel/cred.c: Credentials of tasks. Code runs as root, with every capability."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.emulate.tasks import threads


def current(guest: Guest) -> int:
    """Return the address of the current task's credentials."""
    return int(view(guest, "task_struct", threads.current(guest)).cred)


def _exchange(guest: Guest, address: int) -> int:
    task = view(guest, "task_struct", threads.current(guest))
    before, task.cred = task.cred, address
    return int(before)


def _copy(guest: Guest, source: int) -> int:
    copy = guest.heap.kmalloc(size_of(guest, "cred"))
    guest.memory.write(copy, guest.memory.read(source, size_of(guest, "cred")))
    view(guest, "cred", copy).usage = 1
    return copy


@function("struct cred *prepare_kernel_cred(struct task_struct *daemon)")
def prepare_kernel_cred(guest: Guest, task: int) -> int:
    """Return a copy of a task's credentials, of the idle task's for NULL."""
    return _copy(guest, view(guest, "task_struct", task or guest.address_of("init_task")).cred)


@function("struct cred *prepare_creds(void)")
def prepare_creds(guest: Guest) -> int:
    """Return a copy of the current credentials."""
    return _copy(guest, current(guest))


@function("const struct cred *override_creds(const struct cred *new)")
def override_creds(guest: Guest, address: int) -> int:
    """Use other credentials, with a reference taken; return those before, for revert_creds()."""
    view(guest, "cred", address).usage += 1
    return _exchange(guest, address)


@function("void revert_creds(const struct cred *old)")
def revert_creds(guest: Guest, address: int) -> None:
    """Use the credentials from before override_creds(); drop the reference on the others."""
    row = view(guest, "cred", _exchange(guest, address))
    row.usage -= 1
    if not row.usage:
        guest.heap.free(row.address())


@function("void __put_cred(struct cred *cred)")
def put_cred(guest: Guest, address: int) -> None:
    """Free credentials whose last reference was dropped."""
    guest.heap.free(address)

"""On whose behalf code runs. It is root's, with every capability.

From Linux 6.1: `kernel/cred.c`, `kernel/capability.c`, `kernel/user_namespace.c`, `init/init_task.c`, `fs/open.c`.
"""

from __future__ import annotations

from modtools.emulate import processes, tasks
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, new, size_of, view
from modtools.linuxerrno import ENOENT

_ALL = (1 << 41) - 1
_CREATE = 0o100
_OF_THE_KERNEL = ("/proc", "/sys", "/dev")


def fill(guest: Guest, row: View) -> None:
    """Fill a `struct cred` with root's credentials: every capability, the first user namespace."""
    for field in ("cap_permitted", "cap_effective", "cap_bset"):
        guest.memory.put(row.address(field), _ALL, 8)
    for field, what in (("user_ns", "init_user_ns"), ("user", "root_user"), ("group_info", "init_groups")):
        setattr(row, field, guest.address_of(what))
    row.usage = 4


def current(guest: Guest) -> int:
    """Return the address of the current task's credentials."""
    return int(view(guest, "task_struct", tasks.current(guest)).cred)


def _exchange(guest: Guest, address: int) -> int:
    task = view(guest, "task_struct", tasks.current(guest))
    before, task.cred = task.cred, address
    return int(before)


@variable("init_task", 9792)
def init_task(guest: Guest, address: int) -> None:
    """`init/init_task.c`: Fill the idle task, from which the kernel's own threads descend."""
    task = view(guest, "task_struct", address)
    row = new(guest, "cred")
    fill(guest, row)
    task.cred = task.real_cred = row.address()
    guest.memory.write(task.address("comm"), b"swapper/0")
    processes.describe(guest, address, parent=address, program=False)
    processes.first(guest)
    guest.address_of("current_task")


def _copy(guest: Guest, source: int) -> int:
    copy = guest.heap.kmalloc(size_of("cred"))
    guest.memory.write(copy, guest.memory.read(source, size_of("cred")))
    view(guest, "cred", copy).usage = 1
    return copy


@function("struct cred *prepare_kernel_cred(struct task_struct *daemon)")
def prepare_kernel_cred(guest: Guest, task: int) -> int:
    """`kernel/cred.c`: Return a copy of a task's credentials, of the idle task's for NULL."""
    return _copy(guest, view(guest, "task_struct", task or guest.address_of("init_task")).cred)


@function("struct cred *prepare_creds(void)")
def prepare_creds(guest: Guest) -> int:
    """`kernel/cred.c`: Return a copy of the current credentials."""
    return _copy(guest, current(guest))


@function("const struct cred *override_creds(const struct cred *new)")
def override_creds(guest: Guest, address: int) -> int:
    """`kernel/cred.c`: Use other credentials, with a reference taken; return those before, for revert_creds()."""
    view(guest, "cred", address).usage += 1
    return _exchange(guest, address)


@function("void revert_creds(const struct cred *old)")
def revert_creds(guest: Guest, address: int) -> None:
    """`kernel/cred.c`: Use the credentials from before override_creds(); drop the reference on the others."""
    row = view(guest, "cred", _exchange(guest, address))
    row.usage -= 1
    if not row.usage:
        guest.heap.free(row.address())


@function("void __put_cred(struct cred *cred)")
def put_cred(guest: Guest, address: int) -> None:
    """`kernel/cred.c`: Free credentials whose last reference was dropped."""
    guest.heap.free(address)


@function("bool capable(int cap)", "bool ns_capable_noaudit(struct user_namespace *ns, int cap)")
def capable(_guest: Guest, *_capability: int) -> bool:
    """`kernel/capability.c`: Return true: code runs as root, with every capability."""
    return True


@function("struct file *filp_open(const char *filename, int flags, umode_t mode)")
def filp_open(guest: Guest, name: int, flags: int, _mode: int) -> int:
    """`fs/open.c`: Return -ENOENT for a file in a folder, since the virtual machine has none. One below /proc, /sys or
    /dev, in the root folder, by a relative path, or to be created, stops the run.
    """
    path = guest.text(name)
    if flags & _CREATE or not path.startswith("/") or path.startswith(_OF_THE_KERNEL) or path.count("/") < 2:
        raise Needs(f"filp_open of {path}")
    return -ENOENT


@function(
    "uid_t from_kuid(struct user_namespace *ns, kuid_t kuid)",
    "uid_t from_kuid_munged(struct user_namespace *ns, kuid_t kuid)",
    "gid_t from_kgid(struct user_namespace *ns, kgid_t kgid)",
    "gid_t from_kgid_munged(struct user_namespace *ns, kgid_t kgid)",
)
def from_kuid(_guest: Guest, _namespace: int, number: int) -> int:
    """`kernel/user_namespace.c`: Return the number of a user or group itself: there is one user namespace."""
    return number

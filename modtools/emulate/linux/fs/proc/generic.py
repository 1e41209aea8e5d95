"""fs/proc/generic.c: Files in /proc that modules make."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.files import openfiles
from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.objects import procfs
from modtools.emulate.objects.procfs import create
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT


def _file_mode(mode: int) -> int:
    return (mode & 0o7777) or 0o444


@function(
    "struct proc_dir_entry *proc_create_data(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " const struct proc_ops *proc_ops, void *data)",
    "struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " const struct proc_ops *proc_ops)",
)
def proc_create(guest: Guest, name: int, mode: int, parent: int, ops: int, data: int = 0) -> int:
    """Make a file in /proc with operations of its own; return its entry or NULL."""
    return create(guest, guest.text(name), _file_mode(mode), parent, "file", ops, data)


@function(
    "struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " const struct seq_operations *ops, unsigned int state_size, void *data)"
)
def proc_create_seq(guest: Guest, name: int, mode: int, parent: int, ops: int, size: int, data: int) -> int:
    """Make a file in /proc that is read as a sequence; return its entry or NULL."""
    address = create(guest, guest.text(name), _file_mode(mode), parent, "seq", ops, data)
    if address:
        guest.table("proc")[address]["size"] = size
    return address


@function(
    "struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " void *show, void *data)"
)
def proc_create_single(guest: Guest, name: int, mode: int, parent: int, show: int, data: int) -> int:
    """Make a file in /proc whose text one show function writes; return its entry or NULL."""
    return create(guest, guest.text(name), _file_mode(mode), parent, "single", show, data)


@function(
    "struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)",
    "struct proc_dir_entry *proc_create_mount_point(const char *name)",
)
def proc_mkdir(guest: Guest, name: int, parent: int = 0) -> int:
    """Make a folder in /proc; return its entry or NULL."""
    return create(guest, guest.text(name), 0o555, parent, "dir")


@function(
    "struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode, struct proc_dir_entry *parent, void *data)",
    "struct proc_dir_entry *_proc_mkdir(const char *name, umode_t m, struct proc_dir_entry *p, void *data, bool nlink)",
)
def proc_mkdir_data(guest: Guest, name: int, mode: int, parent: int, data: int, *_nlink: int) -> int:
    """Make a folder in /proc with permissions and data; return its entry or NULL."""
    return create(guest, guest.text(name), mode & 0o7777 or 0o555, parent, "dir", 0, data)


@function("struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode, struct proc_dir_entry *parent)")
def proc_mkdir_mode(guest: Guest, name: int, mode: int, parent: int) -> int:
    """Make a folder in /proc with permissions; return its entry or NULL."""
    return create(guest, guest.text(name), mode & 0o7777 or 0o555, parent, "dir")


@function("struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent, const char *dest)")
def proc_symlink(guest: Guest, name: int, parent: int, target: int) -> int:
    """Make a symbolic link in /proc; return its entry or NULL."""
    address = create(guest, guest.text(name), 0o777, parent, "link")
    if address:
        guest.table("proc")[address]["target"] = guest.text(target)
    return address


@function("void proc_set_size(struct proc_dir_entry *de, loff_t size)")
def proc_set_size(guest: Guest, entry: int, size: int) -> None:
    """Set the size in bytes that `ls -l` shows for an entry."""
    guest.table("proc")[entry]["bytes"] = size


@function("void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid)")
def proc_set_user(guest: Guest, entry: int, user: int, group: int) -> None:
    """Set the owner and the group of an entry."""
    guest.table("proc")[entry] |= {"user": user, "group": group}


@function("void *proc_get_parent_data(const struct inode *inode)")
def proc_get_parent_data(guest: Guest, inode: int) -> int:
    """Return the data of the folder in which an inode's entry lies; 0 if there is none."""
    table = guest.table("proc")
    row = table.get(guest.table("proc_inodes").get(inode))
    return table[row["parent"]]["data"] if row and row["parent"] in table else 0


def _remove(guest: Guest, address: int) -> None:
    table = guest.table("proc")
    for child in [at for at, row in table.items() if row["parent"] == address]:
        _remove(guest, child)
    if table.pop(address, None) is not None:
        openfiles.release_all(guest, address)
        guest.heap.free(address)


@function("void proc_remove(struct proc_dir_entry *de)")
def proc_remove(guest: Guest, address: int) -> None:
    """Remove an entry and all below it; NULL is ignored."""
    if address:
        _remove(guest, address)


@function("void remove_proc_entry(const char *name, struct proc_dir_entry *parent)")
def remove_proc_entry(guest: Guest, name: int, parent: int) -> None:
    """Remove an entry by its name, or warn that there is none; what lies below it is warned about, and reached no
    more.
    """
    address = _find(guest, name, parent)
    if address == 0:
        report_kernel_warning(guest, "remove_proc_entry: name", f"name '{guest.text(name)}'")
    if address <= 0:
        return
    row, below = guest.table("proc")[address], procfs.first_below(guest, address)
    if below:
        place = f"{procfs.folder_name(guest, row['parent'])}/{row['name']}"
        text = f"remove_proc_entry: removing non-empty directory '{place}', leaking at least '{below}'"
        report_kernel_warning(guest, "remove_proc_entry: leak", text)
    _remove(guest, address)


@function("int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)")
def remove_proc_subtree(guest: Guest, name: int, parent: int) -> int:
    """Remove an entry by its name, with all below it; return 0, or -ENOENT if there is none."""
    address = _find(guest, name, parent)
    if address <= 0:
        return -ENOENT
    _remove(guest, address)
    return 0


def _find(guest: Guest, name: int, parent: int) -> int:
    """Return the entry at a path; 0 for none, -1 where the path leads nowhere. One of the kernel's own stops the
    run.
    """
    parent, last = procfs.walk(guest, guest.text(name), parent)
    if parent < 0:
        return -1
    if not parent and last in builtin(guest).proc:
        raise Needs(f"removing /proc/{last}")
    return max(procfs.find(guest, [last], parent), 0)

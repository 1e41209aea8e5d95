"""fs/d_path.c: Paths of files, written at the end of a buffer."""

from __future__ import annotations

from modtools.emulate.files import kernelfiles
from modtools.emulate.guest import Guest
from modtools.emulate.objects import dcache
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, view
from modtools.linuxerrno import ENAMETOOLONG

_MOUNTS = {"dev": "/dev", "proc": "/proc", "debug": "/sys/kernel/debug"}
"""Where the file systems are, by what the keys of their files begin with."""


def _inside(guest: Guest, dentry: int) -> str:
    """Return the path of a dentry from the root of its file system on."""
    names: list[str] = []
    while dentry and (parent := dcache.dentry(guest, dentry).d_parent) not in (0, dentry):
        names.append(guest.text(dcache.dentry(guest, dentry).d_name.name))
        dentry = parent
    return "".join(f"/{name}" for name in reversed(names)) or "/"


def _write(guest: Guest, path: str, buffer: int, size: int) -> int:
    """Write a path at the end of a buffer; return where it begins, or -ENAMETOOLONG."""
    text = path.encode("utf-8", "surrogateescape") + b"\0"
    if len(text) > size:
        return -ENAMETOOLONG
    guest.memory.write(buffer + size - len(text), text)
    return buffer + size - len(text)


@function("char *file_path(struct file *filp, char *buf, int buflen)")
def file_path(guest: Guest, file: int, buffer: int, size: int) -> int:
    """Write the path of a file at the end of a buffer; return where it begins, or -ENAMETOOLONG (`fs/open.c`)."""
    path = kernelfiles.path_of(guest, file)
    if path is None:
        mount = _MOUNTS.get(guest.table("file_kinds").get(file, ""))
        if mount is None:
            raise Needs("the path of a file that nobody has opened")
        path = mount + _inside(guest, view(guest, "file", file).f_path.dentry)
    return _write(guest, path, buffer, size)


@function("char *d_path(const struct path *path, char *buf, int buflen)")
def d_path(guest: Guest, place: int, buffer: int, size: int) -> int:
    """Write the path of a file whose `f_path` is given, as `file_path()` does; any other path stops the run."""
    return int(file_path(guest, place - offset_of(guest, "file", "f_path"), buffer, size))


@function("char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen)")
def dentry_path_raw(guest: Guest, dentry: int, buffer: int, size: int) -> int:
    """Write the path within a file system at the end of a buffer; return where it begins, or -ENAMETOOLONG."""
    return _write(guest, _inside(guest, dentry), buffer, size)

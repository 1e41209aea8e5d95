"""Files of the machine's disk that the kernel's own code opens, as a module does with `filp_open()`.

From Linux 6.1: `fs/open.c: filp_open(), filp_close()`, `fs/namei.c: open_last_lookups()`, `fs/read_write.c:
__kernel_read(), __kernel_write()`. The table `kernel_files` has the path of each `struct file` by its address,
`kernel_disk` the content of the files that were written to, by their paths: the machine's own files, which are asked
for the others, stay as they are.
"""

from __future__ import annotations

from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.errors import KernelError
from modtools.kernel.userspace import NotRun
from modtools.linuxerrno import EBADF, EEXIST, EINVAL, EISDIR, ENOENT, ENOTDIR

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_ACCESS, _READ_ONLY, _WRITE_ONLY = 3, 0, 1
_CREATE, _EXCLUSIVE, _TRUNCATE, _APPEND, _FOLDER = 0o100, 0o200, 0o1000, 0o2000, 0o200000
_FORGOTTEN = 0o1700
"""O_CREAT, O_EXCL, O_NOCTTY and O_TRUNC."""
_CAN = {0: 1, 1: 2, 2: 3}
"""FMODE_READ and FMODE_WRITE by the flags' mode of access."""
_USUAL = 0x1C | 0x60000
"""FMODE_LSEEK, FMODE_PREAD, FMODE_PWRITE, FMODE_CAN_READ and FMODE_CAN_WRITE."""
_FOLDERS = ("/", "/etc", "/home", "/mnt", "/opt", "/root", "/srv", "/tmp", "/var", "/var/log", "/var/tmp")
"""Folders that every machine has, whether its root has them or not."""
_REGULAR, _USUAL_MODE, _UMASK = 0o100000, 0o644, 0o022


def _content(guest: Guest, path: str) -> bytes:
    """Return what a file has. Raises KernelError; one that is none on the machine's disk stops the run."""
    written = guest.table("kernel_disk")
    if path in written:
        return bytes(written[path][0])
    if any(path.startswith(f"{file}/") for file in written):
        raise KernelError(ENOTDIR)
    if path in _FOLDERS:
        raise KernelError(EISDIR)
    if guest.kernel.userspace is None:
        raise KernelError(ENOENT)
    try:
        return guest.kernel.userspace.load(path)
    except NotRun as needed:
        raise Needs(f"the file {needed}") from None


def open_path(guest: Guest, name: str, flags: int, mode: int) -> int:
    """Open a file by its path, which begins in the root folder; return its `struct file`, or a negative errno."""
    path = normpath(f"/{name.lstrip('/')}")
    try:
        content, mode = _opened(guest, path, flags, mode)
    except KernelError as error:
        if flags & _FOLDER or (error.errno == EISDIR and flags & _ACCESS == _READ_ONLY):
            raise Needs("opening a folder within the kernel") from None
        return -error.errno
    file, inode = new(guest, "file"), new(guest, "inode")
    inode.i_nlink = inode.i_count = file.f_count = 1
    inode.i_mode, inode.i_size = _REGULAR | mode & 0o777, len(content)
    file.f_inode, file.f_flags = inode.address(), flags & ~_FORGOTTEN
    file.f_mode = _CAN[flags & _ACCESS] | _USUAL
    guest.table("kernel_files")[file.address()] = path
    return int(file.address())


def _opened(guest: Guest, path: str, flags: int, mode: int) -> tuple[bytes, int]:
    """Return what a file has when it is open, and its mode. Raises KernelError."""
    try:
        content = _content(guest, path)
    except KernelError as error:
        if error.errno != ENOENT or not flags & _CREATE:
            raise
        _check_folder(guest, dirname(path))
        _keep(guest, path, b"", mode & ~_UMASK)
        return b"", mode & ~_UMASK
    if flags & _CREATE and flags & _EXCLUSIVE:
        raise KernelError(EEXIST)
    if flags & _TRUNCATE:
        _keep(guest, path, b"")
        content = b""
    return content, guest.table("kernel_disk").get(path, [b"", _USUAL_MODE])[1]


def _keep(guest: Guest, path: str, content: bytes, mode: int = _USUAL_MODE) -> None:
    """Note what a file has from now on; it keeps its mode if it was written to before."""
    row = guest.table("kernel_disk").setdefault(path, [b"", mode])
    row[0] = content


def _check_folder(guest: Guest, path: str) -> None:
    """Raise KernelError where a new file cannot be, because there is no such folder."""
    try:
        _content(guest, path)
    except KernelError as error:
        if error.errno != EISDIR:
            raise
    else:
        raise KernelError(ENOTDIR)


def close(guest: Guest, file: int) -> int:
    """Close a file; return 0. One that the kernel has not opened stops the run."""
    _path(guest, file)
    del guest.table("kernel_files")[file]
    guest.heap.free(view(guest, "file", file).f_inode)
    guest.heap.free(file)
    return 0


def _path(guest: Guest, file: int) -> str:
    path = path_of(guest, file)
    if path is None:
        raise Needs("a file that the kernel has not opened by its path")
    return path


def path_of(guest: Guest, file: int) -> str | None:
    """Return the path of a file that the kernel has opened, None if it is none of these."""
    path = guest.table("kernel_files").get(file)
    return None if path is None else str(path)


def read(guest: Guest, file: int, buffer: int, count: int, position: int) -> int:
    """Read into the kernel's memory from a position on, and move that; return how many bytes, or an error, with a
    warning for a file that is open for writing only.
    """
    path = _path(guest, file)
    if view(guest, "file", file).f_flags & _ACCESS == _WRITE_ONLY:
        report_kernel_warning(guest, "__kernel_read", once=True)
        return -EINVAL
    at = guest.memory.u64(position) if position else 0
    found = _content(guest, path)[at : at + count]
    guest.memory.write(buffer, found)
    _move(guest, position, at + len(found))
    return len(found)


def write(guest: Guest, file: int, buffer: int, count: int, position: int) -> int:
    """Write from the kernel's memory at a position, or the end where the file is opened for that, and move it; return
    how many bytes, or an error, with a warning for a file that is open for reading only.
    """
    path, flags = _path(guest, file), view(guest, "file", file).f_flags
    if flags & _ACCESS == _READ_ONLY:
        report_kernel_warning(guest, "__kernel_write", once=True)
        return -EBADF
    data, content = guest.memory.read(buffer, guest.bounded(count)), _content(guest, path)
    at = len(content) if flags & _APPEND else guest.memory.u64(position) if position else 0
    guest.bounded(at + count)
    whole = content[:at].ljust(at, b"\0") + data + content[at + count :]
    _keep(guest, path, whole)
    view(guest, "inode", view(guest, "file", file).f_inode).i_size = len(whole)
    _move(guest, position, at + count)
    return count


def _move(guest: Guest, position: int, to: int) -> None:
    if position:
        guest.memory.put(position, to, 8)

"""Reading and writing the files that modules have made: open, read or write until all is done, release.

From Linux 6.1: `fs/read_write.c`, `fs/char_dev.c: chrdev_open()`, `drivers/char/misc.c: misc_open()`,
`fs/proc/inode.c`, `fs/debugfs/file.c`, `include/linux/fs.h: struct file_operations`, `include/linux/proc_fs.h: struct
proc_ops`. Each function returns what the system call would, and leaves text that was read in the table `answer`.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from modtools.emulate.files import debugfiles, seqfiles, sysctlfiles
from modtools.emulate.files.entries import device_name
from modtools.emulate.memory import user_memory
from modtools.emulate.objects import attributes, dcache, devicefiles, procfs
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks import programs
from modtools.integers import signed
from modtools.link.memory import PAGE
from modtools.linuxerrno import EINVAL, EIO, EIOCBQUEUED, ENODEV, ENXIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


Key = tuple[str, int, int]

_CHUNK_PAGES = 16
_MISC_MAJOR = 10
_FMODE_READ, _FMODE_WRITE = 1, 2
_O_WRONLY = 1


class Functions(NamedTuple):
    """Holds the addresses of a file's functions, 0 for one that it lacks; a call of such a one gives -`missing`."""

    open: int
    read: int
    read_iter: int
    write: int
    write_iter: int
    release: int
    missing: int


def _file_operations(guest: Guest, address: int) -> Functions:
    ops = view(guest, "file_operations", address)
    return Functions(ops.open, ops.read, ops.read_iter, ops.write, ops.write_iter, ops.release, EINVAL)


def _proc_operations(guest: Guest, address: int) -> Functions:
    ops = view(guest, "proc_ops", address)
    return Functions(ops.proc_open, ops.proc_read, ops.proc_read_iter, ops.proc_write, 0, ops.proc_release, EIO)


class OpenFile:
    """An open file, with its structures in memory and its functions."""

    def __init__(self, guest: Guest, *, writing: bool) -> None:
        self.guest = guest
        self.inode, self.file = new(guest, "inode"), new(guest, "file")
        self.inode.i_nlink, self.inode.i_mapping = 1, self.inode.i_data.address()
        self.file.f_inode, self.file.f_count = self.inode.address(), 1
        self.file.f_mode = _FMODE_WRITE if writing else _FMODE_READ
        self.file.f_flags = _O_WRONLY if writing else 0
        self.file.f_mapping = self.inode.i_mapping
        self._dentries: list[int] = []
        self.functions = Functions(0, 0, 0, 0, 0, 0, EINVAL)

    def open(self, key: Key) -> int:
        """Open a file by its key; return 0 or a negative errno."""
        opener = {"proc": self.open_proc, "dev": self.open_device, "debug": self.open_debug}[key[0]]
        return opener(key[1])

    def _name(self, parts: list[str]) -> None:
        """Make the dentries of a file and the folders that it lies in, from the root of its file system on."""
        parent = 0
        for part in ("/", *parts):
            parent = dcache.named(self.guest, part.encode("utf-8", "surrogateescape"), parent)
            self._dentries.append(parent)
        dcache.dentry(self.guest, parent).d_inode = self.inode.address()
        self.file.f_path.dentry = parent

    def open_debug(self, address: int) -> int:
        """Open a file in debugfs that has functions of the module's; return 0 or a negative errno."""
        row = self.guest.table("debugfs")[address]
        self.inode.i_private, self.inode.i_mode = row["data"], stat.S_IFREG | row["mode"]
        self.file.f_path.dentry, self.file.f_op = address, row["ops"]
        self.functions = _file_operations(self.guest, row["ops"])
        return self._open()

    def open_proc(self, entry: int) -> int:
        """Open a file in /proc by its entry; return 0 or a negative errno."""
        guest, row = self.guest, self.guest.table("proc")[entry]
        self._name(procfs.names(guest, entry))
        self.inode.i_private, self.inode.i_mode = row["data"], stat.S_IFREG | row["mode"]
        self.inode.i_ino, self.inode.i_size = row.get("ino", 0), row.get("bytes", 0)
        guest.table("proc_inodes")[self.inode.address()] = entry
        seq_read, file = guest.address_of("seq_read"), self.file.address()
        if row["kind"] == "file":
            self.functions = _proc_operations(guest, row["ops"])
            return self._open()
        if row["kind"] == "single":
            seqfiles.open_single(guest, file, row["ops"], row["data"])
            release = guest.address_of("single_release")
        else:
            seqfiles.open_private(guest, file, row["ops"], row.get("size", 0))
            release = guest.address_of("seq_release_private")
        self.functions = Functions(0, seq_read, 0, 0, 0, release, EIO)
        return 0

    def open_device(self, number: int) -> int:
        """Open a character device by its number; return 0 or a negative errno."""
        guest = self.guest
        self.inode.i_rdev, self.inode.i_mode = number, stat.S_IFCHR | 0o600
        self._name(device_name(guest, number).split("/"))
        ops = self._driver(number)
        if not ops:
            _ask_for(guest, number)
            ops = self._driver(number)
        if not ops:
            return -ENODEV if number >> 20 == _MISC_MAJOR else -ENXIO
        self.file.f_op = ops
        self.functions = _file_operations(guest, ops)
        return self._open()

    def _driver(self, number: int) -> int:
        """Return the functions of who answers for a device's number, 0 for nobody."""
        guest = self.guest
        misc = guest.table("misc_minors").get(number & 0xFFFFF) if number >> 20 == _MISC_MAJOR else 0
        if misc:
            self.file.private_data = misc
            return int(view(guest, "miscdevice", misc).fops)
        rows = guest.table("cdevs").items()
        row = next((row for first, row in rows if first <= number < first + row[1]), None)
        if row is None:
            return 0
        self.inode.i_cdev = row[0]
        return int(row[2])

    def _open(self) -> int:
        if not self.functions.open:
            return 0
        return signed(self._call(self.functions.open, self.inode.address(), self.file.address()), 32)

    def _call(self, function: int, *arguments: int) -> int:
        """Call a function of the file's for a system call, at whose end the threads run that it has woken."""
        result = self.guest.call(function, *arguments)
        self.guest.scheduler.pass_on()
        return result

    def read(self) -> int:
        """Read all of the file into the table `answer`; return 0 or a negative errno."""
        guest, function = self.guest, self.functions.read
        if not function and self.functions.read_iter == guest.address_of("seq_read_iter"):
            function = guest.address_of("seq_read")
        if not function and not self.functions.read_iter:
            return -self.functions.missing
        buffer, content, result = user_memory.buffer(guest, _CHUNK_PAGES * PAGE), b"", 1
        while result > 0:
            result = self._transfer(function, buffer, _CHUNK_PAGES * PAGE)
            content += guest.memory.read(buffer, min(result, _CHUNK_PAGES * PAGE)) if result > 0 else b""
            guest.bounded(len(content))
        guest.table("answer")["data"] = content
        if content and guest.interrupted:
            guest.interrupted, result = False, 0  # what was read before the wait has been printed by then
        return result

    def write(self, data: bytes) -> int:
        """Write all of the data, however little is taken at once; return 0 or a negative errno."""
        guest, function = self.guest, self.functions.write
        if not function and not self.functions.write_iter:
            return -self.functions.missing
        buffer = user_memory.buffer(guest, len(data))
        guest.memory.write(buffer, data)
        done = 0
        while done < len(data):
            result = self._transfer(function, buffer + done, len(data) - done)
            if result <= 0:
                return result or -EIO
            done += result
        return 0

    def _transfer(self, function: int, buffer: int, size: int) -> int:
        if not function:
            return self._transfer_by_iterator(buffer, size)
        position = self.file.address("f_pos")
        return signed(self._call(function, self.file.address(), buffer, size, position))

    def _transfer_by_iterator(self, buffer: int, size: int) -> int:
        """Read or write by an iterator, as new_sync_read() and new_sync_write() do; return how many bytes, or a
        negative errno.
        """
        guest, request, iterator = self.guest, new(self.guest, "kiocb"), new(self.guest, "iov_iter")
        writing = bool(self.file.f_mode & _FMODE_WRITE)
        request.ki_filp, request.ki_pos = self.file.address(), self.file.f_pos
        user_memory.iterate(guest, iterator.address(), buffer, size, source=writing)
        function = self.functions.write_iter if writing else self.functions.read_iter
        result = signed(self._call(function, request.address(), iterator.address()))
        if result > 0:
            self.file.f_pos = request.ki_pos
        for row in (request, iterator):
            guest.heap.free(row.address())
        if result == -EIOCBQUEUED:
            raise Needs("a transfer that is done later")
        return result

    def close(self) -> None:
        """Call release() and free the file's structures."""
        if self.functions.release:
            self.guest.call(self.functions.release, self.inode.address(), self.file.address())
        user_memory.release(self.guest)
        self.guest.table("proc_inodes").pop(self.inode.address(), None)
        for dentry in self._dentries:
            dcache.release_named(self.guest, dentry)
        for row in (self.inode, self.file):
            self.guest.heap.free(row.address())


def _ask_for(guest: Guest, number: int) -> None:
    """Ask for the module of a device's number, and where there is none for that of its major.

    From `fs/char_dev.c: base_probe()`, `drivers/char/misc.c: misc_open()`.
    """
    major, minor = number >> 20, number & 0xFFFFF
    if programs.request(guest, b"char-major-%d-%d" % (major, minor)) > 0 and major != _MISC_MAJOR:
        programs.request(guest, b"char-major-%d" % major)


_READERS: dict[str, Callable[[Guest, int, int], int]] = {
    "sys": attributes.show,
    "bin": attributes.read_bytes,
    "own": devicefiles.read,
    "value": debugfiles.read,
    "sysctl": sysctlfiles.read,
}
"""What reads each kind of files that need no `struct file`."""
_WRITERS: dict[str, Callable[[Guest, int, int, bytes], int]] = {
    "sys": attributes.store,
    "bin": attributes.write_bytes,
    "own": devicefiles.write,
    "value": debugfiles.write,
    "sysctl": sysctlfiles.write,
}


def read(guest: Guest, key: Key) -> int:
    """Read a whole file into the table `answer`; return 0 or a negative errno."""
    reader = _READERS.get(key[0])
    if reader is not None:
        return reader(guest, *key[1:])
    file = OpenFile(guest, writing=False)
    error = file.open(key)
    if error < 0:
        return error
    result = file.read()
    file.close()
    return result


def write(guest: Guest, key: Key, data: bytes) -> int:
    """Write to a file that is opened and closed for it; return 0 or a negative errno."""
    writer = _WRITERS.get(key[0])
    if writer is not None:
        return writer(guest, *key[1:], data)
    file = OpenFile(guest, writing=True)
    error = file.open(key)
    if error < 0:
        return error
    result = file.write(data)
    file.close()
    return result

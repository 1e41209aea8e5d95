"""Reading and writing the files that modules have made: open, read or write until all is done, release.

From Linux 6.1: `fs/read_write.c`, `fs/char_dev.c: chrdev_open()`, `drivers/char/misc.c: misc_open()`,
`fs/proc/inode.c`, `fs/debugfs/file.c`, `include/linux/fs.h: struct file_operations`, `include/linux/proc_fs.h: struct
proc_ops`. Each function returns what the system call would, and leaves text that was read in the table `answer`.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from modtools.emulate.files import debugfiles, seqfiles, sysctlfiles
from modtools.emulate.files.entries import device_name
from modtools.emulate.memory import user_memory
from modtools.emulate.objects import attributes, dcache, disks, modulerefs, ownfiles, procfs
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks import programs
from modtools.integers import MASK64, signed
from modtools.light import NamedTuple
from modtools.link.memory import PAGE
from modtools.linuxerrno import EBADF, EINVAL, EIO, EIOCBQUEUED, ENODEV, ENOTTY, ENXIO, ESPIPE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


Key = tuple[str, int, int]

_CHUNK_PAGES = 16
_MISC_MAJOR = 10
_READ, _WRITE, _LSEEK, _PREAD, _PWRITE, _ATOMIC = 1, 2, 4, 8, 0x10, 0x8000
_CAN_READ, _CAN_WRITE, _OPENED, _STREAM = 0x20000, 0x40000, 0x80000, 0x200000
"""Bits of `f_mode`, FMODE_* of `include/linux/fs.h`."""
O_WRONLY, O_LARGEFILE = 1, 0o100000
_FOR_WRITING = 0o1100
"""O_CREAT and O_TRUNC, as a shell opens a file that it writes to."""
_FOR_OPENING = 0o1700
"""O_CREAT, O_EXCL, O_NOCTTY and O_TRUNC, which a file forgets when it is open."""
_SETTABLE = 0o6000
"""O_APPEND and O_NONBLOCK."""
_FIOCLEX, _FIONCLEX, _FIONBIO, _FIOASYNC = 0x5451, 0x5450, 0x5421, 0x5452
_ENOIOCTLCMD = 515
DEFAULT_EVENTS = 0x145
"""DEFAULT_POLLMASK: it can be read and written."""
_WHENCES = 5


class Functions(NamedTuple):
    """Holds the addresses of a file's functions, 0 for one that it lacks; a call of such a one gives -`missing`."""

    open: int = 0
    read: int = 0
    read_iter: int = 0
    write: int = 0
    write_iter: int = 0
    llseek: int = 0
    ioctl: int = 0
    poll: int = 0
    flush: int = 0
    release: int = 0
    fasync: int = 0
    missing: int = EINVAL


def _file_operations(guest: Guest, address: int) -> Functions:
    ops = view(guest, "file_operations", address)
    transfers = ops.read, ops.read_iter, ops.write, ops.write_iter
    return Functions(ops.open, *transfers, ops.llseek, ops.unlocked_ioctl, ops.poll, ops.flush, ops.release, ops.fasync)


def _proc_operations(guest: Guest, address: int) -> Functions:
    ops = view(guest, "proc_ops", address)
    transfers = ops.proc_read, ops.proc_read_iter, ops.proc_write, 0
    others = ops.proc_lseek, ops.proc_ioctl, ops.proc_poll, 0, ops.proc_release
    return Functions(ops.proc_open, *transfers, *others, missing=EIO)


class Prepared(NamedTuple):
    """A driver's function that is to be called for a system call, and what is needed when it has returned."""

    function: int
    arguments: tuple[int, ...]
    kept: dict[str, Any]


Answer = tuple[int, bytes]
"""What a system call returns, or a negative errno, and bytes."""


class OpenFile:
    """An open file, with its structures in memory and its functions.

    `flags` are those of open(2). `stored` is what `store()` returned of a file that was left open.
    """

    def __init__(self, guest: Guest, flags: int = 0, stored: dict[str, Any] | None = None) -> None:
        self.guest = guest
        self._stored = stored = stored or _new(guest, flags | O_LARGEFILE)
        self.inode, self.file = view(guest, "inode", stored["inode"]), view(guest, "file", stored["file"])
        self._dentries: list[int] = stored["dentries"]
        self._owners: list[int] = stored["owners"]
        self.functions = Functions(*stored["functions"])

    def store(self) -> dict[str, Any]:
        """Return the numbers by which another process finds the open file again."""
        return self._stored | {"functions": list(self.functions)}

    def open(self, key: Key) -> int:
        """Open a file by its key; return 0 or a negative errno, after which the file is gone."""
        return self.do("open", key)[0]

    def do(self, what: str, *arguments: Any) -> Answer:
        """Make a system call, a key of `STEPS`."""
        begin, end = STEPS[what]
        prepared = begin(self, *arguments)
        if not isinstance(prepared, Prepared):
            return prepared
        result = self.guest.call(prepared.function, *prepared.arguments)
        self.guest.scheduler.pass_on()  # at its end the threads run that it has woken
        return end(self, prepared.kept, signed(result))

    def begin_open(self, key: Key) -> Prepared | Answer:
        """Prepare to open a file by its key."""
        self.guest.table("file_kinds")[self.file.address()] = key[0]
        result = _OPENERS[key[0]](self, key[1])
        if result < 0 or not self.functions.open:
            return self.end_open({}, result)
        return Prepared(self.functions.open, (self.inode.address(), self.file.address()), {})

    def end_open(self, _kept: dict[str, Any], value: int) -> Answer:
        """Finish opening; a file that could not be opened is gone."""
        result = signed(value, 32)
        if result < 0:
            self._forget()
            return result, b""
        functions = self.functions
        if self.may(_READ) and (functions.read or functions.read_iter):
            self.file.f_mode |= _CAN_READ
        if self.may(_WRITE) and (functions.write or functions.write_iter):
            self.file.f_mode |= _CAN_WRITE
        if not functions.llseek:  # since 6.0, and in the stable kernels before it
            self.file.f_mode &= ~_LSEEK
        self.file.f_mode |= _OPENED
        self.file.f_flags &= ~_FOR_OPENING
        return result, b""

    def may(self, mode: int) -> bool:
        """Return whether the file was opened for this."""
        return bool(self.file.f_mode & mode)

    def _name(self, parts: list[str]) -> None:
        """Make the dentries of a file and the folders that it lies in, from the root of its file system on."""
        parent = 0
        for part in ("/", *parts):
            parent = dcache.named(self.guest, part.encode("utf-8", "surrogateescape"), parent)
            self._dentries.append(parent)
        dcache.dentry(self.guest, parent).d_inode = self.inode.address()
        self.file.f_path.dentry = parent

    def _own(self, module: int) -> bool:
        """Keep a module (0: the kernel) from being removed while the file is open; return whether it is still there."""
        if not modulerefs.get(self.guest, module):
            return False
        self._owners.append(module)
        return True

    def open_debug(self, address: int) -> int:
        """Open a file in debugfs that has functions of the module's; return 0 or a negative errno."""
        row = self.guest.table("debugfs")[address]
        self._regular(row)
        self.file.f_path.dentry, self.file.f_op = address, row["ops"]
        # debugfs stands before them with fewer functions; what debugfs_create_file_unsafe() made is not told apart.
        self.functions = _file_operations(self.guest, row["ops"])._replace(flush=0, fasync=0)
        if not self._own(view(self.guest, "file_operations", row["ops"]).owner):
            return -ENXIO
        return 0

    def _regular(self, row: dict[str, Any]) -> None:
        self.inode.i_private, self.inode.i_mode = row["data"], stat.S_IFREG | row["mode"]
        self.file.f_mode |= _ATOMIC

    def open_proc(self, entry: int) -> int:
        """Open a file in /proc by its entry; return 0 or a negative errno."""
        guest, row = self.guest, self.guest.table("proc")[entry]
        self._name(procfs.names(guest, entry))
        self._regular(row)
        self.inode.i_ino, self.inode.i_size = row.get("ino", 0), row.get("bytes", 0)
        guest.table("proc_inodes")[self.inode.address()] = entry
        seq_read, seq_lseek, file = guest.address_of("seq_read"), guest.address_of("seq_lseek"), self.file.address()
        if row["kind"] == "file":
            self.functions = _proc_operations(guest, row["ops"])
            return 0
        if row["kind"] == "single":
            seqfiles.open_single(guest, file, row["ops"], row["data"])
            release = guest.address_of("single_release")
        else:
            seqfiles.open_private(guest, file, row["ops"], row.get("size", 0))
            release = guest.address_of("seq_release_private")
        self.functions = Functions(read=seq_read, llseek=seq_lseek, release=release, missing=EIO)
        return 0

    def open_device(self, number: int) -> int:
        """Open a character device by its number; return 0 or a negative errno."""
        guest = self.guest
        self.inode.i_rdev, self.inode.i_mode = number, stat.S_IFCHR | 0o600
        self._name(device_name(guest, number).split("/"))
        driver = self._driver(number)
        if not driver.operations:
            _ask_for(guest, number)
            driver = self._driver(number)
        missing = -ENODEV if number >> 20 == _MISC_MAJOR else -ENXIO
        if not driver.operations:
            return missing
        owners = (*driver.owners, view(guest, "file_operations", driver.operations).owner)
        if not all(self._own(owner) for owner in owners):
            return missing
        self.file.f_op = driver.operations
        self.functions = _file_operations(guest, driver.operations)
        return 0

    def _driver(self, number: int) -> _Driver:
        """Return who answers for a device's number."""
        guest = self.guest
        misc = guest.table("misc_minors").get(number & 0xFFFFF) if number >> 20 == _MISC_MAJOR else 0
        if misc:
            self.file.private_data = misc
            return _Driver(int(view(guest, "miscdevice", misc).fops))
        rows = guest.table("cdevs").items()
        row = next((row for first, row in rows if first <= number < first + row[1]), None)
        if row is None:
            return _Driver(0)
        cdev, _, operations = row
        self.inode.i_cdev = cdev
        owner = view(guest, "cdev", cdev).owner if cdev else view(guest, "file_operations", operations).owner
        return _Driver(int(operations), (owner,))

    # What programs do with it.

    def begin_read(self, size: int, at: int = 0, place: int | None = None) -> Prepared | Answer:
        """Prepare to read once, as read(2) does, or with a place as pread(2); `at` is the address of the program's
        buffer, where that is known.
        """
        function = self.functions.read
        if not self.may(_READ):
            return -EBADF, b""
        if place is not None and not self.may(_PREAD):
            return -ESPIPE, b""
        if not function and not self.functions.read_iter:
            return -self.functions.missing, b""
        return self._transfer(function or self.functions.read_iter, bool(function), size, at=at, place=place)

    def end_read(self, kept: dict[str, Any], result: int) -> Answer:
        """Finish a read(2); return how many bytes, or a negative errno, and the bytes, unless they are in the program's
        buffer.
        """
        size = min(result, kept["size"]) if result > 0 and kept["buffer"] else 0
        data = self.guest.memory.read(kept["buffer"], size) if size else b""
        return self._transferred(kept, result), data

    def begin_write(self, data: bytes, place: int | None = None) -> Prepared | Answer:
        """Prepare to write once, as write(2) does, or with a place as pwrite(2)."""
        function = self.functions.write
        if not self.may(_WRITE):
            return -EBADF, b""
        if place is not None and not self.may(_PWRITE):
            return -ESPIPE, b""
        if not function and not self.functions.write_iter:
            return -self.functions.missing, b""
        return self._transfer(function or self.functions.write_iter, bool(function), len(data), data, place=place)

    def end_write(self, kept: dict[str, Any], result: int) -> Answer:
        """Finish a write(2); return how many bytes were taken, or a negative errno."""
        return self._transferred(kept, result), b""

    def _transfer(
        self,
        function: int,
        plain: bool,
        size: int,
        data: bytes | None = None,
        *,
        at: int = 0,
        place: int | None = None,
    ) -> Prepared:
        """Prepare a call of read() or write(), or of a function that has an iterator instead, as new_sync_read() and
        new_sync_write() do.
        """
        guest, file = self.guest, self.file.address()
        buffer = at or user_memory.buffer(guest, size)
        if data is not None:
            guest.memory.write(buffer, data)
        kept = {"buffer": 0 if at else buffer, "size": size, "placed": place is not None}
        position = self.file.f_pos if place is None else place
        if plain and self.may(_STREAM):
            return Prepared(function, (file, buffer, size, 0), kept)
        if plain:
            kept["position"] = guest.heap.kmalloc(8)
            guest.memory.put(kept["position"], position, 8)
            return Prepared(function, (file, buffer, size, kept["position"]), kept)
        request, iterator = new(guest, "kiocb"), new(guest, "iov_iter")
        request.ki_filp, request.ki_pos = file, position
        user_memory.iterate(guest, iterator.address(), buffer, size, source=data is not None)
        kept |= {"request": request.address(), "iterator": iterator.address()}
        return Prepared(function, (request.address(), iterator.address()), kept)

    def _transferred(self, kept: dict[str, Any], result: int) -> int:
        guest = self.guest
        if "position" in kept and result >= 0 and not kept["placed"]:
            self.file.f_pos = guest.memory.u64(kept["position"])
        if "request" in kept and result > 0 and not kept["placed"]:
            self.file.f_pos = view(guest, "kiocb", kept["request"]).ki_pos
        for name in ("position", "request", "iterator"):
            if name in kept:
                guest.heap.free(kept[name])
        if kept["buffer"]:
            user_memory.release(guest, kept["buffer"], kept["size"])
        if "request" in kept and result == -EIOCBQUEUED:
            raise Needs("a transfer that is done later")
        return result

    @property
    def seekable(self) -> bool:
        """Return whether lseek(2) calls the driver, and does not just fail."""
        return self.may(_LSEEK) and bool(self.functions.llseek)

    def begin_seek(self, offset: int, whence: int) -> Prepared | Answer:
        """Prepare to move the position as lseek(2) does."""
        if whence not in range(_WHENCES):
            return -EINVAL, b""
        if not self.seekable:
            return -ESPIPE, b""
        return Prepared(self.functions.llseek, (self.file.address(), offset & MASK64, whence), {})

    def end_seek(self, _kept: dict[str, Any], result: int) -> Answer:
        """Finish an lseek(2); return the new position, or a negative errno."""
        return result, b""

    def begin_ioctl(self, request: int, argument: int | bytes) -> Prepared | Answer:
        """Prepare to make a request of the driver, with a number or with the address of these bytes.

        The kernel does some itself (`fs/ioctl.c: do_vfs_ioctl()`).
        """
        if request in (_FIOCLEX, _FIONCLEX):
            return 0, b""
        if request in (_FIONBIO, _FIOASYNC):
            raise Needs(f"ioctl {request:#x}, which changes how a file is open")
        if not self.functions.ioctl:
            return -ENOTTY, b""
        file = self.file.address()
        if not isinstance(argument, bytes):
            return Prepared(self.functions.ioctl, (file, request, argument & MASK64), {})
        buffer = user_memory.buffer(self.guest, len(argument))
        self.guest.memory.write(buffer, argument)
        return Prepared(self.functions.ioctl, (file, request, buffer), {"buffer": buffer, "size": len(argument)})

    def end_ioctl(self, kept: dict[str, Any], value: int) -> Answer:
        """Finish a request; return what it returns, and the bytes as the driver left them, and those behind them that
        it has written.
        """
        result = signed(value, 32)
        result = -ENOTTY if result == -_ENOIOCTLCMD else result
        if not kept:
            return result, b""
        size = kept["size"]
        mapped = self.guest.memory.read(kept["buffer"], user_memory.mapped(size))
        user_memory.release(self.guest, kept["buffer"], size)
        return result, mapped[: max(size, len(mapped.rstrip(b"\0")))]

    def set_flags(self, flags: int) -> int:
        """Set those flags that fcntl(2) can set of an open file; return 0."""
        self.file.f_flags = self.file.f_flags & ~_SETTABLE | flags & _SETTABLE
        return 0

    def begin_poll(self, events: int, watch: bool = False) -> Prepared | Answer:
        """Prepare to ask which of these events there are now, POLL* of `include/uapi/linux/eventpoll.h`, and to `watch`
        for them if there are none.
        """
        if not self.functions.poll:
            return DEFAULT_EVENTS & events, b""
        table = new(self.guest, "poll_table_struct")
        table._key, table._qproc = events, self.guest.address_of("__pollwait") if watch else 0
        arguments = self.file.address(), table.address()
        return Prepared(self.functions.poll, arguments, {"table": table.address(), "events": events})

    def end_poll(self, kept: dict[str, Any], value: int) -> Answer:
        """Finish a poll(2); return the events."""
        self.guest.heap.free(kept["table"])
        return value & kept["events"] & 0xFFFFFFFF, b""

    def close(self) -> None:
        """Flush and release the file, as the only close(2) does, and free its structures."""
        self.do("flush")
        self.do("release")

    def begin_fasync(self, number: int, on: bool) -> Prepared | Answer:
        """Prepare to have the driver remember, or forget, that the program is to be told by a signal, as fcntl(2) does;
        `number` is the program's for the file.
        """
        if not self.functions.fasync:
            return 0, b""
        return Prepared(self.functions.fasync, (number & 0xFFFFFFFF, self.file.address(), int(on)), {})

    def end_fasync(self, _kept: dict[str, Any], value: int) -> Answer:
        """Finish; return 0 or a negative errno."""
        return min(signed(value, 32), 0), b""

    def begin_flush(self) -> Prepared | Answer:
        """Prepare to do what each close(2) does."""
        if not self.functions.flush:
            return 0, b""
        return Prepared(self.functions.flush, (self.file.address(), self.guest.address_of("current->files")), {})

    def end_flush(self, _kept: dict[str, Any], value: int) -> Answer:
        """Finish the flush; return what the driver says."""
        return signed(value, 32), b""

    def begin_release(self) -> Prepared | Answer:
        """Prepare to give the file up."""
        if not self.functions.release:
            return self.end_release({}, 0)
        return Prepared(self.functions.release, (self.inode.address(), self.file.address()), {})

    def end_release(self, _kept: dict[str, Any], _value: int) -> Answer:
        """Free the file's structures."""
        self._forget()
        return 0, b""

    def _forget(self) -> None:
        for owner in self._owners:
            modulerefs.put(self.guest, owner)
        self.guest.table("proc_inodes").pop(self.inode.address(), None)
        for dentry in self._dentries:
            dcache.release_named(self.guest, dentry)
        self.guest.table("file_kinds").pop(self.file.address(), None)
        for row in (self.inode, self.file):
            self.guest.heap.free(row.address())


_OPENERS: dict[str, Callable[[OpenFile, int], int]] = {
    "proc": OpenFile.open_proc,
    "dev": OpenFile.open_device,
    "debug": OpenFile.open_debug,
}
WITH_STRUCTURES = tuple(_OPENERS)
"""What the keys of files begin with that a `struct file` is made for."""
STEPS: dict[str, tuple[Callable[..., Prepared | Answer], Callable[[OpenFile, dict[str, Any], int], Answer]]] = {
    "open": (OpenFile.begin_open, OpenFile.end_open),
    "read": (OpenFile.begin_read, OpenFile.end_read),
    "write": (OpenFile.begin_write, OpenFile.end_write),
    "seek": (OpenFile.begin_seek, OpenFile.end_seek),
    "ioctl": (OpenFile.begin_ioctl, OpenFile.end_ioctl),
    "poll": (OpenFile.begin_poll, OpenFile.end_poll),
    "fasync": (OpenFile.begin_fasync, OpenFile.end_fasync),
    "flush": (OpenFile.begin_flush, OpenFile.end_flush),
    "release": (OpenFile.begin_release, OpenFile.end_release),
}
"""How each system call begins, and how it ends when the driver's function has returned: it may wait in between."""


class _Driver(NamedTuple):
    """Who answers for a device's number: its file_operations, 0 for nobody, and modules that it needs besides."""

    operations: int
    owners: tuple[int, ...] = ()


def _new(guest: Guest, flags: int) -> dict[str, Any]:
    """Make the structures of a file that is being opened; return what is stored of it."""
    inode, file = new(guest, "inode"), new(guest, "file")
    inode.i_nlink, inode.i_mapping = 1, inode.i_data.address()
    file.f_inode, file.f_count, file.f_mapping = inode.address(), 1, inode.i_mapping
    file.f_flags = flags
    file.f_mode = (flags + 1) & (_READ | _WRITE) | _LSEEK | _PREAD | _PWRITE
    return {"inode": inode.address(), "file": file.address(), "dentries": [], "owners": [], "functions": []}


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
    "own": ownfiles.read,
    "value": debugfiles.read,
    "sysctl": sysctlfiles.read,
    "disk": disks.read,
}
"""What reads each kind of files that need no `struct file`."""
_WRITERS: dict[str, Callable[[Guest, int, int, bytes], int]] = {
    "sys": attributes.store,
    "bin": attributes.write_bytes,
    "own": ownfiles.write,
    "value": debugfiles.write,
    "sysctl": sysctlfiles.write,
    "disk": disks.write,
}


def read(guest: Guest, key: Key) -> int:
    """Read a whole file into the table `answer`; return 0 or a negative errno."""
    reader = _READERS.get(key[0])
    if reader is not None:
        return reader(guest, *key[1:])
    file = OpenFile(guest)
    error = file.open(key)
    if error < 0:
        return _refused(guest, error)
    result = _read_all(guest, file)
    file.close()
    return result


def _refused(guest: Guest, error: int) -> int:
    """Note that a file was not even opened; return the error."""
    guest.table("answer")["refused"] = 1
    return error


def _read_all(guest: Guest, file: OpenFile) -> int:
    content, result = b"", 1
    while result > 0:
        result, part = file.do("read", _CHUNK_PAGES * PAGE)
        content += part
        guest.bounded(len(content))
    guest.table("answer")["data"] = content
    if content and guest.interrupted:
        guest.interrupted, result = False, 0  # what was read before the wait has been printed by then
    return result


def write(guest: Guest, key: Key, data: bytes) -> int:
    """Write to a file that is opened and closed for it, as a shell does; return 0 or a negative errno."""
    writer = _WRITERS.get(key[0])
    if writer is not None:
        return writer(guest, *key[1:], data)
    file = OpenFile(guest, O_WRONLY | _FOR_WRITING)
    error = file.open(key)
    if error < 0:
        return _refused(guest, error)
    result = _write_all(file, data)
    file.close()
    return result


def _write_all(file: OpenFile, data: bytes) -> int:
    """Write all of the data, however little is taken at once; return 0 or a negative errno."""
    done = 0
    while done < len(data):
        result = file.do("write", data[done:])[0]
        if result <= 0:
            return result or -EIO
        done += result
    return 0

"""The machine's files as a mounted file system: what programs do with them is asked of whoever keeps the machine.

Linux knows a file by the node that its name was answered with. A device has two kinds of them: who wants to know what
it is gets that of a device, and who opens it one that looks like a regular file, because Linux would open a driver of
its own for a device. Each one who opens it gets another one: Linux lets those take turns that write by the same.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modtools.light import NamedTuple
from modtools.link.memory import Fault
from modtools.linuxerrno import EACCES, EINTR, EINVAL, EIO, ENODEV, ENOENT, ENOTTY, EOPNOTSUPP, EPERM
from modtools.place import Place
from modtools.shell import fuse, memory
from modtools.shell.answering import Answering
from modtools.shell.catching import Catching, let_go_on
from modtools.shell.client import Client, Who
from modtools.shell.fuse import Attributes, Op, Request
from modtools.shell.keeper import DONE, KILLED
from modtools.shell.nodes import Nodes
from modtools.shell.restarting import RESTARTS, Interrupted
from modtools.shell.tree import Stat

_OF_OPENING = os.O_ACCMODE | os.O_APPEND | os.O_NONBLOCK | os.O_TRUNC | os.O_SYNC | os.O_NOATIME
_UNTOLD = os.O_CREAT | os.O_EXCL | os.O_NOCTTY
"""Flags that a driver sees and FUSE does not tell."""
_LATER = os.O_APPEND | os.O_NONBLOCK
"""Flags that a program may change of an open file."""
_O_ASYNC = 0o20000
_READS, _SIZE_SHIFT, _SIZE_MASK = 2 << 30, 16, 0x3FFF
"""What the number of a request says: that the driver writes, and how many bytes (`_IOC_READ`, `_IOC_SIZE`)."""
_THREADS = 512
"""How many system calls may wait at once."""
_READY = 0x145
"""POLLIN, POLLOUT, POLLRDNORM and POLLWRNORM: what there is of a file that is always ready."""
_PROC = "/proc/"
_SEEKABLE, _FLUSHES = 1, 2
"""What is told of a file that has been opened (`emulate.files.systemcalls`)."""
_MINOR_LOW, _MINOR_BITS = 0xFF, 8
_REFUSED: dict[int, int] = {
    Op.RMDIR: EPERM,
    Op.RENAME: EPERM,
    Op.RENAME2: EPERM,
}


@dataclass
class File:
    """A file that a program has open: of a module's code by its number in the kernel, any other with its text."""

    path: str
    who: Who
    flags: int
    number: int = -1
    text: bytes | None = None
    position: int = 0
    told_by: int = 0
    is_async: bool = False
    flushes: bool = False
    entries: list[bytes] = field(default_factory=list)


class Machine:
    """The operations of the file system. Errors are the machine's errno; who is killed by its kernel, is killed."""

    def __init__(self, place: Place, host: Path, device: int, *, realtime: bool) -> None:
        self._caught = False  # whether lseek(2) and others are caught
        self.listeners: set[int] = set()
        self._nodes = Nodes()
        self._files: dict[int, File] = {}
        self._handles = itertools.count(1)
        now = time.time_ns()
        self._time = now // 10**9, now % 10**9
        self._polled: dict[int, int] = {}
        self._answering = Answering(device, self._operations(), _REFUSED, _THREADS)
        self._client = Client(place, host, self._woken, realtime=realtime)

    def serve(self) -> None:
        """Answer until the file system is unmounted."""
        self._answering.run()

    def catch(self, listener: int, mount: Path) -> None:
        """Decide on the system calls that a filter catches, as long as there is a program that it is for."""
        self._caught = True
        self.listeners.add(listener)
        Catching(self, listener, mount.stat().st_dev).run()
        self.listeners.discard(listener)
        os.close(listener)

    def _operations(self) -> dict[int, Callable[[Request], bytes]]:
        return {
            Op.INIT: lambda request: fuse.init_out(request.body),
            Op.DESTROY: lambda _: b"",
            Op.STATFS: lambda _: fuse.STATFS_OUT,
            Op.LOOKUP: self._lookup,
            Op.FORGET: self._forget,
            Op.BATCH_FORGET: self._forget,
            Op.GETATTR: self._getattr,
            Op.SETATTR: self._setattr,
            Op.READLINK: lambda request: self._ask(request, "target", self._path(request)).encode(*_TEXT),
            Op.OPENDIR: self._opendir,
            Op.READDIR: self._readdir,
            Op.RELEASEDIR: self._releasedir,
            Op.OPEN: self._open,
            Op.READ: self._read,
            Op.WRITE: self._write,
            Op.LSEEK: self._lseek,
            Op.IOCTL: self._ioctl,
            Op.POLL: self._poll,
            Op.FSYNC: self._fsync,
            Op.FALLOCATE: self._fallocate,
            Op.FLUSH: self._flush,
            Op.RELEASE: self._release,
            Op.UNLINK: self._unlink,
            Op.CREATE: lambda request: self._refuse(request, EACCES),
            Op.MKDIR: lambda request: self._refuse(request, EPERM),
            Op.LINK: lambda request: self._refuse(request, EPERM),
            Op.MKNOD: self._mknod,
            Op.SYMLINK: self._symlink,
        }

    # What there is.

    def _path(self, request: Request) -> str:
        return self._nodes[request.node].path

    def _inside(self, request: Request, name: str) -> str:
        return f"{self._path(request).rstrip('/')}/{name}"

    def _attributes(self, path: str, found: Stat) -> Attributes:
        major, minor = found.device
        rdev = minor & _MINOR_LOW | major << _MINOR_BITS | (minor & ~_MINOR_LOW) << (20 - _MINOR_BITS)
        return Attributes(found.mode, found.size, found.user, found.group, rdev, _number(path), self._time)

    def _lookup(self, request: Request) -> bytes:
        return self._entry(request, self._inside(request, fuse.names(request.body)[0]))

    def _entry(self, request: Request, path: str) -> bytes:
        found = self._attributes(path, Stat(*self._ask(request, "stat", path)))
        opened = _is_device(found.mode) and memory.Program(request.pid).opens()
        if opened:
            self._nodes.devices[found.number] = found
            found = _regular(found)
        return fuse.entry_out(self._nodes.answer(path, found, opened=opened), found)

    def _forget(self, request: Request) -> bytes:
        for number, times in fuse.forgotten(request):
            self._nodes.forget(number, times)
        return b""

    def _getattr(self, request: Request) -> bytes:
        node, handle = self._nodes[request.node], fuse.file_of_getattr(request.body)
        try:
            found = self._attributes(node.path, Stat(*self._ask(request, "stat", node.path)))
            node.attributes = _regular(found) if node.opened else found
        except OSError:
            if not node.opened:  # which is there as long as it is open
                raise
        file = None if handle is None else self._files.get(handle)
        return fuse.attr_out(node.attributes if file is None else self._sized(request, file, node.attributes))

    def _sized(self, request: Request, file: File, found: Attributes) -> Attributes:
        """Return the size with which Linux comes to the place that a driver gives for an lseek(2) from the end."""
        offset = memory.Program(request.pid).seeks_end() if file.number >= 0 else None
        if offset is None:
            return found
        file.position = int(self._call(request, file, file.position, file.flags, "seek", offset, os.SEEK_END)[0])
        return found._replace(size=file.position - offset)

    def _opendir(self, request: Request) -> bytes:
        names, folder = self._ask(request, "names", self._path(request)), self._path(request).rstrip("/")
        paths = [(".", folder or "/"), ("..", os.path.dirname(folder) or "/")]  # noqa: PTH120 - a text
        paths += ((name, f"{folder}/{name}") for name in names)
        entries = [
            fuse.dirent(place, _number(path), name.encode(*_TEXT), 0) for place, (name, path) in enumerate(paths, 1)
        ]
        return fuse.open_out(self._remember(File(folder, _who(request), 0, entries=entries)))

    def _readdir(self, request: Request) -> bytes:
        wanted = fuse.folder_in(request.body)
        return fuse.page(self._files[wanted.handle].entries, wanted)

    def _releasedir(self, request: Request) -> bytes:
        del self._files[fuse.handle_in(request.body)]
        return b""

    # What is done with files.

    def _remember(self, file: File) -> int:
        handle = next(self._handles)
        self._files[handle] = file
        return handle

    def _open(self, request: Request) -> bytes:
        flags, path = fuse.open_flags(request.body) & _OF_OPENING, self._path(request)
        flags |= memory.Program(request.pid).flags() & _UNTOLD
        number, [told] = self._ask(request, "open", path, flags) or (-1, [_SEEKABLE])
        handle = self._remember(File(path, _who(request), flags & _LATER, number, flushes=bool(told & _FLUSHES)))
        kind = 0 if told & _SEEKABLE else fuse.OPEN_NONSEEKABLE
        kind = fuse.OPEN_STREAM if self._caught and self._nodes[request.node].opened else kind
        return fuse.open_out(handle, fuse.OPEN_DIRECT_IO | kind)

    def _read(self, request: Request) -> bytes:
        wanted = fuse.read_in(request.body)
        file = self._files[wanted.handle]
        if file.number < 0:
            return self._read_text(request, file, wanted.size, wanted.offset)
        if not wanted.how & fuse.READ_BY_CALL:  # memory that is mapped, which a driver would have to give
            raise OSError(EIO, "")
        program = memory.Program(request.pid)
        at = program.buffer(wanted.size)
        words = "read", wanted.size, at
        count, data = self._transfer(request, file, wanted, *words)
        return program.read(at, count) if at and not data else data

    def _read_text(self, request: Request, file: File, size: int, offset: int) -> bytes:
        if file.text is None or offset == 0:
            text = self._ask(request, "look", file.path)
            file.text = self._ask(request, "text", file.path) if text is None else text
        assert file.text is not None
        return file.text[offset : offset + size]

    def _write(self, request: Request) -> bytes:
        wanted = fuse.read_in(request.body)
        file, data = self._files[wanted.handle], request.body[fuse.WRITE_IN_SIZE :][: wanted.size]
        if file.number < 0:
            self._ask(request, "store", file.path, data)
            return fuse.written(len(data))
        done = int(self._transfer(request, file, wanted, "write", data)[0])
        return fuse.written(done)

    def _transfer(self, request: Request, file: File, wanted: fuse.ReadIn, *words: Any) -> tuple[int, bytes]:
        """Read or write where the driver is, unless the program says where. An lseek(2) that moves it is caught; where
        none can be, it is known by the place for which Linux asks, which with O_APPEND is that of a regular file.
        """
        if self._caught:
            return self._call(request, file, file.position, wanted.flags, *words, memory.Program(request.pid).place())
        offset = file.position if words[0] == "write" and file.flags & os.O_APPEND else wanted.offset
        count, data = self._call(request, file, offset, wanted.flags, *words)
        file.position = offset + count
        return count, data

    def _lseek(self, request: Request) -> bytes:
        handle, offset, whence = fuse.lseek_in(request.body)
        file = self._files[handle]
        if file.number < 0:
            raise OSError(EINVAL, "")
        file.position = int(self._call(request, file, file.position, file.flags, "seek", offset, whence)[0])
        return fuse.lseek_out(file.position)

    def _ioctl(self, request: Request) -> bytes:
        wanted = fuse.ioctl_in(request.body)
        if wanted.request == fuse.WHICH and _is_own(request.pid):
            return fuse.which_out(wanted.handle)
        file = self._files[wanted.handle]
        if file.number < 0:
            raise OSError(ENOTTY, "")
        program, what = memory.Program(request.pid), wanted.request
        result = int(self._call(request, file, file.position, file.flags, "ioctl", what, wanted.argument)[0])
        data = b""
        if what & _READS and wanted.argument:  # Linux puts this much into the program's memory itself
            with suppress(Fault):
                data = program.read(wanted.argument, min(what >> _SIZE_SHIFT & _SIZE_MASK, wanted.size_out))
        return fuse.ioctl_out(result, data)

    def _poll(self, request: Request) -> bytes:
        wanted = fuse.poll_in(request.body)
        file, watch = self._files[wanted.handle], bool(wanted.flags & fuse.POLL_NOTIFY)
        if file.number < 0:
            return fuse.poll_out(_READY & wanted.events)
        if watch:
            self._polled[file.number] = wanted.told_by  # before the driver can tell
        events, _ = self._call(request, file, file.position, file.flags, "poll", wanted.events, watch)
        return fuse.poll_out(int(events))

    def _woken(self, numbers: Iterable[int]) -> None:
        """Have those poll again who poll files of which a driver has told."""
        for number in numbers:
            told_by = self._polled.pop(number, None)
            if told_by is not None:
                self._answering.notify_poll(told_by)

    def _fsync(self, request: Request) -> bytes:
        if self._files[fuse.handle_in(request.body)].number >= 0:
            raise OSError(EINVAL, "")
        return b""

    def _fallocate(self, request: Request) -> bytes:
        raise OSError(ENODEV if self._files[fuse.handle_in(request.body)].number >= 0 else EOPNOTSUPP, "")

    def _flush(self, request: Request) -> bytes:
        file = self._files[fuse.handle_in(request.body)]
        if file.number >= 0 and not _is_own(request.pid):
            file.who = _who(request)  # who closes it last, which is not told when it is released
            if file.flushes:  # else a command that has the machine would wait for itself
                self._call(request, file, file.position, file.flags, "flush")
        return b""

    def _release(self, request: Request) -> bytes:
        file = self._files.pop(fuse.handle_in(request.body))
        if file.number >= 0:
            self._polled.pop(file.number, None)
            if file.is_async:
                self._call(request, file, file.position, file.flags, "fasync", -1, False)
            self._call(request, file, file.position, file.flags, "release")
        return b""

    # What FUSE does not tell, and is caught.

    def device_of(self, number: int) -> Attributes | None:
        return self._nodes.devices.get(number)

    def is_device(self, handle: int) -> bool:
        return self._files[handle].number >= 0

    def is_async(self, handle: int) -> bool:
        return self._files[handle].is_async

    def seek(self, request: Request, handle: int, offset: int, whence: int) -> int:
        file = self._files[handle]
        return int(self._call(request, file, file.position, file.flags, "seek", offset, whence)[0])

    def read_at(self, request: Request, handle: int, size: int, address: int, place: int) -> int:
        file = self._files[handle]
        return int(self._call(request, file, file.position, file.flags, "read", size, address, place)[0])

    def write_at(self, request: Request, handle: int, data: bytes, place: int) -> int:
        file = self._files[handle]
        return int(self._call(request, file, file.position, file.flags, "write", data, place)[0])

    def mmap(self, request: Request, handle: int) -> int:
        file = self._files[handle]
        return int(self._call(request, file, file.position, file.flags, "mmap")[0])

    def ioctl(self, request: Request, handle: int, number: int, argument: int) -> int:
        file = self._files[handle]
        return int(self._call(request, file, file.position, file.flags, "ioctl", number, argument)[0])

    def set_flags(self, request: Request, handle: int, number: int, flags: int) -> None:
        file = self._files[handle]
        if bool(flags & _O_ASYNC) != file.is_async:
            self._call(request, file, file.position, file.flags, "fasync", number, not file.is_async)
            file.is_async = not file.is_async
        file.flags = flags & _LATER
        self._call(request, file, file.position, file.flags, "flags", file.flags)

    def set_owner(self, request: Request, handle: int, owner: tuple[int, int, int]) -> None:
        file = self._files[handle]
        self._call(request, file, file.position, file.flags, "owner", *owner)

    # How it is done.

    def _call(self, request: Request, file: File, offset: int, flags: int, what: str, *words: Any) -> tuple[int, bytes]:
        """Make a system call on an open file of a module's at this place in it; return its result and bytes."""
        steps: list[tuple[Any, ...]] = [(what, *words)]
        if offset != file.position:
            steps.insert(0, ("seek", offset, os.SEEK_SET))
        if flags & _LATER != file.flags:
            file.flags = flags & _LATER
            steps.insert(0, ("flags", file.flags))
        number, data = self._ask(request, "call", file.path, file.number, *steps, who=file.who)
        return number, data

    def _ask(self, request: Request, what: str, path: str, *words: Any, who: Who | None = None) -> Any:
        """Ask for something for the program that calls, or where Linux does not tell it, for another one."""
        caller = _who(request)
        how, value = self._client.ask(request, caller if request.pid or who is None else who, what, path, *words)
        if how == DONE:
            return value
        if how == KILLED:
            with suppress(ProcessLookupError):
                os.kill(request.pid, value)
            value = EINTR
        raise Interrupted(value) if value in RESTARTS else OSError(value, "")

    # What programs do with the files themselves.

    def _setattr(self, request: Request) -> bytes:
        path, wanted = self._path(request), fuse.set_in(request.body)
        if wanted.valid & fuse.SET_SIZE and self._nodes[request.node].opened:
            raise OSError(EINVAL, "")
        if wanted.valid & fuse.SET_MODE:
            self._ask(request, "change_mode", path, stat.S_IMODE(wanted.mode))
        if wanted.valid & (fuse.SET_USER | fuse.SET_GROUP):
            user = wanted.user if wanted.valid & fuse.SET_USER else None
            group = wanted.group if wanted.valid & fuse.SET_GROUP else None
            self._ask(request, "change_owner", path, user, group)
        return self._getattr(Request(request.op, 0, request.node, request.uid, request.pid, bytes(16), request.gid))

    def _refuse(self, request: Request, error: int) -> bytes:
        """Make nothing. In /proc nothing can be named that is not there."""
        raise OSError(ENOENT if self._is_in_proc(request) else error, "")

    def _is_in_proc(self, request: Request) -> bool:
        return f"{self._path(request)}/".startswith(_PROC)

    def _unlink(self, request: Request) -> bytes:
        self._ask(request, "remove", self._inside(request, fuse.names(request.body)[0]))
        return b""

    def _mknod(self, request: Request) -> bytes:
        mode, number, name = fuse.mknod_in(request.body)
        if not stat.S_ISCHR(mode) or self._is_in_proc(request):
            self._refuse(request, EPERM)
        path = self._inside(request, name)
        self._ask(request, "make_node", path, os.major(number), os.minor(number), stat.S_IMODE(mode))
        return self._entry(request, path)

    def _symlink(self, request: Request) -> bytes:
        name, target = fuse.names(request.body)
        if self._is_in_proc(request):
            self._refuse(request, EPERM)
        path = self._inside(request, name)
        self._ask(request, "make_node", path, 0, 0, 0o644, target)
        return self._entry(request, path)


_TEXT = "utf-8", "surrogateescape"


def _who(request: Request) -> Who:
    """Return the number of the thread that calls, its user and its group."""
    return request.pid, request.uid, request.gid


def _is_own(thread: int) -> bool:
    """Return whether a thread is one of this process."""
    return Path(f"/proc/self/task/{thread}").exists()


def _number(path: str) -> int:
    """Return the st_ino of a path, which is always the same."""
    return int.from_bytes(hashlib.blake2b(path.encode(*_TEXT), digest_size=6).digest(), "big")


def _is_device(mode: int) -> bool:
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def _regular(found: Attributes) -> Attributes:
    return found._replace(mode=stat.S_IFREG | stat.S_IMODE(found.mode), rdev=0)


class Ends(NamedTuple):
    """What who serves has of the shells: a descriptor of /dev/fuse and where that is mounted, a pipe of which they have
    the other end open, and a socket by which they send what tells of the calls that their filters catch.
    """

    device: int
    mount: Path
    shells: int
    filters: socket.socket


def serve(place: Place, host: Path, ends: Ends, *, realtime: bool) -> None:
    """Serve what is mounted until it is unmounted, or until there is no shell."""
    machine = Machine(place, host, ends.device, realtime=realtime)
    threading.Thread(target=_end_after, args=(ends.shells, machine), daemon=True).start()
    threading.Thread(target=_take_filters, args=(machine, ends), daemon=True).start()
    machine.serve()


def _take_filters(machine: Machine, ends: Ends) -> None:
    while True:
        with suppress(OSError):
            shell, _ = ends.filters.accept()
            with shell:
                _, found, *_ = socket.recv_fds(shell, 1, 1)
                for listener in found:
                    threading.Thread(target=machine.catch, args=(listener, ends.mount), daemon=True).start()
                    shell.send(b"!")


def _end_after(shells: int, machine: Machine) -> None:
    """End when there is no shell any more. For programs that go on without it, a process of their own lets go on what
    filters catch, as long as there are any.
    """
    os.read(shells, 1)
    if machine.listeners and os.fork() == 0:
        for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - many wait for the end of who has them
            if number not in machine.listeners:
                with suppress(OSError):
                    os.close(number)
        os.setsid()
        left = [threading.Thread(target=let_go_on, args=(listener,)) for listener in machine.listeners]
        for thread in left:
            thread.start()
        for thread in left:
            thread.join()
    os._exit(0)

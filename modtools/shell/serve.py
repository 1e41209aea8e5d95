"""The machine's files as a mounted file system: what programs do with them is asked of whoever keeps the machine.

Each thread here waits for one program. FUSE tells of a signal to a program that waits, and the program's pending ones
are read from its /proc.
"""

# ruff: noqa: ARG002 - the operations are called with what FUSE says

from __future__ import annotations

import ctypes
import os
import re
import stat
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import mfusepy

from modtools.link.memory import Fault
from modtools.linuxerrno import EACCES, EINTR, EIO, ENOTTY, EPERM
from modtools.place import Place
from modtools.shell import memory
from modtools.shell.client import Client
from modtools.shell.keeper import DONE, KILLED

_OF_OPENING = os.O_ACCMODE | os.O_APPEND | os.O_NONBLOCK | os.O_TRUNC
_LATER = os.O_APPEND | os.O_NONBLOCK
"""Flags that a program may change of an open file."""
_READS, _SIZE_SHIFT, _SIZE_MASK = 2 << 30, 16, 0x3FFF
"""What the number of a request says: that the driver writes, and how many bytes (`_IOC_READ`, `_IOC_SIZE`)."""
_THREADS = 512
"""How many system calls may wait at once."""
_NOT_REMEMBERED = {"entry_timeout": 0, "negative_timeout": 0, "attr_timeout": 0}
"""Files come and go with modules, of which FUSE is not told."""
_AS_IT_IS = (-1, 0xFFFFFFFF)
"""The user or group that chown(2) leaves as it is."""
_ATTRIBUTES = ("st_mode", "st_size", "st_uid", "st_gid")
_READY = 0x145
"""POLLIN, POLLOUT, POLLRDNORM and POLLWRNORM: what there is of a file that is always ready."""
_SIGINT = 1 << 1
_SETS = ("SigPnd", "ShdPnd", "SigBlk")
"""The signals that a thread has got, that its program has got, and that it does not want now (proc_pid_status(5))."""
Who = tuple[int, int, int]


class File:
    """A file that a program has open: of a module's code by its number in the kernel, any other with its text."""

    def __init__(self, path: str, who: Who, flags: int, number: int = -1) -> None:
        self.path, self.who, self.flags, self.number = path, who, flags, number
        self.text: bytes | None = None
        self.position = 0


class Machine(mfusepy.Operations):  # type: ignore[misc]  # mfusepy is not typed for mypy's strictest
    """The operations of the file system. Errors are the machine's errno; who is killed by its kernel, is killed."""

    use_ns = True

    def __init__(self, place: Place, host: Path, *, realtime: bool) -> None:
        self._lock = threading.Lock()
        self._files: dict[int, File] = {}
        self._next = 1
        self._times = dict.fromkeys(("st_atime", "st_mtime", "st_ctime"), time.time_ns())
        self._handles: dict[int, int] = {}
        self._client = Client(place, host, self._woken, realtime=realtime)

    # What there is.

    def getattr(self, path: str, info: Any = None) -> dict[str, int]:
        found = self._ask("stat", path)
        links = 2 if stat.S_ISDIR(found[0]) else 1
        size = {} if info is None else self._size(self._files[info.fh])
        return dict(zip(_ATTRIBUTES, found, strict=True)) | {"st_nlink": links} | self._times | size

    def _size(self, file: File) -> dict[str, int]:
        """Return the size with which FUSE comes to the place that a driver gives for an lseek(2) from the end."""
        offset = memory.Program(mfusepy.fuse_get_context()[2]).seeks_end() if file.number >= 0 else None
        if offset is None:
            return {}
        file.position = int(self._call(file, file.position, file.flags, "seek", offset, os.SEEK_END)[0])
        return {"st_size": file.position - offset}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *self._ask("names", path)]

    def readlink(self, path: str) -> str:
        return str(self._ask("target", path))

    # What is done with files.

    def open(self, path: str, info: Any) -> int:
        flags, who = info.flags & _OF_OPENING, _who()
        number, seekable = self._ask("open", path, flags) or (-1, b"\1")
        with self._lock:
            info.fh, self._next = self._next, self._next + 1
            self._files[info.fh] = File(path, who, flags & _LATER, number)
        info.direct_io, info.nonseekable = 1, int(seekable == b"\0")
        return 0

    def read(self, path: str, size: int, offset: int, info: Any) -> bytes:
        file = self._files[info.fh]
        if file.number < 0:
            return self._read_text(file, size, offset)
        if not info.lock_owner:  # not read(2): memory that is mapped, which a driver would have to give
            raise mfusepy.FuseOSError(EIO)
        program = memory.Program(mfusepy.fuse_get_context()[2])
        at = program.buffer(size)
        count, data = self._call(file, offset, info.flags, "read", size, at)
        if at and not data:
            data = program.read(at, count)
        file.position = offset + len(data)
        return bytes(data)

    def _read_text(self, file: File, size: int, offset: int) -> bytes:
        if file.text is None or offset == 0:
            text = self._ask("look", file.path)
            file.text = self._ask("text", file.path) if text is None else text
        assert file.text is not None
        return file.text[offset : offset + size]

    def write(self, path: str, data: bytes, offset: int, info: Any) -> int:
        file = self._files[info.fh]
        if file.number < 0:
            self._ask("store", file.path, data)
            return len(data)
        if file.flags & os.O_APPEND:
            offset = file.position  # the position that FUSE gives is that of a regular file
        done = int(self._call(file, offset, info.flags, "write", data)[0])
        file.position = offset + done
        return done

    def truncate(self, path: str, length: int, fh: object = None) -> int:
        return 0

    def ioctl(self, path: str, request: int, argument: int | None, info: Any, flags: int, data: int | None) -> int:
        file = self._files[info.fh]
        if file.number < 0:
            raise mfusepy.FuseOSError(ENOTTY)
        program = memory.Program(mfusepy.fuse_get_context()[2])
        result = int(self._call(file, file.position, file.flags, "ioctl", request, argument or 0)[0])
        size = request >> _SIZE_SHIFT & _SIZE_MASK
        if data and request & _READS and argument:  # FUSE puts this much into the program's memory itself
            with suppress(Fault):
                ctypes.memmove(data, program.read(argument, size), size)
        return result

    def poll(self, path: str, info: Any, handle: int | None, events: Any) -> int:
        file = self._files[info.fh]
        if file.number < 0:
            self._destroy(handle)
            events[0] = _READY & info.poll_events
            return 0
        if handle:
            with self._lock:  # before the driver can tell
                old, self._handles[file.number] = self._handles.get(file.number), handle
            self._destroy(old)
        events[0] = self._call(file, file.position, file.flags, "poll", info.poll_events, bool(handle))[0]
        return 0

    def _woken(self, numbers: Iterable[int]) -> None:
        """Have those poll again who poll files of which a driver has told."""
        for number in numbers:
            with self._lock:
                handle = self._handles.pop(number, None)
            if handle:
                mfusepy._libfuse.fuse_notify_poll(ctypes.c_void_p(handle))
                self._destroy(handle)

    def _destroy(self, handle: int | None) -> None:
        if handle:
            mfusepy._libfuse.fuse_pollhandle_destroy(ctypes.c_void_p(handle))

    def flush(self, path: str, info: Any) -> int:
        file = self._files[info.fh]
        if file.number >= 0:
            file.who = _who()  # who closes it last, which is not told when it is released
            self._call(file, file.position, file.flags, "flush")
        return 0

    def release(self, path: str, info: Any) -> int:
        file = self._files.pop(info.fh)
        if file.number >= 0:
            with self._lock:
                handle = self._handles.pop(file.number, None)
            self._destroy(handle)
            self._call(file, file.position, file.flags, "release")
        return 0

    # How it is done.

    def _call(self, file: File, offset: int, flags: int, what: str, *words: Any) -> tuple[int, bytes]:
        """Make a system call on an open file of a module's at this place in it; return its result and bytes."""
        steps: list[tuple[Any, ...]] = [(what, *words)]
        if offset != file.position:
            steps.insert(0, ("seek", offset, os.SEEK_SET))
        if flags & _LATER != file.flags:
            file.flags = flags & _LATER
            steps.insert(0, ("flags", file.flags))
        number, data = self._ask("call", file.path, file.number, *steps, who=file.who)
        return number, data

    def _ask(self, what: str, path: str, *words: Any, who: Who | None = None) -> Any:
        """Ask for something for the program that calls, or where FUSE does not tell it, for another one."""
        caller = _who()
        caller = caller if caller[0] or who is None else who
        how, value = self._client.ask(what, caller, path, *words, signals=lambda: _signals(caller[0]))
        if how == DONE:
            return value
        if how == KILLED:
            with suppress(ProcessLookupError):
                os.kill(caller[0], value)
            value = EINTR
        raise mfusepy.FuseOSError(value)

    # What programs do with the files themselves.

    def chmod(self, path: str, mode: int) -> None:
        self._ask("change_mode", path, mode)

    def chown(self, path: str, user: int, group: int) -> None:
        self._ask("change_owner", path, *(None if number in _AS_IT_IS else number for number in (user, group)))

    def unlink(self, path: str) -> None:
        self._ask("remove", path)

    def mknod(self, path: str, mode: int, number: int) -> None:
        if not stat.S_ISCHR(mode):
            raise mfusepy.FuseOSError(EPERM)
        self._ask("make_node", path, os.major(number), os.minor(number), stat.S_IMODE(mode))

    def symlink(self, path: str, target: str) -> None:
        self._ask("make_node", path, 0, 0, 0o644, target)

    def utimens(self, path: str, times: object = None) -> int:
        return 0

    def create(self, *_call: object) -> int:
        raise mfusepy.FuseOSError(EACCES)

    def mkdir(self, *_call: object) -> int:
        raise mfusepy.FuseOSError(EPERM)

    link = rmdir = rename = mkdir


def _who() -> Who:
    """Return the number of the thread that calls, its user and its group."""
    user, group, thread = mfusepy.fuse_get_context()
    return thread, user, group


def _signals(thread: int) -> int:
    """Return which signals the program has got that waits for this thread, as a set: bit 0 for the first."""
    if not mfusepy._libfuse.fuse_interrupted():
        return 0
    found = 0
    with suppress(OSError):
        text = Path(f"/proc/{thread}/status").read_text("utf-8", "surrogateescape")
        sent, shared, blocked = (int(re.findall(rf"{name}:\t(\w+)", text)[0], 16) for name in _SETS)
        found = (sent | shared) & ~blocked
    return found or _SIGINT


def serve(place: Place, host: Path, device: int, shells: int, *, realtime: bool) -> None:
    """Serve what is mounted by a descriptor of /dev/fuse, until it is unmounted, or until no shell has the other end of
    a pipe open.
    """
    threading.Thread(target=_end_after, args=(shells,), daemon=True).start()
    mfusepy.FUSE(
        Machine(place, host, realtime=realtime),
        f"/dev/fd/{device}",
        foreground=True,
        raw_fi=True,
        max_threads=_THREADS,
        **_NOT_REMEMBERED,
    )


def _end_after(shells: int) -> None:
    os.read(shells, 1)
    os._exit(0)

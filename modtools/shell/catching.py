"""What becomes of the system calls that a filter catches (`filters`): those on a device are made in the machine.

FUSE would answer them by itself, as for a file: lseek(2), fstat(2) of what is open, sendfile(2) and splice(2), for
which there is nothing in a device because it has no size; ioctl(2), which it refuses where an address is expected and a
number is given, and which Linux itself answers for files where it asks for their blocks and bytes; what fcntl(2) says
of signals; and pread(2) and pwrite(2), which are not for streams. A device is opened as one, because who writes to a
file waits for who reads by the same descriptor. All others go on.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from modtools.integers import signed
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT, EINVAL
from modtools.shell import filters, fuse, memory
from modtools.shell.filters import F_GETFL, F_SETFL, F_SETOWN_EX, Notice
from modtools.shell.fuse import Attributes, Request
from modtools.shell.restarting import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable

_F_GETOWN_EX, _F_GETSIG = 16, 11
_O_ASYNC = 0o20000
_OWNER = struct.Struct("=ii")
_STAT = {
    "x86_64": ("=3Q4IQ3q6Q24x", "dev ino nlink mode uid gid zero rdev size blksize blocks"),
    "aarch64": ("=2Q4I2Qq2iq6Q8x", "dev ino mode nlink uid gid rdev zero size blksize zero blocks"),
}.get(os.uname().machine, ("", ""))
"""struct stat: `arch/x86/include/uapi/asm/stat.h`, `include/uapi/asm-generic/stat.h`; three times follow."""
_STATX, _STATX_TIME, _STATX_END = struct.Struct("=2IQ3I2H4Q"), struct.Struct("=qIi"), struct.Struct("=4I112x")
_STATX_BASIC = 0x7FF
"""struct statx and STATX_BASIC_STATS: `include/uapi/linux/stat.h`."""


class Files(Protocol):
    """Who serves the files. Each raises OSError, and Interrupted where Linux may have to make the call again."""

    def device_of(self, number: int) -> Attributes | None:
        """Return what the device is whose file has this st_ino."""

    def is_device(self, handle: int) -> bool:
        """Return whether a module's driver is behind an open file."""

    def is_async(self, handle: int) -> bool:
        """Return whether a program is to be told of an open file by a signal."""

    def seek(self, request: Request, handle: int, offset: int, whence: int) -> int:
        """Move the position of an open file; return the new one."""

    def read_at(self, request: Request, handle: int, size: int, address: int, place: int) -> int:
        """Read from a place into the memory of the program at an address; return how many bytes."""

    def write_at(self, request: Request, handle: int, data: bytes, place: int) -> int:
        """Write at a place; return how many bytes were taken."""

    def mmap(self, request: Request, handle: int) -> int:
        """Refuse to map a file, and say so in the kernel's log where its driver would."""

    def ioctl(self, request: Request, handle: int, number: int, argument: int) -> int:
        """Make a request of a driver; return what it returns."""

    def set_flags(self, request: Request, handle: int, number: int, flags: int) -> None:
        """Set the flags of an open file, by the number that a program has for it."""

    def set_owner(self, request: Request, handle: int, owner: tuple[int, int, int]) -> None:
        """Set who is to get signals from an open file: what kind of number, the number, the signal."""


class Catching:
    """Decides on the system calls that one filter catches, of programs that use the files of a mount."""

    def __init__(self, files: Files, listener: int, device: int) -> None:
        self._files, self._listener, self._device = files, listener, device

    def run(self) -> None:
        """Go on until no program is left that the filter is for."""
        with suppress(OSError):
            while True:
                notice = filters.receive(self._listener)
                found = self._own(notice)
                if found is None:
                    self._go_on(notice)
                else:
                    threading.Thread(target=self._decide, args=(notice, found), daemon=True).start()

    def _own(self, notice: Notice) -> os.stat_result | None:
        """Return what a call is about, if that is one of the machine's files."""
        try:
            found = os.stat(f"/proc/{notice.thread}/fd/{_descriptor(notice)}")  # noqa: PTH116 - there are many
        except OSError:
            return None
        return found if found.st_dev == self._device else None

    def _go_on(self, notice: Notice) -> None:
        with suppress(OSError):
            filters.go_on(self._listener, notice)

    def _decide(self, notice: Notice, found: os.stat_result) -> None:
        try:
            result = _CALLS[notice.call](self, notice, found)
        except Interrupted as ended:
            result = -ended.restart
        except OSError as error:
            result = -(error.errno or EINVAL)
        except Fault:
            result = -EFAULT
        except Exception as mistake:  # noqa: BLE001 - of pymod's own: the program goes on
            with suppress(OSError):
                traceback.print_exception(mistake)
            result = None
        if result is None:
            self._go_on(notice)
        else:
            with suppress(OSError):
                filters.answer(self._listener, notice, result)

    # Each returns what the call returns, None where it is to go on.

    def _fstat(self, notice: Notice, found: os.stat_result) -> int | None:
        device = self._files.device_of(found.st_ino)
        if device is None or not _STAT[0]:
            return None
        memory.Program(notice.thread).write(notice.arguments[1], _stat(found, device))
        return 0

    def _fstatat(self, notice: Notice, found: os.stat_result) -> int | None:
        device = self._files.device_of(found.st_ino)
        if device is None or not _STAT[0] or not self._is_empty(notice):
            return None
        memory.Program(notice.thread).write(notice.arguments[2], _stat(found, device))
        return 0

    def _statx(self, notice: Notice, found: os.stat_result) -> int | None:
        device = self._files.device_of(found.st_ino)
        if device is None or not self._is_empty(notice):
            return None
        memory.Program(notice.thread).write(notice.arguments[4], _statx(found, device))
        return 0

    def _is_empty(self, notice: Notice) -> bool:
        """Return whether a call names no file besides the one that is open."""
        path = notice.arguments[1]
        return not path or memory.Program(notice.thread).read(path, 1) == b"\0"

    def _send(self, _notice: Notice, _found: os.stat_result) -> int | None:
        return -EINVAL

    def _seek(self, notice: Notice, _found: os.stat_result) -> int | None:
        offset, whence = signed(notice.arguments[1]), notice.arguments[2]
        with self._file(notice) as (_, handle, request):
            if not self._files.is_device(handle):
                return None
            return self._files.seek(request, handle, offset, whence & 0xFFFFFFFF)

    def _read(self, notice: Notice, _found: os.stat_result) -> int | None:
        _, address, size, place = notice.arguments[:4]
        with self._file(notice) as (_, handle, request):
            if not self._files.is_device(handle):
                return None
            return self._files.read_at(request, handle, size, address, _placed(place))

    def _write(self, notice: Notice, _found: os.stat_result) -> int | None:
        _, address, size, place = notice.arguments[:4]
        with self._file(notice) as (_, handle, request):
            if not self._files.is_device(handle):
                return None
            data = memory.Program(notice.thread).read(address, min(size, fuse.MAX_WRITE))
            return self._files.write_at(request, handle, data, _placed(place))

    def _mmap(self, notice: Notice, _found: os.stat_result) -> int | None:
        with self._file(notice) as (_, handle, request):
            if not self._files.is_device(handle):
                return None
            return self._files.mmap(request, handle)

    def _ioctl(self, notice: Notice, _found: os.stat_result) -> int | None:
        with self._file(notice) as (_, handle, request):
            if not self._files.is_device(handle):
                return None
            return self._files.ioctl(request, handle, notice.arguments[1] & 0xFFFFFFFF, notice.arguments[2])

    def _fcntl(self, notice: Notice, _found: os.stat_result) -> int | None:
        what, argument = notice.arguments[1] & 0xFFFFFFFF, notice.arguments[2]
        with self._file(notice) as (descriptor, handle, request):
            if not self._files.is_device(handle):
                return None
            if what == F_GETFL:
                return fcntl.fcntl(descriptor, F_GETFL) | (_O_ASYNC if self._files.is_async(handle) else 0)
            if what == F_SETFL:
                self._files.set_flags(request, handle, _descriptor(notice), argument & 0xFFFFFFFF)
                fcntl.fcntl(descriptor, F_SETFL, argument & 0xFFFFFFFF)
                return 0
            if what == F_SETOWN_EX:
                owner: int | bytes = memory.Program(notice.thread).read(argument, _OWNER.size)
            else:
                owner = signed(argument, 32)
            fcntl.fcntl(descriptor, what, owner)
            kind, number = _OWNER.unpack(fcntl.fcntl(descriptor, _F_GETOWN_EX, bytes(_OWNER.size)))
            self._files.set_owner(request, handle, (kind, number, fcntl.fcntl(descriptor, _F_GETSIG)))
            return 0

    @contextmanager
    def _file(self, notice: Notice) -> Iterator[tuple[int, int, Request]]:
        """Have the file that a call is about open; give a descriptor, its handle and the request that the call is."""
        process, user, group = memory.owner(notice.thread)
        descriptor = filters.copy(process, _descriptor(notice))
        try:
            yield descriptor, fuse.handle_of(descriptor), self._request(notice, user, group)
        finally:
            os.close(descriptor)

    def _request(self, notice: Notice, user: int, group: int) -> Request:
        def signals() -> int:
            return memory.pending(notice.thread) if filters.waits(self._listener, notice) else memory.KILLED

        return Request(0, 0, 0, user, notice.thread, b"", group, signals=signals, interrupted=True)


def let_go_on(listener: int) -> None:
    """Let all go on that a filter catches, until no program is left that it is for."""
    with suppress(OSError):
        while True:
            notice = filters.receive(listener)
            with suppress(OSError):
                filters.go_on(listener, notice)


def _placed(place: int) -> int:
    """Return the place of a pread(2) or pwrite(2). Raises OSError."""
    if signed(place) < 0:
        raise OSError(EINVAL, "")
    return place


def _descriptor(notice: Notice) -> int:
    """Return the number of the file that a call is about; of the one that is read from, where there are two."""
    return notice.arguments[{"sendfile": 1, "mmap": 4}.get(notice.call, 0)] & 0xFFFFFFFF


def _numbers(found: os.stat_result, device: Attributes) -> dict[str, int]:
    given = {"dev": found.st_dev, "ino": found.st_ino, "nlink": found.st_nlink, "blksize": found.st_blksize}
    owner = {"uid": device.user, "gid": device.group, "rdev": device.rdev}
    return given | owner | {"mode": device.mode, "size": 0, "blocks": 0, "zero": 0}


def _stat(found: os.stat_result, device: Attributes) -> bytes:
    shape, names = _STAT
    numbers = _numbers(found, device)
    return struct.pack(shape, *(numbers[name] for name in names.split()), *device.time * 3)


def _statx(found: os.stat_result, device: Attributes) -> bytes:
    times = b"".join(_STATX_TIME.pack(*device.time, 0) if there else bytes(16) for there in (1, 0, 1, 1))
    owner = found.st_nlink, device.user, device.group
    first = _STATX.pack(_STATX_BASIC, found.st_blksize, 0, *owner, device.mode, 0, found.st_ino, 0, 0, 0)
    numbers = (os.major(device.rdev), os.minor(device.rdev), os.major(found.st_dev), os.minor(found.st_dev))
    return first + times + _STATX_END.pack(*numbers)


_CALLS: dict[str, Callable[[Catching, Notice, os.stat_result], int | None]] = {
    "fstat": Catching._fstat,
    "fstatat": Catching._fstatat,
    "statx": Catching._statx,
    "sendfile": Catching._send,
    "splice": Catching._send,
    "lseek": Catching._seek,
    "pread": Catching._read,
    "pwrite": Catching._write,
    "mmap": Catching._mmap,
    "ioctl": Catching._ioctl,
    "fcntl": Catching._fcntl,
}

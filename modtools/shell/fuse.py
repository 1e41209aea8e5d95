"""The messages of FUSE, by which Linux asks a process for the files of a mount.

From `include/uapi/linux/fuse.h` (version 7.31) and `Documentation/filesystems/fuse.rst`. One read of /dev/fuse gives
one request, one write is one reply or one notice, in the machine's byte order:

    request   u32 length, u32 opcode, u64 unique, u64 node, u32 uid, u32 gid, u32 pid, u16 extensions, u16 unused; body
    reply     u32 length, s32 error (0 or -errno), u64 unique (that of the request); body, only when error is 0
    notice    u32 length, s32 code, u64 0; body

    example   2c 00 00 00  01 00 00 00  04 00 00 00 00 00 00 00  01 00 00 00 00 00 00 00
              00 00 00 00  00 00 00 00  2a 00 00 00  00 00 00 00  73 79 73 00
              44 bytes, LOOKUP, request 4, in node 1, by uid 0, gid 0, pid 42: "sys"

A node is what a name was answered with. Where the answer says that it is not to be remembered, Linux asks for the name
each time, and may be answered with another node. It forgets each node as often as it was answered with it.
"""

from __future__ import annotations

import fcntl
import stat
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from modtools.light import NamedTuple

VERSION = (7, 31)
ROOT = 1
"""The node of the mounted folder itself."""

MAX_PAGES = 256
"""How many pages one READ or WRITE may have: what Linux allows."""
MAX_WRITE = MAX_PAGES * 4096
BUFFER = MAX_WRITE + 4096
"""Bytes to offer for one request: what a WRITE may carry, and what stands before it."""
OPEN_DIRECT_IO = 1
"""A file whose content Linux does not keep: each read(2) and write(2) is asked for."""
OPEN_NONSEEKABLE, OPEN_STREAM = 1 << 2, 1 << 4
"""A file that is not sought; and one for which Linux keeps no place besides, so that nobody waits for it."""
GETATTR_OF_FILE = 1
"""The bit of GETATTR for which a file is open."""
READ_BY_CALL = 1 << 1
"""The bit of READ that a read(2) has, unlike memory that is mapped (FUSE_READ_LOCKOWNER)."""
POLL_NOTIFY = 1
"""The bit of POLL that asks for a notice."""
SET_MODE, SET_USER, SET_GROUP, SET_SIZE = 1, 2, 4, 8
"""Which fields of SETATTR count."""
WHICH = 0x8008F600
"""The ioctl(2) by which who serves the files asks for the handle of a file that a program has open, a u64."""
_ATOMIC_O_TRUNC, _BIG_WRITES, _PARALLEL_DIROPS, _MAX_PAGES = 1 << 3, 1 << 5, 1 << 18, 1 << 22
_NOTIFY_POLL = 1


class Op(IntEnum):
    """What is asked for, by number (FUSE_LOOKUP and so on)."""

    LOOKUP = 1
    FORGET = 2
    GETATTR = 3
    SETATTR = 4
    READLINK = 5
    SYMLINK = 6
    MKNOD = 8
    MKDIR = 9
    UNLINK = 10
    RMDIR = 11
    RENAME = 12
    LINK = 13
    OPEN = 14
    READ = 15
    WRITE = 16
    STATFS = 17
    RELEASE = 18
    FSYNC = 20
    FLUSH = 25
    INIT = 26
    OPENDIR = 27
    READDIR = 28
    RELEASEDIR = 29
    CREATE = 35
    INTERRUPT = 36
    DESTROY = 38
    IOCTL = 39
    POLL = 40
    BATCH_FORGET = 42
    FALLOCATE = 43
    RENAME2 = 45
    LSEEK = 46


@dataclass
class Request:
    """One request: who asks for what, and the operation's own bytes. `pid` is the number of a thread, 0 where nobody
    asks, as for RELEASE. `interrupted` says that it waits and has got a signal, and `wake` is called then; `signals`
    tells which ones, where they are not those of the thread. `after` has the requests whose end it waits for.
    """

    op: int
    unique: int
    node: int
    uid: int
    pid: int
    body: bytes
    gid: int = 0
    interrupted: bool = False
    wake: Callable[[], object] = field(default=int)
    signals: Callable[[], int] | None = None
    after: Sequence[tuple[int, threading.Event]] = ()


class Attributes(NamedTuple):
    """What stat(2) shows: st_mode, bytes, owner, st_rdev, st_ino, and seconds and nanoseconds of all its times."""

    mode: int
    size: int = 0
    user: int = 0
    group: int = 0
    rdev: int = 0
    number: int = 0
    time: tuple[int, int] = (0, 0)


class ReadIn(NamedTuple):
    """The body of READ and READDIR; for WRITE, `size` bytes of data follow. `flags` are those of open(2)."""

    handle: int
    offset: int
    size: int
    how: int = 0
    flags: int = 0


class IoctlIn(NamedTuple):
    """The body of IOCTL; `size_out` is how many bytes Linux takes of what is answered."""

    handle: int
    request: int
    argument: int
    size_out: int


class PollIn(NamedTuple):
    """The body of POLL; `told_by` names what a notice is about."""

    handle: int
    told_by: int
    flags: int
    events: int


class SetIn(NamedTuple):
    """The body of SETATTR, as far as files here can be changed."""

    valid: int
    mode: int
    user: int
    group: int


_HEADER = struct.Struct("=IIQQIIIHH")
_REPLY = struct.Struct("=IiQ")
_INIT_IN = struct.Struct("=IIII")
_INIT_OUT = struct.Struct("=IIIIHHIIHHI28x")
_ATTR = struct.Struct("=6Q10I")
_ATTR_OUT = struct.Struct("=QII")
_ENTRY_OUT = struct.Struct("=QQQQII")
_OPEN_IN = struct.Struct("=II")
_OPEN_OUT = struct.Struct("=QII")
_READ_IN = struct.Struct("=QQIIQI")
_FOLDER_IN = struct.Struct("=QQI")
_IOCTL_IN = struct.Struct("=QIIQII")
_IOCTL_OUT = struct.Struct("=iIII")
_POLL_IN = struct.Struct("=QQII")
_SET_IN = struct.Struct("=I64xI4xII")
_GETATTR_IN = struct.Struct("=IIQ")
_LSEEK_IN = struct.Struct("=QQI")
_MKNOD_IN = struct.Struct("=IIII")
_FORGET = struct.Struct("=QQ")
_DIRENT = struct.Struct("=QQII")
_NUMBER = struct.Struct("=Q")

WRITE_IN_SIZE = 40
"""Length of the fixed part of a WRITE's body."""

STATFS_OUT = struct.pack("=5Q4I24x", 0, 0, 0, 0, 0, 4096, 255, 4096, 0)


def parse(message: bytes) -> Request:
    """Take one request apart; struct.error when it is shorter than its header."""
    _, op, unique, node, uid, gid, pid, *_ = _HEADER.unpack_from(message)
    return Request(op, unique, node, uid, pid, message[_HEADER.size :], gid)


def reply(unique: int, error: int = 0, body: bytes = b"") -> bytes:
    """The answer to a request: an errno, or 0 and the operation's own bytes."""
    return _REPLY.pack(_REPLY.size + len(body), -error, unique) + body


def poll_notice(told_by: int) -> bytes:
    """The notice that who polls is to poll again."""
    return _REPLY.pack(_REPLY.size + _NUMBER.size, _NOTIFY_POLL, 0) + _NUMBER.pack(told_by)


def init_out(body: bytes) -> bytes:
    """Agree on a version: ours, with the kernel's read-ahead, large writes, and O_TRUNC told by OPEN."""
    readahead = _INIT_IN.unpack_from(body)[2]
    features = _ATOMIC_O_TRUNC | _BIG_WRITES | _PARALLEL_DIROPS | _MAX_PAGES
    return _INIT_OUT.pack(*VERSION, readahead, features, 16, 12, MAX_WRITE, 1, MAX_PAGES, 0, 0)


def _attributes(found: Attributes) -> bytes:
    links = 2 if stat.S_ISDIR(found.mode) else 1
    seconds, nanoseconds = found.time
    times = (*(seconds,) * 3, *(nanoseconds,) * 3)
    owner = found.user, found.group
    return _ATTR.pack(found.number, found.size, 0, *times, found.mode, links, *owner, found.rdev, 4096, 0)


def attr_out(found: Attributes) -> bytes:
    """What stat shows; not to be remembered."""
    return _ATTR_OUT.pack(0, 0, 0) + _attributes(found)


def entry_out(node: int, found: Attributes) -> bytes:
    """A name that was looked up; not to be remembered either."""
    return _ENTRY_OUT.pack(node, 0, 0, 0, 0, 0) + _attributes(found)


def names(body: bytes) -> list[str]:
    """The names that a body has, or ends with."""
    return [_text(name) for name in body.split(b"\0")[:-1]]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def open_flags(body: bytes) -> int:
    """The O_ flags of OPEN."""
    return int(_OPEN_IN.unpack_from(body)[0])


def open_out(handle: int, flags: int = 0) -> bytes:
    """An open file's handle."""
    return _OPEN_OUT.pack(handle, flags, 0)


def read_in(body: bytes) -> ReadIn:
    """What a READ or WRITE is about."""
    handle, offset, size, how, _, flags = _READ_IN.unpack_from(body)
    return ReadIn(handle, offset, size, how, flags)


def folder_in(body: bytes) -> ReadIn:
    """What a READDIR is about."""
    return ReadIn(*_FOLDER_IN.unpack_from(body))


def handle_in(body: bytes) -> int:
    """The handle that the body of RELEASE, FLUSH or FSYNC begins with."""
    return int(_NUMBER.unpack_from(body)[0])


def written(size: int) -> bytes:
    """How many bytes a WRITE has taken."""
    return struct.pack("=II", size, 0)


def dirent(place: int, number: int, name: bytes, mode: int) -> bytes:
    """One entry of a folder; `place` is where reading goes on after it, `number` its st_ino."""
    entry = _DIRENT.pack(number, place, len(name), stat.S_IFMT(mode) >> 12) + name
    return entry + bytes(-len(entry) % 8)


def page(entries: list[bytes], wanted: ReadIn) -> bytes:
    """Those entries of a folder that one READDIR gives."""
    found = b""
    for entry in entries[wanted.offset :]:
        if len(found) + len(entry) > wanted.size:
            break
        found += entry
    return found


def file_of_getattr(body: bytes) -> int | None:
    """The handle of the file for which GETATTR asks, None if for none."""
    flags, _, handle = _GETATTR_IN.unpack_from(body)
    return int(handle) if flags & GETATTR_OF_FILE else None


def set_in(body: bytes) -> SetIn:
    """What a SETATTR is about."""
    valid, mode, user, group = _SET_IN.unpack_from(body)
    return SetIn(valid, mode, user, group)


def ioctl_in(body: bytes) -> IoctlIn:
    """What an IOCTL is about."""
    handle, _, request, argument, _, size_out = _IOCTL_IN.unpack_from(body)
    return IoctlIn(handle, request, argument, size_out)


def ioctl_out(result: int, data: bytes) -> bytes:
    """What an ioctl(2) returns, and what Linux puts into the program's memory."""
    return _IOCTL_OUT.pack(result, 0, 0, 0) + data


def poll_in(body: bytes) -> PollIn:
    """What a POLL is about."""
    return PollIn(*_POLL_IN.unpack_from(body))


def poll_out(events: int) -> bytes:
    """The events that there are now."""
    return struct.pack("=II", events, 0)


def lseek_in(body: bytes) -> tuple[int, int, int]:
    """Handle, offset and whence of an LSEEK, which is for SEEK_DATA and SEEK_HOLE only."""
    handle, offset, whence = _LSEEK_IN.unpack_from(body)
    return handle, offset, whence


def lseek_out(offset: int) -> bytes:
    """The place that was found."""
    return _NUMBER.pack(offset)


def mknod_in(body: bytes) -> tuple[int, int, str]:
    """The st_mode, the st_rdev and the name of a node to make."""
    mode, number, *_ = _MKNOD_IN.unpack_from(body)
    return mode, number, names(body[_MKNOD_IN.size :])[0]


def forgotten(request: Request) -> list[tuple[int, int]]:
    """The nodes that Linux forgets by FORGET or BATCH_FORGET, and how often."""
    if request.op == Op.FORGET:
        return [(request.node, _NUMBER.unpack_from(request.body)[0])]
    count = struct.unpack_from("=I", request.body)[0]
    return [_FORGET.unpack_from(request.body, 8 + number * _FORGET.size) for number in range(count)]


def handle_of(descriptor: int) -> int:
    """Return the handle of an open file that this process serves itself. Raises OSError."""
    found = bytearray(_NUMBER.size)
    fcntl.ioctl(descriptor, WHICH, found)
    return int(_NUMBER.unpack(found)[0])


def which_out(handle: int) -> bytes:
    """The answer to the request `WHICH`."""
    return ioctl_out(0, _NUMBER.pack(handle))


def interrupted(body: bytes) -> int:
    """Which request waits for something and has got a signal."""
    return int(_NUMBER.unpack_from(body)[0])

"""The messages of FUSE, as far as a small file system needs them.

From `include/uapi/linux/fuse.h` (version 7.31) and `Documentation/filesystems/fuse.rst`. One read of /dev/fuse gives
one request, one write is one reply, in the machine's byte order:

    request   u32 length, u32 opcode, u64 unique, u64 node, u32 uid, u32 gid, u32 pid, u16 extensions, u16 unused; body
    reply     u32 length, s32 error (0 or -errno), u64 unique (that of the request); body, only when error is 0

    example   2c 00 00 00  01 00 00 00  04 00 00 00 00 00 00 00  01 00 00 00 00 00 00 00
              00 00 00 00  00 00 00 00  2a 00 00 00  00 00 00 00  73 79 73 00
              44 bytes, LOOKUP, request 4, in node 1, by uid 0, gid 0, pid 42: "sys"
"""

from __future__ import annotations

import stat
import struct
from enum import IntEnum
from typing import NamedTuple

VERSION = (7, 31)
ROOT = 1
"""The node of the mounted folder itself."""

BUFFER = 1 << 17
"""Bytes to offer for one request; at least 8192 and what a WRITE may carry."""

MAX_WRITE = 1 << 16
BIG_WRITES = 1 << 5
OPEN_DIRECT_IO = 1
OPEN_NONSEEKABLE = 1 << 2


class Op(IntEnum):
    """Opcodes that are answered; all others get ENOSYS."""

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
    FLUSH = 25
    INIT = 26
    OPENDIR = 27
    READDIR = 28
    RELEASEDIR = 29
    CREATE = 35
    INTERRUPT = 36
    DESTROY = 38
    BATCH_FORGET = 42
    RENAME2 = 45


class Request(NamedTuple):
    """One request: who asks for what, and the operation's own bytes."""

    op: int
    unique: int
    node: int
    uid: int
    pid: int
    body: bytes


class ReadIn(NamedTuple):
    """The body of READ and READDIR; for WRITE, `size` bytes of data follow."""

    handle: int
    offset: int
    size: int


_HEADER = struct.Struct("=IIQQIIIHH")
_REPLY = struct.Struct("=IiQ")
_INIT_IN = struct.Struct("=IIII")
_INIT_OUT = struct.Struct("=IIIIHHIIHHI28x")
_ATTR = struct.Struct("=6Q10I")
_ATTR_OUT = struct.Struct("=QII")
_ENTRY_OUT = struct.Struct("=QQQQII")
_OPEN_IN = struct.Struct("=II")
_OPEN_OUT = struct.Struct("=QII")
_READ_IN = struct.Struct("=QQI")
_DIRENT = struct.Struct("=QQII")

WRITE_IN_SIZE = 40
"""Length of the fixed part of a WRITE's body."""

STATFS_OUT = struct.pack("=5Q4I24x", 0, 0, 0, 0, 0, 4096, 255, 4096, 0)


def parse(message: bytes) -> Request:
    """Take one request apart; struct.error when it is shorter than its header."""
    _, op, unique, node, uid, _, pid, *_ = _HEADER.unpack_from(message)
    return Request(op, unique, node, uid, pid, message[_HEADER.size :])


def reply(unique: int, error: int = 0, body: bytes = b"") -> bytes:
    """The answer to a request: an errno, or 0 and the operation's own bytes."""
    return _REPLY.pack(_REPLY.size + len(body), -error, unique) + body


def init_out(body: bytes) -> bytes:
    """Agree on a version: ours, with the kernel's read-ahead and no feature but writes above one page."""
    readahead = _INIT_IN.unpack_from(body)[2]
    return _INIT_OUT.pack(*VERSION, readahead, BIG_WRITES, 16, 12, MAX_WRITE, 1, 0, 0, 0)


def _attributes(node: int, mode: int, size: int) -> bytes:
    links = 2 if stat.S_ISDIR(mode) else 1
    return _ATTR.pack(node, size, 0, 0, 0, 0, 0, 0, 0, mode, links, 0, 0, 0, 4096, 0)


def attr_out(node: int, mode: int, size: int) -> bytes:
    """What stat shows of a file of root's; not to be remembered."""
    return _ATTR_OUT.pack(0, 0, 0) + _attributes(node, mode, size)


def entry_out(node: int, mode: int, size: int) -> bytes:
    """A name that was looked up; not to be remembered either."""
    return _ENTRY_OUT.pack(node, 0, 0, 0, 0, 0) + _attributes(node, mode, size)


def open_flags(body: bytes) -> int:
    """The O_ flags of OPEN."""
    return int(_OPEN_IN.unpack_from(body)[0])


def open_out(handle: int, flags: int = 0) -> bytes:
    """An open file's handle."""
    return _OPEN_OUT.pack(handle, flags, 0)


def read_in(body: bytes) -> ReadIn:
    """What a READ, READDIR or WRITE is about; RELEASE has the handle at the same place."""
    return ReadIn(*_READ_IN.unpack_from(body))


def dirent(number: int, name: bytes, mode: int) -> bytes:
    """One entry of a folder; `number` is where reading goes on after it."""
    kind = stat.S_IFMT(mode) >> 12
    entry = _DIRENT.pack(number, number, len(name), kind) + name
    return entry + bytes(-len(entry) % 8)

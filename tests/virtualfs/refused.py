"""Refuses a system call to this process and all that it starts, by a seccomp filter.

From `include/uapi/linux/seccomp.h`, `include/uapi/linux/filter.h`: instructions of 16 bits code, two jumps of 8,
32 bits.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_PR_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_SENDFILE = {"x86_64": 40, "aarch64": 71}


def refuse_sendfile() -> None:
    """Have sendfile(2) fail, so that programs read and write instead: it sends nothing into a pipe of a file of FUSE
    whose size is said to be 0, as in /proc.
    """
    number = _SENDFILE.get(platform.machine())
    if number is None:
        return
    rows = (
        (_LOAD, 0, 0, 0),
        (_JUMP_EQUAL, 0, 1, number),
        (_RETURN, 0, 0, _ERRNO | errno.EINVAL),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *row) for row in rows))
    program = struct.pack("<H6xQ", len(rows), ctypes.addressof(code))
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.c_char_p(program), 0, 0)

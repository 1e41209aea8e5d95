"""System calls of which a file system is not told: a filter has Linux ask a process what is to become of them.

From Linux: `Documentation/userspace-api/seccomp_filter.rst`, "Userspace Notification", seccomp(2), seccomp_unotify(2),
`include/uapi/linux/seccomp.h` (version 5.19), `include/uapi/linux/filter.h`. In the machine's byte order:

    notice    u64 number, u32 thread, u32 0; s32 system call, u32 processor, u64 address, 6 times u64 argument
    answer    u64 number, s64 result, s32 0 or -errno, u32 flags (1: let the system call go on)
    filter    steps of u16 code, u8 and u8 how many steps to leave out if so and if not, u32 value
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import struct
from collections.abc import Sequence

from modtools.light import NamedTuple
from modtools.shell.namespaces import libc


class _Numbers(NamedTuple):
    """What a processor is called in a notice, and the numbers of its system calls."""

    audit: int
    seccomp: int
    pidfd_getfd: int
    mmap: int
    ioctl: int
    fcntl: int
    lseek: int
    sendfile: int
    splice: int
    pread: int
    pwrite: int
    fstat: int
    fstatat: int
    statx: int


_CALLS = {
    "x86_64": _Numbers(0xC000003E, 317, 438, 9, 16, 72, 8, 40, 275, 17, 18, 5, 262, 332),
    "aarch64": _Numbers(0xC00000B7, 277, 438, 222, 29, 25, 62, 71, 76, 67, 68, 80, 79, 291),
}.get(os.uname().machine)
F_GETFL, F_SETFL, F_SETOWN, F_SETSIG, F_SETOWN_EX = 3, 4, 8, 10, 15
"""What of fcntl(2) is caught."""
AT_EMPTY_PATH, _MAP_SHARED = 0x1000, 1
_WRITES_OR_READS = 0xC0000000
"""The bits of the number of a request that say that its argument is an address (`_IOC_WRITE`, `_IOC_READ`)."""
_OF_FILES = (1, 2, 0x541B)
"""Requests that Linux answers for regular files and drivers for devices: FIBMAP, FIGETBSZ and FIONREAD."""
_SET_FILTER, _NEW_LISTENER, _SPEC_ALLOW, _WAIT_KILLABLE = 1, 1 << 3, 1 << 2, 1 << 5
_RECEIVE, _SEND, _IS_VALID, _GO_ON = 0xC0502100, 0xC0182101, 0x40082102, 1
_NOTIFY, _ALLOW = 0x7FC00000, 0x7FFF0000
_LOAD, _EQUAL, _BITS, _RETURN, _JUMP = 0x20, 0x15, 0x45, 0x06, 0x05
_NUMBER_AT, _AUDIT_AT, _ARGUMENTS_AT = 0, 4, 16
_STEP = struct.Struct("=HBBI")
_NOTICE = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")


class Notice(NamedTuple):
    """A system call that a thread makes, which waits for what is to become of it."""

    number: int
    thread: int
    call: str
    arguments: Sequence[int]


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return _STEP.pack(code, yes, no, value)


_LET_GO_ON = _step(_RETURN, _ALLOW)
_LOOK_ON = _step(_JUMP, 1)
"""Leaves out the step that catches the system call, which later steps may catch."""


def _caught(
    number: int, argument: int = 0, test: int = 0, values: Sequence[int] = (), *, else_: bytes = _LET_GO_ON
) -> bytes:
    """Return steps that catch a system call, where one of its arguments passes a test with one of these values; `else_`
    is a step for other values.
    """
    tests = [_step(_LOAD, _ARGUMENTS_AT + 8 * argument)] if values else []
    tests += [_step(test, value, yes=len(values) - place) for place, value in enumerate(values)]
    ends = [else_] if values else []
    ends.append(_step(_RETURN, _NOTIFY))
    rest = b"".join((*tests, *ends))
    return _step(_LOAD, _NUMBER_AT) + _step(_EQUAL, number, no=len(rest) // _STEP.size) + rest


def _program(calls: _Numbers) -> bytes:
    return b"".join(
        (
            _step(_LOAD, _AUDIT_AT),
            _step(_EQUAL, calls.audit, yes=1),
            _step(_RETURN, _ALLOW),
            *(_caught(number) for number in calls[calls._fields.index("lseek") : calls._fields.index("fstatat")]),
            _caught(calls.mmap, 3, _BITS, [_MAP_SHARED]),
            _caught(calls.fstatat, 3, _BITS, [AT_EMPTY_PATH]),
            _caught(calls.statx, 2, _BITS, [AT_EMPTY_PATH]),
            _caught(calls.ioctl, 1, _EQUAL, _OF_FILES, else_=_LOOK_ON),
            _caught(calls.ioctl, 1, _BITS, [_WRITES_OR_READS]),
            _caught(calls.fcntl, 1, _EQUAL, [F_GETFL, F_SETFL, F_SETOWN, F_SETSIG, F_SETOWN_EX]),
            _step(_RETURN, _ALLOW),
        )
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def install() -> int:
    """Catch system calls of this process and of those that it starts; return the descriptor by which one is told of
    them. Raises OSError where that cannot be.
    """
    if _CALLS is None:
        raise OSError(0, "the numbers of this processor's system calls are not known")
    _try_to_copy()
    steps = _program(_CALLS)
    program = _Program(len(steps) // _STEP.size, steps)
    for flags in (_WAIT_KILLABLE, 0):  # since 5.19
        found = _system_call(
            _CALLS.seccomp, _SET_FILTER, _NEW_LISTENER | _SPEC_ALLOW | flags, ctypes.addressof(program)
        )
        if found >= 0:
            return found
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _try_to_copy() -> None:
    """Do what is needed later, and what containers may forbid. Raises OSError."""
    own = os.open("/", os.O_RDONLY)
    try:
        os.close(copy(os.getpid(), own))
    finally:
        os.close(own)


def receive(listener: int) -> Notice:
    """Wait for a system call that is caught, and return it. Raises OSError when nobody is left who could make one."""
    assert _CALLS is not None
    notice = bytearray(_NOTICE.size)
    fcntl.ioctl(listener, _RECEIVE, notice)
    number, thread, _, call, _, _, *arguments = _NOTICE.unpack(notice)
    return Notice(number, thread, _CALLS._fields[_CALLS.index(call, 3)], arguments)


def go_on(listener: int, notice: Notice) -> None:
    """Let a system call go on. Raises OSError where it is gone."""
    fcntl.ioctl(listener, _SEND, _ANSWER.pack(notice.number, 0, 0, _GO_ON))


def answer(listener: int, notice: Notice, result: int) -> None:
    """Have a system call return a result, or a negative errno. Raises OSError where it is gone."""
    fcntl.ioctl(listener, _SEND, _ANSWER.pack(notice.number, max(result, 0), min(result, 0), 0))


def waits(listener: int, notice: Notice) -> bool:
    """Return whether somebody still waits for what is to become of a system call."""
    try:
        fcntl.ioctl(listener, _IS_VALID, struct.pack("=Q", notice.number))
    except OSError:
        return False
    return True


def copy(process: int, descriptor: int) -> int:
    """Return a descriptor of this process's for what a process has open. Raises OSError."""
    assert _CALLS is not None
    there = os.pidfd_open(process)
    try:
        found = _system_call(_CALLS.pidfd_getfd, there, descriptor, 0)
    finally:
        os.close(there)
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


def _system_call(number: int, *arguments: int) -> int:
    call = libc().syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *map(ctypes.c_long, arguments)))

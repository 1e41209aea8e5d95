"""Have a system call that a signal has ended be made again, as a driver says: FUSE can only have it fail with EINTR.

A driver returns ERESTARTSYS or one of its like, which Linux turns into EINTR, or into another system call where the
signal has no handler, or one with SA_RESTART (`arch/x86/kernel/signal.c: handle_signal()`). That decision is Linux's
here, too: the thread is stopped on its way back to its program (ptrace(2), PTRACE_SEIZE), and is given what the driver
has returned. Whoever is traced by another one already gets EINTR.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

from modtools.linuxerrno import EINTR
from modtools.shell.namespaces import libc

RESTARTS = range(512, 517)
"""What a driver returns whose wait a signal has ended (`include/linux/errno.h`)."""
_AGAIN = range(512, 515)
"""Those of which Linux needs to know nothing more."""
_SEIZE, _INTERRUPT, _GETREGS, _SETREGS, _DETACH = 0x4206, 0x4207, 12, 13, 17
_WALL = 0x40000000
_REGISTERS, _RESULT, _NUMBER = 27, 10, 15
"""struct user_regs_struct of x86-64: how many there are, and where rax and orig_rax stand."""


class Interrupted(OSError):
    """A system call has ended by a signal; `restart` is what the driver has returned."""

    def __init__(self, restart: int) -> None:
        super().__init__(EINTR, "")
        self.restart = restart


@contextmanager
def given_back(thread: int, restart: int) -> Iterator[None]:
    """While EINTR is answered to a thread, see to it that it has what the driver has returned instead."""
    known = os.uname().machine == "x86_64" and restart in _AGAIN
    traced = known and _trace(_SEIZE, thread) and _trace(_INTERRUPT, thread)
    try:
        yield
    finally:
        if traced:
            _put(thread, restart)


def _put(thread: int, restart: int) -> None:
    try:
        _, status = os.waitpid(thread, _WALL)
    except OSError:
        return
    if not os.WIFSTOPPED(status):
        return
    registers = (ctypes.c_int64 * _REGISTERS)()
    at = ctypes.addressof(registers)
    if _trace(_GETREGS, thread, at) and registers[_RESULT] == -EINTR and registers[_NUMBER] >= 0:
        registers[_RESULT] = -restart
        _trace(_SETREGS, thread, at)
    _trace(_DETACH, thread, 0 if status >> 16 else os.WSTOPSIG(status))


def _trace(request: int, thread: int, data: int = 0) -> bool:
    call = libc().ptrace
    call.restype = ctypes.c_long
    return not call(ctypes.c_long(request), ctypes.c_long(thread), ctypes.c_void_p(0), ctypes.c_void_p(data))

"""arch/x86/lib/putuser.S: Writing one value to a program's memory."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.cpu.x86_64.names import RAX, RCX
from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.lib import getuser
from modtools.emulate.symbols.registry import function
from modtools.integers import MASK64
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT


def _put(size: int, *, checked: bool) -> Callable[[Guest], int]:
    """Make a handler that writes RAX to the pointer in RCX, where the error goes; RAX stays."""

    def put_user(guest: Guest) -> int:
        value = guest.frame[RAX]
        try:
            getuser.check(guest.frame[RCX], size if checked else 0)
            guest.memory.put(guest.frame[RCX], value, size)
            guest.frame[RCX] = 0
        except Fault:
            guest.frame[RCX] = -EFAULT & MASK64
        return value

    return put_user


function("u64 __put_user_1(void)")(_put(1, checked=True))
function("u64 __put_user_nocheck_1(void)")(_put(1, checked=False))
function("u64 __put_user_2(void)")(_put(2, checked=True))
function("u64 __put_user_nocheck_2(void)")(_put(2, checked=False))
function("u64 __put_user_4(void)")(_put(4, checked=True))
function("u64 __put_user_nocheck_4(void)")(_put(4, checked=False))
function("u64 __put_user_8(void)")(_put(8, checked=True))
function("u64 __put_user_nocheck_8(void)")(_put(8, checked=False))

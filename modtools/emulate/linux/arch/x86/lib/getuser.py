"""arch/x86/lib/getuser.S: Reading one value from a program's memory.

An address that is not there, or not the program's, gives -EFAULT.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.cpu.x86_64.names import RAX, RDX
from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT


def check(address: int, size: int) -> None:
    """Raise Fault for bytes that are not the program's; none are checked for a size of 0."""
    if size and not accessible(address, size):
        raise Fault(address)


def _get(size: int, *, checked: bool) -> Callable[[Guest], int]:
    """Make a handler that reads at the pointer in RAX: the value goes to RDX, the error to RAX."""

    def get_user(guest: Guest) -> int:
        try:
            check(guest.frame[RAX], size if checked else 0)
            guest.frame[RDX] = int.from_bytes(guest.memory.read(guest.frame[RAX], size), "little")
        except Fault:
            guest.frame[RDX] = 0
            return -EFAULT
        return 0

    return get_user


function("int __get_user_1(void)")(_get(1, checked=True))
function("int __get_user_nocheck_1(void)")(_get(1, checked=False))
function("int __get_user_2(void)")(_get(2, checked=True))
function("int __get_user_nocheck_2(void)")(_get(2, checked=False))
function("int __get_user_4(void)")(_get(4, checked=True))
function("int __get_user_nocheck_4(void)")(_get(4, checked=False))
function("int __get_user_8(void)")(_get(8, checked=True))
function("int __get_user_nocheck_8(void)")(_get(8, checked=False))

"""lib/usercopy.c: Copying between the kernel's memory and a program's."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault


def copy(guest: Guest, to: int, source: int, size: int) -> int:
    """Copy bytes and return how many could not be copied; those before them are."""
    done = guest.bounded(size)
    while done:
        try:
            guest.memory.write(to, guest.memory.read(source, done))
        except Fault as fault:
            done = max(fault.address - at if at <= fault.address < at + done else 0 for at in (to, source))
        else:
            break
    return size - done


@function("unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)")
def from_user(guest: Guest, to: int, source: int, size: int) -> int:
    """Copy bytes from the user; return how many could not be copied, which are zero in the kernel's memory."""
    left = copy(guest, to, source, size) if accessible(source, size) else size
    if left:
        guest.memory.write(to + size - left, bytes(guest.bounded(left)))
    return left


@function("unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)")
def to_user(guest: Guest, to: int, source: int, size: int) -> int:
    """Copy bytes to the user; return how many could not be copied."""
    return copy(guest, to, source, size) if accessible(to, size) else size

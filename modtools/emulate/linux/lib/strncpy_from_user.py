"""lib/strncpy_from_user.c: Copying a text from a program's memory."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT


@function("long strncpy_from_user(char *dst, const char __user *src, long count)")
def strncpy_from_user(guest: Guest, to: int, source: int, limit: int) -> int:
    """Copy a text from the user; return its length without the NUL, `count` if there is none within, or -EFAULT."""
    if not accessible(source, 1):
        return -EFAULT
    try:
        text = guest.memory.text(source, guest.bounded(limit))
        guest.memory.write(to, (text + b"\0")[:limit])
    except Fault:
        return -EFAULT
    return len(text)

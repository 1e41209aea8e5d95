"""lib/strnlen_user.c: The length of a text in a program's memory."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault


@function("long strnlen_user(const char __user *str, long n)")
def strnlen_user(guest: Guest, text: int, limit: int) -> int:
    """Return the length of the user's text with its NUL, more than `n` if there is none within; 0 for a bad address."""
    if not accessible(text, 1):
        return 0
    try:
        return len(guest.memory.text(text, limit)) + 1
    except Fault:
        return 0

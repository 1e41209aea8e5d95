"""lib/ratelimit.c: Limits on how often a message is printed."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import WARNING

_ON_RELEASE = 1
"""RATELIMIT_MSG_ON_RELEASE: who has the state tells what was held back."""


@function("int ___ratelimit(struct ratelimit_state *rs, const char *func)")
def ratelimit(guest: Guest, state: int, func: int) -> bool:
    """Return whether one more message may be logged; log how many were suppressed before, when an interval is over."""
    row = view(guest, "ratelimit_state", state)
    if not row.interval:
        return True
    now, begin, printed, missed = guest.jiffies, row.begin or guest.jiffies, row.printed, row.missed
    if now - begin > row.interval:
        if not row.flags & _ON_RELEASE:
            if missed:
                guest.printk(WARNING, f"{guest.text(func)}: {missed} callbacks suppressed")
            missed = 0
        begin, printed = now, 0
    allowed = bool(row.burst) and row.burst > printed
    row.begin, row.printed, row.missed = begin, printed + allowed, missed + (not allowed)
    return allowed

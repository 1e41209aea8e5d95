"""kernel/capability.c: Capabilities, of which root has all."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

_USER = 2
"""Where the `ids` of a program's task have its user (`callers`)."""


@function(
    "bool capable(int cap)",
    "bool ns_capable(struct user_namespace *ns, int cap)",
    "bool ns_capable_noaudit(struct user_namespace *ns, int cap)",
)
def capable(guest: Guest, *_capability: int) -> bool:
    """Return whether the current task is root's, who has every capability: all are but those of some programs."""
    ids = guest.scheduler.tasks.get(guest.scheduler.current, {}).get("ids")
    return not ids or not ids[_USER]

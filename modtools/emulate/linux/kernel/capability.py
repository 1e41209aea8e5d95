"""kernel/capability.c: Capabilities, of which root has all."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool capable(int cap)", "bool ns_capable_noaudit(struct user_namespace *ns, int cap)")
def capable(_guest: Guest, *_capability: int) -> bool:
    """Return true: code runs as root, with every capability."""
    return True

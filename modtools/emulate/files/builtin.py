"""What the machine's module tree says of the kernel proper: the aliases of what is compiled in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.errors import KernelError


def has(guest: Guest, alias: str) -> bool | None:
    """Return whether something that is compiled in has this alias; None where the tree does not tell of any."""
    userspace = guest.kernel.userspace
    try:
        told = userspace and userspace.read(f"/lib/modules/{guest.kernel.identity.release}/modules.builtin.modinfo")
    except KernelError:
        told = None
    if not told:
        return None
    wanted = f"alias={alias}".encode("utf-8", "surrogateescape")
    return any(entry.partition(b".")[2] == wanted for entry in told.split(b"\0"))

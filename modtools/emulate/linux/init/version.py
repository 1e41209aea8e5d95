"""init/version.c: The names that `uname` tells."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import view


@variable("init_uts_ns", "uts_namespace")
def init_uts_ns(guest: Guest, address: int) -> None:
    """Fill in the names of the kernel and the machine that `uname` tells."""
    identity = guest.kernel.identity
    name = view(guest, "uts_namespace", address).name
    version = "#" + identity.version.partition(" #")[2].strip()
    words = {"sysname": "Linux", "nodename": "pymod", "release": identity.release, "version": version}
    for field, text in (words | {"machine": identity.machine, "domainname": "(none)"}).items():
        guest.memory.write(name.address(field), text.encode("utf-8", "surrogateescape")[:64])

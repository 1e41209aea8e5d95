"""net/netfilter/nfnetlink.c: Who answers netfilter's messages of netlink, where that is built in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY

_ID = 8
"""Where a `struct nfnetlink_subsystem` has its number, behind its name."""


def _subsystem(guest: Guest, address: int) -> int:
    return guest.memory.u8(address + _ID)


function("int nfnetlink_subsys_register(const struct nfnetlink_subsystem *n)")(
    registrations.registering("nfnetlink", _subsystem, taken=EBUSY)
)
function("int nfnetlink_subsys_unregister(const struct nfnetlink_subsystem *n)")(
    registrations.unregistering("nfnetlink", _subsystem)
)


@function("void nfnl_lock(__u8 subsys_id)")
def nfnl_lock(guest: Guest, subsystem: int) -> None:
    """Take the lock of a subsystem, and wait while it is held."""
    held = guest.table("nfnl_locks")
    guest.wait_until(lambda: subsystem not in held)
    held[subsystem] = 1


@function("void nfnl_unlock(__u8 subsys_id)")
def nfnl_unlock(guest: Guest, subsystem: int) -> None:
    """Release the lock of a subsystem."""
    guest.table("nfnl_locks").pop(subsystem, None)

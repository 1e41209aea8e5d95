"""arch/x86/kernel/nmi.c: Handlers of interrupts that cannot be masked, none of which ever comes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("int __register_nmi_handler(unsigned int type, struct nmiaction *action)")
def register_nmi_handler(guest: Guest, kind: int, address: int) -> int:
    """Note a handler; return 0. What the kernel would warn of stops the run."""
    action = view(guest, "nmiaction", address)
    if not action.handler or not listhead.empty(guest, action.list.address()):
        raise Needs("the warning of __register_nmi_handler()")
    guest.table("nmi")[address] = kind
    return 0


@function("void unregister_nmi_handler(unsigned int type, const char *name)")
def unregister_nmi_handler(guest: Guest, kind: int, name: int) -> None:
    """Forget the first handler with this type and name."""
    table, wanted = guest.table("nmi"), guest.text(name)
    for address, other in table.items():
        if other == kind and guest.text(view(guest, "nmiaction", address).name) == wanted:
            del table[address]
            return

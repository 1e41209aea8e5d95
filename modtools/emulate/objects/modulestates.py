"""Who is told of modules that come, are live, and go: `register_module_notifier()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import chains
from modtools.emulate.symbols.structs import view
from modtools.kernel.modules import ModuleState

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_STATES = {ModuleState.LIVE: 0, ModuleState.COMING: 1, ModuleState.GOING: 2}
"""`enum module_state`, which is the event, too."""
CHAIN = "module"


def set_state(guest: Guest, address: int, state: ModuleState) -> None:
    """Set the state in a `struct module`."""
    view(guest, "module", address).state = _STATES[state]


def anybody_listens(guest: Guest) -> bool:
    """Return whether anybody wants to be told of modules."""
    return CHAIN in guest.table("notifier_heads") and bool(guest.memory.u64(chains.head_of(guest, CHAIN)))


def tell(guest: Guest, address: int, state: ModuleState) -> int:
    """Tell of a module's state; return the error of one who refuses a module that comes, or 0."""
    head, event = chains.head_of(guest, CHAIN), _STATES[state]
    if state is not ModuleState.COMING:
        chains.call(guest, head, event, address)
        return 0
    return chains.as_errno(chains.call_robust(guest, head, (event, _STATES[ModuleState.GOING]), address))

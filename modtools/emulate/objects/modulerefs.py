"""References on modules: who has one keeps the module from being removed.

From Linux 6.1: `kernel/module/main.c: try_module_get(), module_put()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.kernel.modules import ModuleState

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def get(guest: Guest, address: int) -> bool:
    """Take a reference by the address of a `struct module`, unless the module is going; return whether it was taken.
    NULL stands for the kernel, which is always there.
    """
    module = guest.module_at(address)
    if module is None or module.state is ModuleState.GOING:
        return address == 0
    module.refcount += 1
    return True


def put(guest: Guest, address: int) -> None:
    """Give a reference back; NULL is ignored."""
    module = guest.module_at(address)
    if module is not None:
        module.refcount -= 1

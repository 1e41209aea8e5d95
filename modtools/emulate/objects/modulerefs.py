"""References on modules: who has one keeps the module from being removed.

From Linux 6.1: `kernel/module/main.c: try_module_get(), module_put()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.kernel.modules import NO_REFERENCE, LoadedModule, ModuleState

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def get(guest: Guest, address: int) -> bool:
    """Take a reference by the address of a `struct module`, unless the module is going; return whether it was taken.
    NULL stands for the kernel, which is always there.
    """
    module = guest.module_at(address)
    return address == 0 if module is None else take(module)


def take(module: LoadedModule) -> bool:
    """Take a reference, unless the module is going or has none left; return whether it was taken."""
    if module.state is ModuleState.GOING or module.refcount == NO_REFERENCE:
        return False
    module.refcount += 1
    return True


def put(guest: Guest, address: int) -> None:
    """Give a reference back, or warn that there is none; NULL is ignored."""
    module = guest.module_at(address)
    if module is not None:
        give_back(guest, module)


def give_back(guest: Guest, module: LoadedModule) -> None:
    """Give a reference back, or warn that there is none."""
    if module.refcount == NO_REFERENCE:
        report_kernel_warning(guest, "module_put")
    else:
        module.refcount -= 1

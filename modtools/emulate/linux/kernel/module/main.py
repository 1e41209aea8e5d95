"""kernel/module/main.c: References on modules and on symbols of theirs, and who is told of modules."""

from __future__ import annotations

from modtools.emulate.cpu.oops import kernel_bug
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.objects import modulerefs, modulestates
from modtools.emulate.stops import TaskExit
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import preemption
from modtools.kernel.log import WARNING
from modtools.kernel.module.resolve import find
from modtools.kernel.modules import NO_REFERENCE, ModuleState


@function("void __module_put_and_kthread_exit(struct module *mod, long code)")
def module_put_and_kthread_exit(guest: Guest, module: int, code: int) -> None:
    """Drop a reference on a module and end the current thread with a result."""
    module_put(guest, module)
    raise TaskExit(code)


@function("bool try_module_get(struct module *module)")
def try_module_get(guest: Guest, address: int) -> bool:
    """Take a reference unless the module is being removed; return whether it was taken. NULL stands for the kernel,
    which is always there.
    """
    return modulerefs.get(guest, address)


@function("void __module_get(struct module *module)")
def module_get(guest: Guest, address: int) -> None:
    """Take a reference on a module on which the caller has one already; NULL is ignored."""
    module = guest.module_at(address)
    if module is not None:
        module.refcount += 1


@function("void module_put(struct module *module)")
def module_put(guest: Guest, address: int) -> None:
    """Give a reference on a module back, or warn that there is none; NULL is ignored."""
    modulerefs.put(guest, address)


@function("int module_refcount(struct module *module)")
def module_refcount(guest: Guest, address: int) -> int:
    """Return the number of references without the loader's own; -1 for what is no module, or one that is going."""
    module = guest.module_at(address)
    return NO_REFERENCE if module is None else module.refcount


@function("void *__symbol_get(const char *symbol)")
def symbol_get(guest: Guest, symbol: int) -> int:
    """Return the address of a symbol exported to GPL modules only and take a reference on its module; 0 if there is
    none, or one that is exported to all, which is logged.
    """
    found = find(guest.kernel, guest.text(symbol))
    if found is None:
        return 0
    exported, owner = found
    if not exported.gpl:
        guest.printk(WARNING, f"failing symbol_get of non-GPLONLY symbol {exported.name}.")
        return 0
    if owner is None:
        return guest.address_of(exported.name)
    return (exported.address or 0) if owner.state is ModuleState.LIVE and modulerefs.take(owner) else 0


@function("void __symbol_put(const char *symbol)")
def symbol_put(guest: Guest, symbol: int) -> None:
    """Give back the reference that `__symbol_get()` took, by the symbol's name; stop with BUG() for an unknown one."""
    found = find(guest.kernel, guest.text(symbol))
    if found is None:
        preemption.add(guest, 1)
        raise guest.die(kernel_bug(guest, "__symbol_put"))
    if found[1] is not None:
        modulerefs.give_back(guest, found[1])


@function("void symbol_put_addr(void *addr)")
def symbol_put_addr(guest: Guest, address: int) -> None:
    """Give back the reference that `__symbol_get()` took, by an address in the module."""
    module_put(guest, address)


function("int register_module_notifier(struct notifier_block *nb)")(notifier.registering(modulestates.CHAIN))
function("int unregister_module_notifier(struct notifier_block *nb)")(notifier.unregistering(modulestates.CHAIN))

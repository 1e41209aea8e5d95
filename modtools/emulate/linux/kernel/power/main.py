"""kernel/power/main.c: Notifiers of suspending, and the folder /sys/power."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.registry import function, variable


@variable("power_kobj", 8)
def power_kobj(guest: Guest, address: int) -> None:
    """Hold the kobject of /sys/power."""
    kobjects.store_root(guest, address, "power_kobj")


function("int register_pm_notifier(struct notifier_block *nb)")(notifier.registering("pm"))
function("int unregister_pm_notifier(struct notifier_block *nb)")(notifier.unregistering("pm"))

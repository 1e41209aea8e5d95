"""drivers/cpufreq/cpufreq.c: Governors of the processor's frequency."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EBUSY

_NAME_LENGTH = 16


def _name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "cpufreq_governor", address).address("name"), _NAME_LENGTH)


function("int cpufreq_register_governor(struct cpufreq_governor *governor)")(
    registering("governors", _name, taken=EBUSY)
)
function("void cpufreq_unregister_governor(struct cpufreq_governor *governor)")(unregistering("governors", _name))


@function("const char *cpufreq_get_current_driver(void)")
def cpufreq_get_current_driver(_guest: Guest) -> int:
    """Return NULL: there is no cpufreq driver."""
    return 0

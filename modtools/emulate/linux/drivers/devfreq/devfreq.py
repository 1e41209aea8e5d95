"""drivers/devfreq/devfreq.c: Governors of devices' frequencies."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EINVAL

function("int devfreq_add_governor(struct devfreq_governor *governor)")(registering("devfreq governors", taken=EINVAL))
function("int devfreq_remove_governor(struct devfreq_governor *governor)")(
    unregistering("devfreq governors", absent=EINVAL)
)

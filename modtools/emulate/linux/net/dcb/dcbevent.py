"""net/dcb/dcbevent.c: Notifiers of data center bridging."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int register_dcbevent_notifier(struct notifier_block *nb)")(registering("dcb events"))
function("int unregister_dcbevent_notifier(struct notifier_block *nb)")(unregistering("dcb events", absent=ENOENT))

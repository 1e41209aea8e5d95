"""net/dcb/dcbevent.c: Who is told of data center bridging."""

from __future__ import annotations

from modtools.emulate.objects.registrations import enter, leave
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int register_dcbevent_notifier(struct notifier_block *nb)")(enter("dcb events"))
function("int unregister_dcbevent_notifier(struct notifier_block *nb)")(leave("dcb events", absent=ENOENT))

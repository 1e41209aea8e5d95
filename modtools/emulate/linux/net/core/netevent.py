"""net/core/netevent.c: Notifiers of events of the network."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_netevent_notifier(struct notifier_block *nb)")(notifier.registering("netevent"))
function("int unregister_netevent_notifier(struct notifier_block *nb)")(notifier.unregistering("netevent"))

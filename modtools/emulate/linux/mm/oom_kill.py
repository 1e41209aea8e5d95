"""mm/oom_kill.c: Notifiers of memory that runs out, which it does not."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_oom_notifier(struct notifier_block *nb)")(notifier.registering("oom"))
function("int unregister_oom_notifier(struct notifier_block *nb)")(notifier.unregistering("oom"))

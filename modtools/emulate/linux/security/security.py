"""security/security.c: Notifiers of security policies."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_blocking_lsm_notifier(struct notifier_block *nb)")(notifier.registering("lsm"))
function("int unregister_blocking_lsm_notifier(struct notifier_block *nb)")(notifier.unregistering("lsm"))

"""net/switchdev/switchdev.c: Notifiers of switches."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_switchdev_notifier(struct notifier_block *nb)")(notifier.registering("switchdev"))
function("int unregister_switchdev_notifier(struct notifier_block *nb)")(notifier.unregistering("switchdev"))
function("int register_switchdev_blocking_notifier(struct notifier_block *nb)")(
    notifier.registering("switchdev_blocking")
)
function("int unregister_switchdev_blocking_notifier(struct notifier_block *nb)")(
    notifier.unregistering("switchdev_blocking")
)

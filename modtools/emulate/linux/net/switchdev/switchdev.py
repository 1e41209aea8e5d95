"""net/switchdev/switchdev.c: Who is told of switches."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_switchdev_notifier(struct notifier_block *nb)")(notifier.kernel("switchdev", notifier.insert))
function("int unregister_switchdev_notifier(struct notifier_block *nb)")(notifier.kernel("switchdev", notifier.remove))
function("int register_switchdev_blocking_notifier(struct notifier_block *nb)")(
    notifier.kernel("switchdev_blocking", notifier.insert)
)
function("int unregister_switchdev_blocking_notifier(struct notifier_block *nb)")(
    notifier.kernel("switchdev_blocking", notifier.remove)
)

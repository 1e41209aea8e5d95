"""kernel/reboot.c: Notifiers and handlers of restarts."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_reboot_notifier(struct notifier_block *nb)")(notifier.registering("reboot"))
function("int unregister_reboot_notifier(struct notifier_block *nb)")(notifier.unregistering("reboot"))
function("int register_restart_handler(struct notifier_block *nb)")(notifier.registering("restart"))
function("int unregister_restart_handler(struct notifier_block *nb)")(notifier.unregistering("restart"))

"""drivers/tty/vt/keyboard.c: Notifiers of keys."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_keyboard_notifier(struct notifier_block *nb)")(notifier.registering("keyboard"))
function("int unregister_keyboard_notifier(struct notifier_block *nb)")(notifier.unregistering("keyboard"))

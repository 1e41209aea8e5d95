"""arch/x86/kernel/cpu/mce/core.c: Notifiers that decode machine checks."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("void mce_register_decode_chain(struct notifier_block *nb)")(notifier.registering("mce"))
function("void mce_unregister_decode_chain(struct notifier_block *nb)")(notifier.unregistering("mce"))

"""drivers/base/memory.c: Memory that comes and goes, which it does not."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_memory_notifier(struct notifier_block *nb)")(notifier.registering("memory"))
function("void unregister_memory_notifier(struct notifier_block *nb)")(notifier.unregistering("memory"))

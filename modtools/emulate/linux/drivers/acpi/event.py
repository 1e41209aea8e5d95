"""drivers/acpi/event.c: Events of ACPI: who is told."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_acpi_notifier(struct notifier_block *nb)")(notifier.registering("acpi"))
function("int unregister_acpi_notifier(struct notifier_block *nb)")(notifier.unregistering("acpi"))

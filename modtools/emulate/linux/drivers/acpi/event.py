"""drivers/acpi/event.c: Notifiers of ACPI's events."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_acpi_notifier(struct notifier_block *nb)")(notifier.registering("acpi"))
function("int unregister_acpi_notifier(struct notifier_block *nb)")(notifier.unregistering("acpi"))

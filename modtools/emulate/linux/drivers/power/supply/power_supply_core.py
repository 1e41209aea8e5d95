"""drivers/power/supply/power_supply_core.c: Notifiers of power supplies."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int power_supply_reg_notifier(struct notifier_block *nb)")(notifier.registering("power_supply"))
function("void power_supply_unreg_notifier(struct notifier_block *nb)")(notifier.unregistering("power_supply"))

"""drivers/power/supply/power_supply_core.c: Who is told of power supplies."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int power_supply_reg_notifier(struct notifier_block *nb)")(notifier.kernel("power_supply", notifier.insert))
function("void power_supply_unreg_notifier(struct notifier_block *nb)")(
    notifier.kernel("power_supply", notifier.remove)
)

"""net/ipv4/devinet.c: Notifiers of IPv4's addresses."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_inetaddr_notifier(struct notifier_block *nb)")(notifier.registering("inetaddr"))
function("int unregister_inetaddr_notifier(struct notifier_block *nb)")(notifier.unregistering("inetaddr"))
function("int register_inetaddr_validator_notifier(struct notifier_block *nb)")(
    notifier.registering("inetaddr_validator")
)
function("int unregister_inetaddr_validator_notifier(struct notifier_block *nb)")(
    notifier.unregistering("inetaddr_validator")
)

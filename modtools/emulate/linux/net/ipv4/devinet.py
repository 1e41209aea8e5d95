"""net/ipv4/devinet.c: Who is told of IPv4's addresses."""

from __future__ import annotations

from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function

function("int register_inetaddr_notifier(struct notifier_block *nb)")(notifier.kernel("inetaddr", notifier.insert))
function("int unregister_inetaddr_notifier(struct notifier_block *nb)")(notifier.kernel("inetaddr", notifier.remove))
function("int register_inetaddr_validator_notifier(struct notifier_block *nb)")(
    notifier.kernel("inetaddr_validator", notifier.insert)
)
function("int unregister_inetaddr_validator_notifier(struct notifier_block *nb)")(
    notifier.kernel("inetaddr_validator", notifier.remove)
)

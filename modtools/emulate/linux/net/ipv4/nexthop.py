"""net/ipv4/nexthop.c: Notifiers of next hops."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int register_nexthop_notifier(struct net *net, struct notifier_block *nb, struct netlink_ext_ack *extack)")(
    lambda guest, _net, block, _extack: registering("nexthop notifiers")(guest, block)
)
function("int unregister_nexthop_notifier(struct net *net, struct notifier_block *nb)")(
    lambda guest, _net, block: unregistering("nexthop notifiers", absent=ENOENT)(guest, block)
)

"""net/ipv4/nexthop.c: Who is told of next hops."""

from __future__ import annotations

from modtools.emulate.objects.registrations import enter, leave
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int register_nexthop_notifier(struct net *net, struct notifier_block *nb, struct netlink_ext_ack *extack)")(
    lambda guest, _net, block, _extack: enter("nexthop notifiers")(guest, block)
)
function("int unregister_nexthop_notifier(struct net *net, struct notifier_block *nb)")(
    lambda guest, _net, block: leave("nexthop notifiers", absent=ENOENT)(guest, block)
)

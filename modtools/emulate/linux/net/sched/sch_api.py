"""net/sched/sch_api.c: Registering queueing disciplines of traffic control."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("int register_qdisc(struct Qdisc_ops *qops)")(registrations.registering("qdisc", name_at=16, inline=16))
function("void unregister_qdisc(struct Qdisc_ops *qops)")(registrations.unregistering("qdisc", name_at=16, inline=16))

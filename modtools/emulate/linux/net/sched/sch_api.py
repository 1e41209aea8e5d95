"""net/sched/sch_api.c: Registering queueing disciplines of traffic control."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


def _name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "Qdisc_ops", address).address("id"), 16)


function("int register_qdisc(struct Qdisc_ops *qops)")(registrations.registering("qdisc", _name))
function("void unregister_qdisc(struct Qdisc_ops *qops)")(registrations.unregistering("qdisc", _name))

"""net/sched/cls_api.c: Registering classifiers of traffic control."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


def _name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "tcf_proto_ops", address).address("kind"), 16)


function("int register_tcf_proto_ops(struct tcf_proto_ops *ops)")(registrations.registering("tcf_proto", _name))
function("void unregister_tcf_proto_ops(struct tcf_proto_ops *ops)")(registrations.unregistering("tcf_proto", _name))

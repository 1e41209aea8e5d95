"""net/sched/cls_api.c: Registering classifiers of traffic control."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("int register_tcf_proto_ops(struct tcf_proto_ops *ops)")(
    registrations.registering("tcf_proto", name_at=16, inline=16)
)
function("void unregister_tcf_proto_ops(struct tcf_proto_ops *ops)")(
    registrations.unregistering("tcf_proto", name_at=16, inline=16)
)

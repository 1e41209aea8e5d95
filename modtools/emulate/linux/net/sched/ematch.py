"""net/sched/ematch.c: Registering extended matches of traffic control."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int tcf_em_register(struct tcf_ematch_ops *ops)")(registrations.registering("ematch"))
function("void tcf_em_unregister(struct tcf_ematch_ops *ops)")(registrations.unregistering("ematch", absent=ENOENT))

"""net/core/gro.c: Registering offloads of received packets."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("void dev_add_offload(struct packet_offload *po)")(registrations.registering("packet offloads"))
function("void dev_remove_offload(struct packet_offload *po)")(registrations.unregistering("packet offloads"))

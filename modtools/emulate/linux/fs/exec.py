"""fs/exec.c: Registering formats of programs."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("void __register_binfmt(struct linux_binfmt *fmt, int insert)")(registrations.registering("binfmt"))
function("void unregister_binfmt(struct linux_binfmt *fmt)")(registrations.unregistering("binfmt"))

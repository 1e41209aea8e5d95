"""fs/quota/dquot.c: Formats of quota files."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

_FORMAT = "(struct quota_format_type *fmt)"

function(f"int register_quota_format{_FORMAT}", f"void register_quota_format{_FORMAT}")(
    registrations.registering("quota formats")
)
function(f"void unregister_quota_format{_FORMAT}")(registrations.unregistering("quota formats"))

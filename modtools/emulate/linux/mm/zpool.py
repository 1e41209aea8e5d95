"""mm/zpool.c: Registering drivers of compressed pools."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function

function("void zpool_register_driver(struct zpool_driver *driver)")(registering("zpool"))
function("int zpool_unregister_driver(struct zpool_driver *driver)")(unregistering("zpool"))

"""drivers/cxl/core/port.c: The bus of CXL devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void cxl_bus_drain(void)")
def cxl_bus_drain(_guest: Guest) -> None:
    """Return at once, because no work waits."""

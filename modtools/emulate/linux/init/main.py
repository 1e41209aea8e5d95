"""init/main.c: What the kernel's command line says about devices at boot."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("reset_devices", 4)
def reset_devices(_guest: Guest, _address: int) -> None:
    """Hold 0; the command line's `reset_devices` is not modelled."""

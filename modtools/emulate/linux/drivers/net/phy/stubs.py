"""drivers/net/phy/stubs.c: What the network's core calls in the library for PHYs, which is a module."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("phylib_stubs", 8)
def phylib_stubs(_guest: Guest, _address: int) -> None:
    """Leave the pointer NULL, until the module libphy sets it."""

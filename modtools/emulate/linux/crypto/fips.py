"""crypto/fips.c: Whether the kernel obeys FIPS 140."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("fips_enabled", 4)
def fips_enabled(_guest: Guest, _address: int) -> None:
    """Leave `fips_enabled` 0: the kernel is not in FIPS mode."""

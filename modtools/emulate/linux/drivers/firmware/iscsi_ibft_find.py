"""drivers/firmware/iscsi_ibft_find.c: Where the firmware has described an iSCSI boot."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("ibft_phys_addr", 8)
def ibft_phys_addr(_guest: Guest, _address: int) -> None:
    """Leave `ibft_phys_addr` 0: the BIOS has started nothing from iSCSI."""

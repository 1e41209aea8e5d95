"""Random numbers of the virtual machine: the same in every run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def random_bytes(guest: Guest, size: int) -> bytes:
    """Return the next bytes of the virtual machine's own random sequence, which goes on from command to command."""
    table = guest.table("random")
    table["count"] = table.get("count", 0) + 1
    return random.Random(table["count"]).randbytes(size)

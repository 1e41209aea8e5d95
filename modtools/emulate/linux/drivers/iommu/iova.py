"""drivers/iommu/iova.c: Addresses that devices see; only the count of who uses the cache for them."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("int iova_cache_get(void)")
def iova_cache_get(guest: Guest) -> int:
    """Count a user of the cache, which is made for the first one; return 0."""
    table = guest.table("iova")
    table["users"] = table.get("users", 0) + 1
    return 0


@function("void iova_cache_put(void)")
def iova_cache_put(guest: Guest) -> None:
    """Count a user of the cache less; one who is not counted, whom Linux warns about, stops the run."""
    table = guest.table("iova")
    if not table.get("users"):
        raise Needs("the warning about a cache that nobody uses")
    table["users"] -= 1

"""mm/swap.c: Giving up references on pages."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory.pages import address_of_page
from modtools.emulate.symbols.registry import function


@function("void __folio_put(struct folio *folio)")
def folio_put(guest: Guest, page: int) -> None:
    """Free the memory of a folio whose last reference is gone."""
    guest.heap.free(address_of_page(page))

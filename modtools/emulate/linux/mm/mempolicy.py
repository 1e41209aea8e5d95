"""mm/mempolicy.c: Pages, by policy; there is only one memory node."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import pages
from modtools.emulate.memory.pages import COMPOUND
from modtools.emulate.symbols.registry import function


@function("struct page *alloc_pages(gfp_t gfp, unsigned int order)")
def alloc_pages(guest: Guest, flags: int, order: int) -> int:
    """Allocate 2^`order` pages; return the first `struct page`, or 0 for too many."""
    return pages.allocate(guest, order, flags=flags)


@function("struct folio *folio_alloc(gfp_t gfp, unsigned int order)")
def folio_alloc(guest: Guest, flags: int, order: int) -> int:
    """Allocate a folio of one page; one of several, which would be a compound page, stops the run."""
    return pages.allocate(guest, order, flags=flags | COMPOUND)

"""Tests of modtools/emulate/linux/mm/mempolicy.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.link.memory import PAGE

pytest.importorskip("unicorn")


def test_pages_are_found_by_their_place_in_the_table(guest: Guest) -> None:
    """A page's number is that of its entry, wherever modules compute it, and its last reference frees it."""
    from modtools.emulate.linux.mm import mempolicy, page_alloc
    from modtools.emulate.memory import pages

    page = mempolicy.alloc_pages(guest, 0, 1)
    address = pages.address_of_page(page)
    assert (page - address_space.VMEMMAP) // 64 == (address - address_space.PAGE_OFFSET) // PAGE
    assert pages.page_of(address) == page
    assert guest.heap.size(address) == 2 * PAGE
    page_alloc.drop_pages(guest, page, 1)
    assert guest.heap.size(address) == 0

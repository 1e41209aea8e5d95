"""arch/x86/kernel/head_64.S: Where the kernel is loaded, and its page of zeros."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space, pages
from modtools.emulate.symbols.registry import variable
from modtools.link.memory import PAGE, READ, WRITE


@variable("phys_base", 8)
def phys_base(_guest: Guest, _address: int) -> None:
    """Leave `phys_base` 0: the kernel lies where it was linked to."""


@variable("empty_zero_page", PAGE)
def empty_zero_page(guest: Guest, address: int) -> None:
    """Leave a page of zeros, and make its `struct page` known with one reference, which it keeps. It is in the direct
    map, too (`page_address(ZERO_PAGE(0))`).
    """
    guest.memory.map(address - address_space.KERNEL + address_space.PAGE_OFFSET, PAGE, READ | WRITE)
    pages.initialize(guest, _page_of(address), 1)


@variable("__zero_page", 8)
def zero_page(guest: Guest, address: int) -> None:
    """Store the address of the `struct page` of `empty_zero_page`."""
    guest.memory.put(address, _page_of(guest.address_of("empty_zero_page")), 8)


def _page_of(address: int) -> int:
    return address_space.VMEMMAP + (address - address_space.KERNEL) // PAGE * address_space.STRUCT_PAGE

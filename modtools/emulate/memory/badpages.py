"""Pages that were given back more often than they were given out, noticed when they are to be given out again.

From Linux 6.12: `mm/page_alloc.c: check_new_pages(), bad_page()`, `mm/debug.c: __dump_page()`. Kernels that do not look
(`Features.checks_new_pages`) say nothing of it. Whoever makes a system call takes pages at its end, if not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_modules, report_stack
from modtools.emulate.memory import address_space, pages
from modtools.emulate.printf.flagnames import spell_page
from modtools.emulate.symbols.structs import view
from modtools.integers import signed
from modtools.kernel.log import ALERT, WARNING
from modtools.kernel.taint import Taint
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_POISON = (0xDEAD000000000100, 0xDEAD000000000122)
"""What a page's list entry has when it is in no list."""


def check(guest: Guest) -> None:
    """Complain of the free pages that have a wrong count, and give them out no more."""
    if guest.kernel.identity.features.checks_new_pages:
        for address in guest.heap.free_pages():
            count = _references(guest, address)
            if count:
                guest.heap.lose(address)
                _complain(guest, address, count)


def _references(guest: Guest, address: int) -> int:
    """Return the references that a free page has: below 0 where it was given back too often."""
    page = pages.page_of(address)
    told = signed(view(guest, "page", page)._refcount, 32) if guest.memory.mapped(page) else 0
    return min(told, -guest.heap.freed_again(address))


def _complain(guest: Guest, address: int, count: int) -> None:
    number = (address - address_space.PAGE_OFFSET) // PAGE
    guest.printk(ALERT, f"BUG: Bad page state in process {guest.kernel.program}  pfn:{number:05x}")
    where = f"mapping:{0:016x} index:0x0 pfn:{number:#x}"
    guest.printk(WARNING, f"page: refcount:{count} mapcount:0 {where}")
    guest.printk(WARNING, f"flags: {spell_page(pages.PLACE)}")
    counts = (count & 0xFFFFFFFF) << 32 | 0xFFFFFFFF
    for words in ((pages.PLACE, *_POISON, 0), (0, 0, counts, 0)):
        guest.printk(WARNING, f"raw: {' '.join(f'{word:016x}' for word in words)}")
    guest.printk(WARNING, "page dumped because: nonzero _refcount")
    report_modules(guest)
    report_stack(guest)
    guest.kernel.add_taint(Taint.BAD_PAGE, lockdep_ok=False)

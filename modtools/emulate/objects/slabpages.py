"""Slabs, the pages that objects of a cache are in, as far as Linux tells of them.

From Linux 6.1: `mm/slub.c: calculate_order(), slab_err(), list_slab_objects()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning, report_stack
from modtools.emulate.memory import pages
from modtools.emulate.objects.caches import cache_name, whole_size
from modtools.emulate.printf.flagnames import spell_page
from modtools.emulate.printf.pointers import hashed
from modtools.kernel import oops
from modtools.kernel.log import ERR
from modtools.kernel.taint import Taint
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def complain_of_objects(guest: Guest, address: int, left: list[int]) -> None:
    """Log which objects of a cache are left when it is destroyed (`mm/slub.c: list_slab_objects()`), as if all were of
    one slab.
    """
    name = cache_name(guest, address)
    guest.printk(ERR, "=" * _RULE)
    reason = f"Objects remaining in {name} on __kmem_cache_shutdown()"
    guest.printk(ERR, f"BUG {name} ({oops.taint_letters(guest.kernel)}): {reason}")
    guest.printk(ERR, "-" * _RULE)
    guest.printk(ERR, "")
    guest.printk(ERR, _slab(guest, address, left))
    report_stack(guest)
    guest.kernel.add_taint(Taint.BAD_PAGE, lockdep_ok=False)
    for each in left:
        guest.printk(ERR, f"Object 0x{hashed(each)} @offset={each % PAGE}")
    caller = guest.describe(guest.abi.caller(guest.memory, guest.frame))
    text = f"kmem_cache_destroy {name}: Slab cache still has objects when called from {caller}"
    report_kernel_warning(guest, "kmem_cache_destroy", text)


def _slab(guest: Guest, cache: int, left: list[int]) -> str:
    """Return the line about the slab that objects are of (`slab_err()`)."""
    size = whole_size(guest, cache)
    order = slab_order(size)
    page = pages.page_of(left[0])
    flags = pages.PLACE | _PG_SLAB | (_PG_HEAD if order else 0)
    counts = f"objects={(PAGE << order) // size} used={len(left)} fp=0x{hashed(left[-1])}"
    return f"Slab 0x{hashed(page)} {counts} flags={spell_page(flags)}"


_PG_SLAB, _PG_HEAD = 0x200, 0x10000
_HIGHEST_ORDER, _LEAST_OBJECTS = 3, 8
"""Of a slab: at most so many pages, as a power of two, for at least so many objects with one processor."""


def slab_order(size: int) -> int:
    """Return how many pages a slab has for objects of a size, as a power of two: few that waste little
    (`mm/slub.c: calculate_order()`).
    """
    for objects in range(min(_LEAST_OBJECTS, (PAGE << _HIGHEST_ORDER) // size), 1, -1):
        for fraction in (16, 8, 4):
            for order in range(_order(objects * size), _HIGHEST_ORDER + 1):
                if (PAGE << order) % size <= (PAGE << order) // fraction:
                    return order
    return _order(size)


def _order(size: int) -> int:
    """Return the power of two of pages that hold so many bytes (`get_order()`)."""
    return (-(-size // PAGE) - 1).bit_length()


_RULE = 77
"""Signs of the lines around a complaint about a slab."""

"""Names for addresses, as kallsyms has them.

From Linux 6.1: `kernel/kallsyms.c: __sprint_symbol(), get_symbol_pos()`, `kernel/module/kallsyms.c:
find_kallsyms_symbol()`. Of a kernel whose own table is not known there are only the exported symbols, so that sizes
reach to the next exported one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_KERNEL_START = 0xFFFFFFFF80000000


def lookup(guest: Guest, address: int) -> tuple[str, int, int, str] | None:
    """Return symbol, offset, size and module ("" for the kernel) of an address; None where nothing is known."""
    module = guest.module_at(address)
    if module is not None and module.name in guest.images:
        number = next(number for number, area in enumerate(module.areas) if area.holds(address))
        found = guest.images[module.name].describe(address, number)
        if found:
            return (*found, module.name)
    return _in_kernel(guest, address) if address >= _KERNEL_START and module is None else None


def _in_kernel(guest: Guest, address: int) -> tuple[str, int, int, str] | None:
    """Return the first symbol at the nearest address below, with its offset and size; it ends where the next address
    with a symbol is.
    """
    rows = guest.kernel.kallsyms
    after = bisect_right(rows, address, key=itemgetter(0))
    if after in (0, len(rows)) or rows[after - 1][0] < _KERNEL_START:
        return None
    start = rows[after - 1][0]
    name = rows[bisect_left(rows, start, key=itemgetter(0))][2]
    return name, address - start, rows[after][0] - start, ""


def names_at(guest: Guest, address: int) -> list[str]:
    """Return the names that the kernel has for an address."""
    rows = guest.kernel.kallsyms
    first, after = bisect_left(rows, address, key=itemgetter(0)), bisect_right(rows, address, key=itemgetter(0))
    return [name for _, _, name in rows[first:after]]


def find(guest: Guest, name: str) -> int:
    """Return the address of a symbol: the kernel's first one of this name, else that of the newest module that has it;
    `MODULE:NAME` is one of that module. 0 for none.
    """
    if not guest.kernel.sources.kallsyms():
        raise Needs("all symbols of this kernel")
    found = next((address for address, _, known in guest.kernel.kallsyms if known == name), 0)
    if found or not name:
        return found
    owner, colon, own = name.rpartition(":")
    images = [guest.images[module] for module in reversed(guest.kernel.modules) if module in guest.images]
    found_in = (image.symbol(own) for image in images if not colon or image.name == owner)
    return next((address for address in found_in if address), 0)


def describe(guest: Guest, address: int, *, offset: bool = True) -> str:
    """Return an address as %pS (or %ps without offset) prints it."""
    found = lookup(guest, address)
    if found is None:
        return f"0x{address:x}"
    name, distance, size, module = found
    where = f"+{distance:#x}/{size:#x}" if offset else ""
    return f"{name}{where}" + (f" [{module}]" if module else "")

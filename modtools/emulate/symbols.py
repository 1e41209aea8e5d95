"""Names for addresses, as kallsyms has them.

From Linux 6.1: `kernel/kallsyms.c: __sprint_symbol()`, `kernel/module/kallsyms.c: find_kallsyms_symbol()`. Of vmlinux
only the exported symbols are known, so that sizes there reach to the next exported one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_KERNEL_START = 0xFFFFFFFF80000000


def lookup(guest: Guest, address: int) -> tuple[str, int, int, str] | None:
    """Symbol, offset, size, and module ("" for the kernel) of an address; None where nothing is known."""
    module = guest.module_at(address)
    if module is not None and module.name in guest.images:
        in_init = module.init_base <= address < module.init_base + module.init_size
        found = guest.images[module.name].describe(address, in_init)
        if found:
            return (*found, module.name)
    return _in_kernel(guest, address) if address >= _KERNEL_START and module is None else None


def _in_kernel(guest: Guest, address: int) -> tuple[str, int, int, str] | None:
    rows = guest.kernel_symbols
    at = bisect_right(rows, (address, "\U0010ffff")) - 1
    if at < 0 or at + 1 == len(rows):
        return None
    start, name = rows[at]
    return name, address - start, rows[at + 1][0] - start, ""


def describe(guest: Guest, address: int, *, offset: bool = True) -> str:
    """As %pS (or %ps without offset) prints an address."""
    found = lookup(guest, address)
    if found is None:
        return f"0x{address:x}"
    name, distance, size, module = found
    where = f"+{distance:#x}/{size:#x}" if offset else ""
    return f"{name}{where}" + (f" [{module}]" if module else "")

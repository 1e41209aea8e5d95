"""Where modules are placed: the first gap that is large enough.

From Linux 6.1: `arch/x86/kernel/module.c: module_alloc()` without KASLR, `mm/vmalloc.c` (a guard page ends each area).
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.modules import take
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ENOMEM


def allocate(kernel: Kernel, *sizes: int) -> list[int]:
    """Return base addresses for areas of these sizes in bytes; 0 for an empty one. Raises KernelError(ENOMEM)."""
    if any(size > kernel.arch.modules_area for size in sizes):
        raise KernelError(ENOMEM, Cause(causes.TOO_LARGE, detail=f"{max(sizes)} bytes"))
    page = kernel.arch.page
    taken = kernel.modules.taken(page)
    for module in kernel.modules.values():
        for area in module.areas:
            if area.size and area.kind.init:
                take(taken, area.base, area.base + area.size + page)
    bases = []
    for size in sizes:
        base = _first_gap(taken, kernel.arch.modules_base, size + page) if size else 0
        if size:
            take(taken, base, base + size + page)
        bases.append(base)
    return bases


def _first_gap(taken: list[tuple[int, int]], base: int, wanted: int) -> int:
    for start, end in taken:
        if start - base >= wanted:
            return base
        base = max(base, end)
    return base

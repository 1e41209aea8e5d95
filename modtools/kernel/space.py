"""Where modules are placed: the first gap that is large enough.

From Linux 6.1: `arch/x86/kernel/module.c: module_alloc()` without KASLR, `mm/vmalloc.c` (a guard page ends each area);
from Linux 6.12: `mm/execmem.c: __execmem_alloc()`, `arch/arm64/mm/init.c: module_init_limits()` without KASLR, and
`arch/riscv/include/asm/pgtable.h: MODULES_VADDR`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.modules import take
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.linuxerrno import ENOMEM

if TYPE_CHECKING:
    from modtools.profiles import Extent


class Range(NamedTuple):
    """Addresses that modules may have, the last one not included."""

    start: int
    end: int


def memory_of(kernel: Kernel) -> Extent | None:
    """Return where in memory the kernel proper lies; None if that is not known."""
    profile = kernel.sources.profile()
    return None if profile is None else profile.memory


def ranges(kernel: Kernel) -> Sequence[Range]:
    """Return the ranges of this kernel's modules; where one is full, the next is tried.

    Where modules lie below the kernel and it is not known where that is, the machine's usual place is taken.
    """
    sizes, memory = kernel.identity.features.below_kernel, memory_of(kernel)
    if sizes and memory:
        return [Range(memory.end - size, memory.begin) for size in sizes if memory.end - size < memory.begin]
    arch = kernel.arch
    return [Range(arch.modules_base, arch.modules_base + arch.modules_area)]


def copy_of_file(kernel: Kernel) -> int:
    """Return where the kernel's copy of a module's file is, in the log of what went wrong with it.

    That is anywhere in vmalloc's area, which on machines with modules below the kernel begins behind both.
    """
    memory, page = memory_of(kernel), kernel.arch.page
    return memory.end + page if memory else ranges(kernel)[0].end


def distance_known(kernel: Kernel) -> bool:
    """Return whether it is known how far the kernel proper is from its modules."""
    return not kernel.identity.features.below_kernel or memory_of(kernel) is not None


def allocate(kernel: Kernel, *sizes: int) -> list[int]:
    """Return base addresses for areas of these sizes in bytes; 0 for an empty one. Raises KernelError(ENOMEM)."""
    page = kernel.arch.page
    taken = kernel.modules.taken(page)
    for module in kernel.modules.in_init():
        for area in module.areas:
            if area.size and area.kind.init:
                take(taken, area.base, area.base + area.size + page)
    places, bases = ranges(kernel), []
    for size in sizes:
        base = 0
        if size:
            found = (gap for place in places if (gap := _first_gap(taken, place, size + page)) is not None)
            base = next(found, 0)
            if not base:
                raise KernelError(ENOMEM, Cause(causes.TOO_LARGE, detail=f"{size} bytes"))
            take(taken, base, base + size + page)
        bases.append(base)
    return bases


def _first_gap(taken: list[tuple[int, int]], place: Range, wanted: int) -> int | None:
    base = place.start
    for start, end in taken:
        if start - base >= wanted:
            break
        base = max(base, end)
    return base if base + wanted <= place.end else None

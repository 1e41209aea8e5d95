"""Where things lie in the virtual kernel's address space (x86-64, four-level paging, no KASLR).

From Linux 6.1: `Documentation/x86/x86_64/mm.rst`, `arch/x86/include/asm/page_64_types.h`. Each window has only as much
behind it as a module is ever given; the rest of the address space faults.
"""

from __future__ import annotations

PAGE_OFFSET = 0xFFFF888000000000
"""The direct map of physical memory."""
DIRECT_SIZE = 256 << 20
VMALLOC = 0xFFFFC90000000000
VMEMMAP, VMEMMAP_END = 0xFFFFEA0000000000, 0xFFFFEB0000000000
"""The table of all `struct page`."""
STRUCT_PAGE = 64
KERNEL = 0xFFFFFFFF80000000
"""The kernel's image."""
TEXT, TEXT_END = 0xFFFFFFFF81000000, 0xFFFFFFFF82000000
"""The kernel's code, of which no kernel is known to have less; its own end may be further on."""
VARIABLES = KERNEL + 0x04800000
"""Behind the kernel's own variables: those that have no address of their own."""
IO, IO_END = VMALLOC + (1 << 30), VMALLOC + (2 << 30)
"""Memory of devices that is mapped. Nothing lies behind it."""
MODULES = 0xFFFFFFFFC0000000
USER = 0x7F2C40000000
"""The buffer of the program that calls the kernel."""

WINDOWS = (
    (PAGE_OFFSET, DIRECT_SIZE),
    (MODULES, 256 << 20),
    (KERNEL, 0x05000000),
    (VMALLOC, 128 << 20),
    (VMEMMAP, DIRECT_SIZE // 4096 * STRUCT_PAGE),
    (USER, 32 << 20),
)
"""Address and size of all that there can be memory behind."""

SLAB, SLAB_END = PAGE_OFFSET + (16 << 20), PAGE_OFFSET + (128 << 20)
"""The part of the direct map that kmalloc() and caches have."""
PAGES, PAGES_END = SLAB_END, PAGE_OFFSET + (240 << 20)
"""The part of the direct map from which whole pages are given."""
PER_CPU, PER_CPU_SIZE = PAGES_END, 0x40000
"""The data of the only processor."""
TASK = PER_CPU + PER_CPU_SIZE
"""The task_struct of the process that calls the kernel."""
STACK_SIZE = 16384
STACK, STACK_STEP, STACKS = VMALLOC + 0x1F4000, 0x8000, 31
"""The stacks of such processes, each with a gap behind it: the next one is used when a process ends in the kernel."""

SLOTS, SLOT = 0xFFFFFFFFA0000000, 0x10000
"""Addresses for symbols that are not provided or whose own address nobody knows. Nothing lies there."""
SLOTS_END = 0xFFFFFFFFBF000000
RETURN = SLOTS_END - 0x1000
"""Where a function called from outside returns to."""

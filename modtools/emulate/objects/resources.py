"""The bits of a resource's flags: what it is a range of, and how it may be used.

From Linux 6.1: `include/linux/ioport.h`.
"""

from __future__ import annotations

TYPE = 0x1F00
"""The bits that tell the kinds of resource apart: the next five."""
PORTS, MEMORY, INTERRUPT, DMA, BUS = 0x100, 0x200, 0x400, 0x800, 0x1000
PREFETCH, MEMORY_64, WINDOW = 0x2000, 0x100000, 0x200000
DISABLED, UNSET, BUSY = 0x10000000, 0x20000000, 0x80000000

"""drivers/dma/dmaengine.c: References on DMA engines."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void dmaengine_get(void)", "void dmaengine_put(void)")
def dmaengine_get(_guest: Guest) -> None:
    """Do nothing, also for dmaengine_put(): the machine has no DMA channel whose clients would be counted."""

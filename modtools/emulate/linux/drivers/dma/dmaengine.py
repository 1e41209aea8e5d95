"""drivers/dma/dmaengine.c: DMA engines and their channels, of which the machine has none."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENODEV, EPROBE_DEFER


@function("void dmaengine_get(void)", "void dmaengine_put(void)")
def dmaengine_get(_guest: Guest) -> None:
    """Do nothing, also for dmaengine_put(): the machine has no DMA channel whose clients would be counted."""


@function(
    "struct dma_chan *__dma_request_channel(const void *mask, void *filter, void *parameter, struct device_node *node)"
)
def dma_request_channel(_guest: Guest, _mask: int, _filter: int, _parameter: int, _node: int) -> int:
    """Return NULL: there is no channel that the filter could be asked about."""
    return 0


@function("struct dma_chan *dma_request_chan(struct device *dev, const char *name)")
def dma_request_chan(_guest: Guest, _device: int, _name: int) -> int:
    """Return -EPROBE_DEFER, for an engine may still come."""
    return -EPROBE_DEFER


@function("struct dma_chan *dma_request_chan_by_mask(const void *mask)")
def dma_request_chan_by_mask(_guest: Guest, mask: int) -> int:
    """Return -EPROBE_DEFER, for an engine may still come; -ENODEV without a mask."""
    return -EPROBE_DEFER if mask else -ENODEV

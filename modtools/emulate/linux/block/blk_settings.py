"""block/blk-settings.c: What a disk's queue takes, which is noted and not kept to."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void blk_queue_logical_block_size(struct request_queue *q, unsigned int size)")
def blk_queue_logical_block_size(guest: Guest, queue: int, size: int) -> None:
    """Set the smallest piece that a disk can be addressed by; its physical one is not less."""
    limits = view(guest, "request_queue", queue).limits
    limits.logical_block_size = size
    limits.physical_block_size = max(limits.physical_block_size, size)
    limits.io_min = max(limits.io_min, limits.physical_block_size)


@function("void blk_queue_physical_block_size(struct request_queue *q, unsigned int size)")
def blk_queue_physical_block_size(guest: Guest, queue: int, size: int) -> None:
    """Set the smallest piece that a disk can write without reading before."""
    limits = view(guest, "request_queue", queue).limits
    limits.physical_block_size = max(limits.logical_block_size, size)
    limits.io_min = max(limits.io_min, limits.physical_block_size)

"""block/blk-mq.c: Disks whose drivers take requests from queues. One request is under way at a time."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.block import genhd
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL

_MOST_REQUESTS = 10240
_IN_FLIGHT, _COMPLETE = 1, 2


@function("int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set)")
def blk_mq_alloc_tag_set(guest: Guest, address: int) -> int:
    """Make a set of requests ready; return 0, or -EINVAL without queues, requests or a function for them."""
    row = view(guest, "blk_mq_tag_set", address)
    if not row.nr_hw_queues or not row.queue_depth or not view(guest, "blk_mq_ops", row.ops).queue_rq:
        return -EINVAL
    row.queue_depth = min(row.queue_depth, _MOST_REQUESTS)
    return 0


@function("void blk_mq_free_tag_set(struct blk_mq_tag_set *set)")
def blk_mq_free_tag_set(_guest: Guest, _address: int) -> None:
    """Do nothing: requests are made when they are needed."""


@function(
    "struct gendisk *__blk_mq_alloc_disk(struct blk_mq_tag_set *set, void *queuedata, struct lock_class_key *lkclass)"
)
def blk_mq_alloc_disk(guest: Guest, tags: int, data: int, _key: int) -> int:
    """Return a new disk whose driver takes requests of a set."""
    return genhd.allocate(guest, data, tags)


@function("void blk_mq_start_request(struct request *rq)")
def blk_mq_start_request(guest: Guest, address: int) -> None:
    """Note that a request is under way."""
    view(guest, "request", address).state = _IN_FLIGHT


@function(
    "void blk_mq_end_request(struct request *rq, blk_status_t error)",
    "void __blk_mq_end_request(struct request *rq, blk_status_t error)",
)
def blk_mq_end_request(guest: Guest, address: int, status: int) -> None:
    """Note the status of a request that is done."""
    view(guest, "request", address).state = _COMPLETE
    guest.table("ended")[address] = status


@function("bool blk_update_request(struct request *req, blk_status_t error, unsigned int nr_bytes)")
def blk_update_request(guest: Guest, address: int, status: int, size: int) -> bool:
    """Note that the first bytes of a request are done; return whether there are more. An error stops the run."""
    if status:
        raise Needs("the complaint about a disk's error")
    row = view(guest, "request", address)
    left = max(getattr(row, "__data_len") - size, 0)
    if left:
        raise Needs("a part of a request")
    setattr(row, "__data_len", left)
    return False


@function("void blk_mq_complete_request(struct request *rq)")
def blk_mq_complete_request(guest: Guest, address: int) -> None:
    """Call the driver's complete() for a request."""
    queue = view(guest, "request_queue", view(guest, "request", address).q)
    guest.call(view(guest, "blk_mq_ops", view(guest, "blk_mq_tag_set", queue.tag_set).ops).complete, address)

"""kernel/sched/swait.c: Simple wait queues."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched.wait import init_waitqueue_head
from modtools.emulate.symbols.registry import function


@function("void __init_swait_queue_head(struct swait_queue_head *q, const char *name, struct lock_class_key *key)")
def init_swait_queue_head(guest: Guest, queue: int, _name: int, _key: int) -> None:
    """Initialise a simple wait queue as empty."""
    init_waitqueue_head(guest, queue, _name, _key)

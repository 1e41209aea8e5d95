"""kernel/rcu/tree.c: RCU: grace periods, which are over at once."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, native

native("__rcu_read_lock")
native("__rcu_read_unlock")


@function("void synchronize_rcu(void)", "void synchronize_rcu_expedited(void)")
def synchronize_rcu(_guest: Guest) -> None:
    """Return at once: nobody else is in a read-side critical section."""


@function(
    "void call_rcu(struct callback_head *head, rcu_callback_t func)",
    "void call_rcu_hurry(struct callback_head *head, rcu_callback_t func)",
)
def call_rcu(guest: Guest, head: int, call: int) -> None:
    """Call the function at once: nobody else reads, so that the grace period is over."""
    guest.call(call, head)


@function("void kvfree_call_rcu(struct callback_head *head, rcu_callback_t func)")
def kvfree_call_rcu(guest: Guest, head: int, offset: int) -> None:
    """Free at once the allocation that begins `func` bytes before `head`; without a head, `func` is the address
    itself.
    """
    guest.heap.free(head - offset if head else offset)


@function("void rcu_barrier(void)")
def rcu_barrier(_guest: Guest) -> None:
    """Return at once, because no callback waits."""

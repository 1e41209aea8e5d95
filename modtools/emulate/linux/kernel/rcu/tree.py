"""kernel/rcu/tree.c: RCU: what is done when a grace period is over; who waits for one does not, for nobody reads."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, native
from modtools.emulate.tasks import threads
from modtools.link.memory import PAGE

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
    """Have a function called, in a softirq, when the grace period is over that begins now."""
    guest.scheduler.after_grace_period(head, call)


@function(
    "void kvfree_call_rcu(struct callback_head *head, rcu_callback_t func)",
    "void kvfree_call_rcu(struct callback_head *head, void *ptr)",
)
def kvfree_call_rcu(guest: Guest, head: int, place: int) -> None:
    """Free an allocation when the grace period is over: the one at `ptr`, or that begins `func` bytes before `head`.
    Without a head, free the one at that address at once.
    """
    if head:
        guest.scheduler.after_grace_period(head, place, free=head - place if place < PAGE else place)
    else:
        guest.heap.free(place)


@function("void rcu_barrier(void)")
def rcu_barrier(guest: Guest) -> None:
    """Wait until all functions have been called that wait for a grace period now."""
    waiting = guest.table("rcu")
    last = threads.remember(guest, max((time for time, _ in waiting.values()), default=0))
    guest.wait_until(lambda: not any(time <= last for time, _ in waiting.values()))
    threads.forget(guest)

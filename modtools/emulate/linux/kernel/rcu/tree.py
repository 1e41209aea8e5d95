"""kernel/rcu/tree.c: RCU: what is done when a grace period is over, and who waits for one."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, native
from modtools.emulate.tasks import graceperiods, threads
from modtools.link.memory import PAGE

native("__rcu_read_lock")
native("__rcu_read_unlock")


@function("void synchronize_rcu(void)")
def synchronize_rcu(guest: Guest) -> None:
    """Wait for a grace period that begins after now."""
    number = threads.remember(guest, 0 if threads.remembered(guest) else graceperiods.ask(guest))
    guest.wait_until(lambda: number not in graceperiods.waiting(guest))
    threads.forget(guest)


@function("void synchronize_rcu_expedited(void)")
def synchronize_rcu_expedited(_guest: Guest) -> None:
    """Return at once: a worker sees to it that nobody reads, before anybody else comes to run."""


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
    last = threads.remember(guest, max(graceperiods.waiting(guest), default=0))
    guest.wait_until(lambda: all(number > last for number in graceperiods.waiting(guest)))
    threads.forget(guest)

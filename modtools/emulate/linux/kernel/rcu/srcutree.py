"""kernel/rcu/srcutree.c: SRCU, the RCU whose readers may sleep."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import graceperiods, threads


@function("int init_srcu_struct(struct srcu_struct *ssp)")
def init_srcu_struct(guest: Guest, srcu: int) -> int:
    """Begin a structure without readers; return 0."""
    guest.table("srcu domains").pop(srcu, None)
    return 0


@function("void cleanup_srcu_struct(struct srcu_struct *ssp)")
def cleanup_srcu_struct(guest: Guest, srcu: int) -> None:
    """Forget a structure. Raises Needs for one that is in use, of which the kernel would warn."""
    row = guest.table("srcu domains").pop(srcu, None)
    if row and (any(row["readers"]) or row["calls"]):
        raise Needs("the warning about an SRCU structure that is still in use")


@function("void synchronize_srcu(struct srcu_struct *ssp)", "void synchronize_srcu_expedited(struct srcu_struct *ssp)")
def synchronize_srcu(guest: Guest, srcu: int) -> None:
    """Wait for the readers of now, and for what waits for them already; have new ones count in the other counter.
    Where there are none, a worker sees to it before anybody else comes to run.
    """
    row = graceperiods.domain(guest, srcu)
    if not any(row["readers"]) and not row["calls"]:
        row["index"] ^= 1
        return
    asked = threads.remembered(guest)
    number = threads.remember(guest, 0 if asked else graceperiods.ask_srcu(guest, srcu))
    guest.wait_until(lambda: all(call[0] != -number for call in row["calls"]))
    threads.forget(guest)


@function("void call_srcu(struct srcu_struct *ssp, struct callback_head *rhp, rcu_callback_t func)")
def call_srcu(guest: Guest, srcu: int, head: int, call: int) -> None:
    """Have a function called, by a worker, when the readers of now have left."""
    view(guest, "callback_head", head).func = call
    graceperiods.ask_srcu(guest, srcu, head, call)


@function("void srcu_barrier(struct srcu_struct *ssp)")
def srcu_barrier(guest: Guest, srcu: int) -> None:
    """Wait until all functions of a structure have been called that wait now."""
    row = graceperiods.domain(guest, srcu)
    last = threads.remember(guest, max((call[1] for call in row["calls"]), default=0))
    guest.wait_until(lambda: all(call[1] > last for call in row["calls"]))
    threads.forget(guest)


@function("int __srcu_read_lock(struct srcu_struct *ssp)")
def srcu_read_lock(guest: Guest, srcu: int) -> int:
    """Count a reader in; return the index of its counter, 0 or 1."""
    row = graceperiods.domain(guest, srcu)
    row["readers"][row["index"]] += 1
    return int(row["index"])


@function("void __srcu_read_unlock(struct srcu_struct *ssp, int idx)")
def srcu_read_unlock(guest: Guest, srcu: int, index: int) -> None:
    """Count a reader out."""
    graceperiods.domain(guest, srcu)["readers"][index] -= 1

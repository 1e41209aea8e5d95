"""kernel/rcu/srcutree.c: SRCU, the RCU whose readers may sleep."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("int init_srcu_struct(struct srcu_struct *ssp)")
def init_srcu_struct(guest: Guest, srcu: int) -> int:
    """Return 0: readers are not counted, because there is no second thread to wait for."""
    guest.table("srcu").pop(srcu, None)
    return 0


@function("void cleanup_srcu_struct(struct srcu_struct *ssp)")
def cleanup_srcu_struct(guest: Guest, srcu: int) -> None:
    """Forget a structure; there are no readers to complain about."""
    guest.table("srcu").pop(srcu, None)


@function("void synchronize_srcu(struct srcu_struct *ssp)")
def synchronize_srcu(guest: Guest, srcu: int) -> None:
    """Have new readers count in the other counter; nobody is waited for."""
    flips = guest.table("srcu")
    flips[srcu] = flips.get(srcu, 0) ^ 1


@function("int __srcu_read_lock(struct srcu_struct *ssp)")
def srcu_read_lock(guest: Guest, srcu: int) -> int:
    """Return the index of the counter that is in use, 0 or 1; it is not counted in."""
    return int(guest.table("srcu").get(srcu, 0))


@function("void __srcu_read_unlock(struct srcu_struct *ssp, int idx)")
def srcu_read_unlock(_guest: Guest, _srcu: int, _index: int) -> None:
    """Do nothing: readers are not counted."""

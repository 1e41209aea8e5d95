"""net/netfilter/nf_queue.c: The handler that queues packets to programs."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void nf_register_queue_handler(const struct nf_queue_handler *qh)")
def nf_register_queue_handler(guest: Guest, handler: int) -> None:
    """Set the one handler of queued packets."""
    guest.table("nf_queue")["handler"] = handler


@function("void nf_unregister_queue_handler(void)")
def nf_unregister_queue_handler(guest: Guest) -> None:
    """Remove the handler of queued packets."""
    guest.table("nf_queue").pop("handler", None)

"""kernel/async.c: Functions that are called in parallel with the boot; here they are called at once."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("async_cookie_t async_schedule_node(void *func, void *data, int node)")
def async_schedule_node(guest: Guest, call: int, data: int, _node: int) -> int:
    """Call the function at once, which is one of the orders that are possible; return its cookie."""
    table = guest.table("async")
    table["cookie"] = table.get("cookie", 0) + 1
    guest.call(call, data, table["cookie"])
    return int(table["cookie"])


@function("void async_synchronize_full(void)")
def async_synchronize_full(_guest: Guest) -> None:
    """Return at once: every scheduled function was called already."""


@function("void async_synchronize_full_domain(struct async_domain *domain)")
def async_synchronize_full_domain(_guest: Guest, _domain: int) -> None:
    """Return at once: every function of the domain was called already."""


@function("void async_synchronize_cookie(async_cookie_t cookie)")
def async_synchronize_cookie(_guest: Guest, _cookie: int) -> None:
    """Return at once: every function before the cookie was called already."""

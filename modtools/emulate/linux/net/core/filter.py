"""net/core/filter.c: What connection tracking gives to filters of packets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import locks
from modtools.emulate.symbols.registry import variable


@variable("nf_conn_btf_access_lock", 32)
def nf_conn_btf_access_lock(guest: Guest, address: int) -> None:
    """Initialise the mutex as free."""
    locks.init_mutex(guest, address)


@variable("nfct_btf_struct_access", 8)
def nfct_btf_struct_access(_guest: Guest, _address: int) -> None:
    """Leave the pointer NULL, until the module nf_conntrack sets it."""

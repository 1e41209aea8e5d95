"""net/core/filter.c: Filters of packets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import view


@variable("nf_conn_btf_access_lock", 32)
def nf_conn_btf_access_lock(guest: Guest, address: int) -> None:
    """Hold an unlocked mutex."""
    listhead.init(guest, view(guest, "mutex", address).wait_list.address())


@variable("nfct_btf_struct_access", 8)
def nfct_btf_struct_access(_guest: Guest, _address: int) -> None:
    """Hold NULL, until nf_conntrack sets it."""

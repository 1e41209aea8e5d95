"""net/netfilter/nf_log.c: Loggers of netfilter."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EBUSY, EEXIST


@function("int nf_log_register(u8 pf, struct nf_logger *logger)")
def nf_log_register(guest: Guest, family: int, logger: int) -> int:
    """Register a logger for a family, or for all if that is 0; return 0, or an error where it has one of the type:
    -EBUSY, or -EEXIST for all.
    """
    table = guest.table("nf_loggers")
    kind: int = view(guest, "nf_logger", logger).type
    wanted = range(13) if not family else (family,)
    if any((number, kind) in table for number in wanted):
        return -EBUSY if family else -EEXIST
    table.update({(number, kind): logger for number in wanted})
    return 0


@function("void nf_log_unregister(struct nf_logger *logger)")
def nf_log_unregister(guest: Guest, logger: int) -> None:
    """Remove a logger from all families."""
    table = guest.table("nf_loggers")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]


@function("int nf_log_set(struct net *net, u8 pf, const struct nf_logger *logger)")
def nf_log_set(guest: Guest, _net: int, family: int, logger: int) -> int:
    """Use a logger for a family that uses none; return 0."""
    guest.table("nf_log_used").setdefault(family, logger)
    return 0


@function("void nf_log_unset(struct net *net, const struct nf_logger *logger)")
def nf_log_unset(guest: Guest, _net: int, logger: int) -> None:
    """Use a logger for no family any more."""
    table = guest.table("nf_log_used")
    for key in [key for key, found in table.items() if found == logger]:
        del table[key]

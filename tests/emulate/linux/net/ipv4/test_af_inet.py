"""Tests of af_inet.py and socket.py, beside the recording `request-module-callers.t`."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, find
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EINVAL, EPROTONOSUPPORT, ESOCKTNOSUPPORT
from tests.emulate.linux.crypto.test_api import BUILT_IN, Tree

pytest.importorskip("unicorn")

INET, INET6 = 2, 10
STREAM, DGRAM, RAW, SEQPACKET = 1, 2, 3, 5
SCTP = 132


def call(guest: Guest, name: str, *arguments: int) -> int:
    """What a kernel function returns."""
    entry = find(name)
    assert isinstance(entry, Function)
    return int(entry.handler(guest, *arguments))


def socket(guest: Guest, family: int, type: int, protocol: int) -> tuple[int, list[str]]:
    """What asking for a socket gives, and what modprobe was asked for; 0 for one that there is."""
    guest.kernel.userspace = tree = Tree(BUILT_IN)
    try:
        return call(guest, "sock_create_kern", 0, family, type, protocol, 0), tree.asked
    except Needs:
        return 0, tree.asked


@pytest.mark.parametrize("family", [INET, INET6])
def test_a_protocol_is_asked_for_twice(guest: Guest, family: int) -> None:
    """First with the type of socket, then for any; a module that has it may come."""
    asked = [f"net-pf-{family}-proto-132-type-1", f"net-pf-{family}-proto-132"]
    assert socket(guest, family, STREAM, SCTP) == (-EPROTONOSUPPORT, asked)
    assert socket(guest, family, SEQPACKET, 0)[0] == -ESOCKTNOSUPPORT
    assert socket(guest, family, DGRAM, 263) == (-EINVAL, [])
    row = new(guest, "inet_protosw")
    row.type, row.protocol = STREAM, SCTP
    call(guest, "inet_register_protosw" if family == INET else "inet6_register_protosw", row.address())
    assert socket(guest, family, STREAM, SCTP) == (0, [])
    assert socket(guest, family, DGRAM, SCTP)[0] == -EPROTONOSUPPORT


@pytest.mark.parametrize(("type", "protocol"), [(STREAM, 262), (DGRAM, 1), (RAW, 255), (10, 3)])
def test_what_there_is_needs_a_network(guest: Guest, type: int, protocol: int) -> None:
    """A socket of the kernel's own protocols but TCP and UDP is not made; none is asked for."""
    assert socket(guest, INET, type, protocol) == (0, [])


def test_no_protocol_of_raw_sockets_is_the_first(guest: Guest) -> None:
    """Theirs fits any but none."""
    assert socket(guest, INET, RAW, 0)[0] == -EPROTONOSUPPORT

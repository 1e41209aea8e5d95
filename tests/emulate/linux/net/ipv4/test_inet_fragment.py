"""Tests of modtools/emulate/linux/net/ipv4/inet_fragment.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.ipv4 import inet_fragment
from modtools.emulate.symbols.structs import new, view


def test_a_directory_of_fragments_ends(guest13: Guest) -> None:
    """It takes no fragments before it is freed, and gives its reference back."""
    frags, place = new(guest13, "inet_frags"), guest13.heap.kmalloc(8)
    frags.refcnt.refs = 1
    assert inet_fragment.fqdir_init(guest13, place, frags.address(), 0) == 0
    fqdir = view(guest13, "fqdir", guest13.memory.u64(place))
    fqdir.high_thresh = 4 << 20
    assert frags.refcnt.refs == 2
    inet_fragment.fqdir_pre_exit(guest13, fqdir.address())
    assert (fqdir.high_thresh, fqdir.dead) == (0, 1)
    inet_fragment.fqdir_exit(guest13, fqdir.address())
    assert frags.refcnt.refs == 1

"""Tests of modtools/emulate/linux/net/netfilter/core.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import Variable, find


@pytest.mark.parametrize(
    "entry", [find("nf_defrag_v4_hook"), find("nf_defrag_v6_hook"), find("nf_ctnetlink_has_listener")]
)
def test_hooks_wait_for_their_modules(entry: object) -> None:
    """They are variables as large as Linux's, which nothing is written into."""
    assert isinstance(entry, Variable)
    assert entry.size in (1, 8)


def test_the_stubs_for_phys_are_not_there_yet(guest13: Guest) -> None:
    """The module libphy sets the pointer."""
    assert find("phylib_stubs")
    assert guest13.memory.u64(guest13.address_of("phylib_stubs")) == 0

"""Tests of modtools/emulate/linux/kernel/cred.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import cred
from modtools.emulate.symbols.structs import view

pytest.importorskip("unicorn")


def test_rights_are_changed_for_a_while(guest: Guest) -> None:
    """override_creds() gives what was before; a copy goes with its last reference."""
    before = cred.current(guest)
    mine = cred.prepare_creds(guest)
    assert cred.override_creds(guest, mine) == before
    assert (cred.current(guest), view(guest, "cred", mine).usage) == (mine, 2)
    cred.revert_creds(guest, before)
    assert (cred.current(guest), view(guest, "cred", mine).usage) == (before, 1)

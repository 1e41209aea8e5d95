"""Tests of modtools/emulate/linux/drivers/char/misc.py."""

from __future__ import annotations

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead


def test_no_module_has_a_device_to_begin_with(guest: Guest) -> None:
    """The list that `misc_register()` adds to is empty."""
    assert listhead.empty(guest, guest.address_of("misc_list"))

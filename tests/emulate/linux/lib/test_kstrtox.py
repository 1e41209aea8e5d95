"""Tests of modtools/emulate/linux/lib/kstrtox.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import kstrtox
from modtools.linuxerrno import EFAULT, ERANGE
from tests.emulated import caller

pytest.importorskip("unicorn")


def test_numbers_from_a_caller(guest: Guest) -> None:
    """They end with the count, an address that is not there is -EFAULT, and what does not fit is told."""
    from modtools.emulate.symbols.registry import find

    found, result = find("kstrtoint_from_user"), guest.heap.kmalloc(8)
    handler = getattr(found, "handler")  # noqa: B009 - whatever kind of entry it is
    assert handler(guest, caller(guest, b"1234"), 3, 10, result) == 0
    assert guest.memory.s32(result) == 123
    assert handler(guest, 8, 3, 10, result) == -EFAULT
    assert handler(guest, caller(guest, b"99999999999\n"), 12, 10, result) == -ERANGE
    assert kstrtox.kstrtobool_from_user(guest, caller(guest, b"off\n"), 4, result) == 0

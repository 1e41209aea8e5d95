"""Tests of modtools/emulate/linux/lib/xarray.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import xarray
from modtools.emulate.symbols.structs import new


def test_an_entry_is_exchanged_if_it_is_the_expected_one(guest: Guest) -> None:
    """xa_cmpxchg() gives what was there; marks are where `include/linux/xarray.h` has them."""
    row = new(guest, "xarray")
    xarray.xa_store(guest, row.address(), 7, 0x70, 0)
    assert xarray.xa_cmpxchg(guest, row.address(), 7, 0x71, 0x72, 0) == 0x70
    assert xarray.xa_cmpxchg(guest, row.address(), 7, 0x70, 0x72, 0) == 0x70
    assert xarray.xa_load(guest, row.address(), 7) == 0x72
    xarray.xa_set_mark(guest, row.address(), 7, 1)
    assert row.xa_flags == 1 << 27 + 1

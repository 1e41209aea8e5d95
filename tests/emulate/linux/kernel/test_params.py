"""Tests of modtools/emulate/linux/kernel/params.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import params
from modtools.linuxerrno import EINVAL

pytest.importorskip("unicorn")


def test_a_parameter_keeps_its_bounds(guest: Guest) -> None:
    """What lies outside of them, or is no number, changes nothing."""
    parameter, value = guest.heap.kmalloc(40), guest.heap.kmalloc(8)
    guest.memory.put(parameter + 32, value, 8)
    results = [
        params.param_set_uint_minmax(guest, guest.new_text(text), parameter, 2, 16)
        for text in (b"0x10", b"1", b"17", b"x")
    ]
    assert (results, guest.memory.u32(value)) == ([0, -EINVAL, -EINVAL, -EINVAL], 16)
    assert params.param_set_uint_minmax(guest, 0, parameter, 2, 16) == -EINVAL

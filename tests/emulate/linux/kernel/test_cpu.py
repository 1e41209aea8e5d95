"""Tests of modtools/emulate/linux/kernel/cpu.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import cpu
from modtools.linuxerrno import EBUSY
from tests.emulated import code

pytest.importorskip("unicorn")


def test_hotplug_states_have_numbers_of_their_own(guest: Guest) -> None:
    """A fixed one is given once, a dynamic one anew each time; the function is called for the processor there is."""
    name, startup = guest.new_text(b"test"), code(guest, "89f8 c3")  # mov eax,edi; ret: 0 for processor 0
    assert cpu.cpuhp_setup_state(guest, 63, name, 1, startup, 0, 0) == 0
    assert cpu.cpuhp_setup_state(guest, 63, name, 1, startup, 0, 0) == -EBUSY
    numbers = [cpu.cpuhp_setup_state(guest, 201, name, 1, startup, 0, 0) for _ in range(2)]
    assert numbers == [201, 202]
    refusing = code(guest, "b8ffffffff c3")
    assert cpu.cpuhp_setup_state(guest, 201, name, 1, refusing, 0, 0) == -1

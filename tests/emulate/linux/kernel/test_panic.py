"""Tests of modtools/emulate/linux/kernel/panic.py."""

from __future__ import annotations

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import panic
from modtools.emulate.stops import Exhausted
from tests.emulated import log


def test_a_panic_is_the_end_of_the_machine(guest: Guest) -> None:
    """The stack is shown, and two lines that nothing follows."""
    guest.frame = guest.abi.blank()
    values: Values = guest.abi.arguments(guest.memory, guest.frame)
    with pytest.raises(Exhausted):
        panic.panic(guest, guest.new_text(b"no way on"), values)
    assert log(guest)[0] == "<0>Kernel panic - not syncing: no way on"
    assert log(guest)[-2:] == ["<0>Kernel Offset: disabled", "<0>---[ end Kernel panic - not syncing: no way on ]---"]

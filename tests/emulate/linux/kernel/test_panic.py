"""Tests of modtools/emulate/linux/kernel/panic.py."""

from __future__ import annotations

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import panic
from modtools.emulate.stops import Exhausted, Needs
from modtools.kernel.taint import Taint
from tests.emulated import both_kernels, log


def test_a_panic_is_the_end_of_the_machine(guest: Guest) -> None:
    """The stack is shown, and two lines that nothing follows."""
    guest.frame = guest.abi.blank()
    values: Values = guest.abi.arguments(guest.memory, guest.frame)
    with pytest.raises(Exhausted):
        panic.panic(guest, guest.new_text(b"no way on"), values)
    assert log(guest)[0] == "<0>Kernel panic - not syncing: no way on"
    assert log(guest)[-2:] == ["<0>Kernel Offset: disabled", "<0>---[ end Kernel panic - not syncing: no way on ]---"]


@both_kernels
def test_a_module_taints_the_kernel(guest: Guest) -> None:
    """The first taint that makes lock debugging unreliable is told; the others are only set."""
    assert not panic.test_taint(guest, Taint.TEST)
    panic.add_taint(guest, Taint.TEST, 0)
    assert panic.test_taint(guest, Taint.TEST)
    assert not log(guest)
    for _ in range(2):
        panic.add_taint(guest, Taint.USER, 1)
        assert log(guest) == ["<4>Disabling lock debugging due to kernel taint"]
    assert guest.kernel.taint == 1 << Taint.TEST | 1 << Taint.USER
    with pytest.raises(Needs):
        panic.add_taint(guest, 31, 0)

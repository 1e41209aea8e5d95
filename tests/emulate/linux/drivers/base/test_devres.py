"""Tests of modtools/emulate/linux/drivers/base/devres.py, beside the recording `calls-drivers-devres.t`."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import devres
from modtools.emulate.objects import binding
from tests.emulated import both_kernels, code, words

pytest.importorskip("unicorn")


@both_kernels
def test_actions_are_done_when_a_device_is_given_back(guest: Guest) -> None:
    """With a name as without one; one that was taken back before is not done."""
    device, count = guest.heap.kmalloc(1024), words(guest, 0)
    action = code(guest, "ff07c3")  # incl (%rdi); ret
    assert devres.devm_add_action(guest, device, action, count) == 0
    assert devres.devm_add_action(guest, device, action, count, guest.new_text(b"action")) == 0
    assert devres.devm_add_action(guest, device, action, count + 4, 0) == 0
    devres.devm_remove_action(guest, device, action, count + 4)
    binding.release_resources(guest, device)
    assert guest.memory.u64(count) == 2

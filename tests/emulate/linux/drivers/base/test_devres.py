"""Tests of modtools/emulate/linux/drivers/base/devres.py, beside the recording `calls-drivers-devres.t`."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import devres
from modtools.emulate.linux.lib import devres as mapped
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


@both_kernels
def test_a_mapping_that_is_taken_away_is_no_resource_any_more(guest: Guest) -> None:
    """Of several it is the one at this address; the others go with the device."""
    device = guest.heap.kmalloc(1024)
    first, second = (mapped.devm_ioremap(guest, device, place, 0x1000) for place in (0xD0000000, 0xD0001000))
    mapped.devm_iounmap(guest, device, second)
    assert [guest.memory.u64(row[0]) for row in binding.resources(guest, device)] == [first]
    mapped.devm_iounmap(guest, device, first)
    assert not binding.resources(guest, device)

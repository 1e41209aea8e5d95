"""Tests of modtools/emulate/linux/kernel/padata.py, and of what else only takes note of its callers."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.kernel import nmi
from modtools.emulate.linux.kernel import padata
from modtools.emulate.linux.kernel.sched import core
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, find
from modtools.emulate.symbols.structs import new, view
from tests.emulated import both_kernels


@both_kernels
def test_an_instance_has_a_kobject(guest: Guest) -> None:
    """The caller adds it to /sys; freeing gives its only reference back."""
    address = padata.padata_alloc(guest, guest.new_text(b"pencrypt"))
    kobject = view(guest, "padata_instance", address).kobj
    assert (kobject.kref.refcount.refs, kobject.state_initialized) == (1, 1)
    padata.padata_free(guest, address)
    assert kobject.kref.refcount.refs == 0
    core.migrate(guest)


@both_kernels
def test_a_handler_of_interrupts_that_cannot_be_masked(guest: Guest) -> None:
    """It is known by type and name; one without a function is not pretended."""
    action = new(guest, "nmiaction")
    listhead.init(guest, action.list.address())
    with pytest.raises(Needs):
        nmi.register_nmi_handler(guest, 0, action.address())
    action.handler, action.name = 8, guest.new_text(b"mine")
    assert nmi.register_nmi_handler(guest, 0, action.address()) == 0
    nmi.unregister_nmi_handler(guest, 0, guest.new_text(b"other"))
    assert action.address() in guest.table("nmi")
    nmi.unregister_nmi_handler(guest, 0, action.name)
    assert guest.table("nmi") == {}


@both_kernels
def test_memory_never_goes(guest: Guest) -> None:
    """A notifier is put into a chain, and taken out again."""
    block = new(guest, "notifier_block").address()
    for name in ("register", "unregister"):
        entry = find("register_memory_notifier") if name == "register" else find("unregister_memory_notifier")
        assert isinstance(entry, Function)
        assert entry.handler(guest, block) == 0
    assert find("itlb_multihit_kvm_mitigation")
    assert find("cpu_info")

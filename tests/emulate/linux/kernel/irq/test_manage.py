"""Tests of modtools/emulate/linux/kernel/irq/manage.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.irq import manage
from modtools.linuxerrno import EBUSY, EINVAL
from tests.emulated import log

pytest.importorskip("unicorn")


SHARED = 0x80


def test_interrupts_are_shared_by_those_who_want_to(guest: Guest) -> None:
    """The keyboard's line can be shared with an identity; there is no line 200, and none without a handler."""
    name = guest.new_text(b"mine")
    assert manage.request_threaded_irq(guest, 1, 0x1000, 0, SHARED, name, 0x2000) == 0
    assert manage.request_threaded_irq(guest, 1, 0x1000, 0, SHARED, name, 0) == -EINVAL
    assert manage.request_threaded_irq(guest, 200, 0x1000, 0, 0, name, 0x2000) == -EINVAL
    assert manage.request_threaded_irq(guest, 5, 0, 0, 0, name, 0x2000) == -EINVAL
    assert manage.free_irq(guest, 1, 0x2000) == name
    assert manage.request_threaded_irq(guest, 8, 0x1000, 0, 0, name, 0) == -EBUSY


@pytest.mark.parametrize(("guest", "fits"), [("debian-12", SHARED), ("debian-13", SHARED | 0x2000)], indirect=["guest"])
def test_acpis_line_is_shared_by_those_who_are_as_it_is(guest: Guest, fits: int) -> None:
    """Later kernels handle it in a thread, which all must do that share it."""
    name = guest.new_text(b"mine")
    assert manage.request_threaded_irq(guest, 9, 0x1000, 0, fits, name, 0x2000) == 0
    assert manage.request_threaded_irq(guest, 9, 0x1000, 0, fits ^ 0x2000, name, 0x3000) == -EBUSY
    assert f"genirq: Flags mismatch irq 9. {fits ^ 0x2000:08x} (mine) vs. {fits:08x} (acpi)" in log(guest)[-1]

"""Tests of modtools/emulate/linux/kernel/resource.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import resource
from modtools.emulate.symbols.structs import view
from tests.emulated import log

pytest.importorskip("unicorn")


def test_ports_are_reserved_once(guest: Guest) -> None:
    """What is free is reserved by one, what the kernel has at boot by none; giving back what is not given is told."""
    ports, name = guest.address_of("ioport_resource"), guest.new_text(b"mine")
    first = resource.request_region(guest, ports, 0x2E, 2, name, 0)
    row = view(guest, "resource", first)
    assert (row.start, row.end, row.name) == (0x2E, 0x2F, name)
    assert guest.text(view(guest, "resource", row.parent).name) == "PCI Bus 0000:00"
    assert resource.request_region(guest, ports, 0x2F, 1, name, 0) == 0
    assert resource.request_region(guest, ports, 0x70, 2, name, 0) == 0
    assert resource.request_region(guest, ports, 0xFFFF, 2, name, 0) == 0
    resource.release_region(guest, ports, 0x2E, 2)
    assert resource.request_region(guest, ports, 0x2F, 1, name, 0)
    resource.release_region(guest, ports, 0x2E, 2)
    assert log(guest) == ["<4>resource: Trying to free nonexistent resource <0x000000000000002e-0x000000000000002f>"]

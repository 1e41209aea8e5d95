"""Tests of modtools/emulate/linux/drivers/acpi/apei/ghes.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.acpi.apei import ghes


def test_the_firmware_reports_no_errors(guest: Guest) -> None:
    """There are no devices of it, so that drivers of memory controllers look for errors themselves."""
    assert ghes.ghes_get_devices(guest) == 0

"""Drivers of terminals: the numbers that they get."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("unicorn")

from modtools.emulate.linux.drivers.tty import tty_io
from modtools.emulate.symbols.structs import new
from tests.emulated import boot

_DYNAMIC_DEV = 8


@pytest.mark.parametrize(("major", "taken"), [(0, 246), (65536, 246), (4096, 246), (4096 + 300, 300), (300, 300)])
def test_a_major_keeps_its_twelve_lowest_bits(tmp_path: Path, major: int, taken: int) -> None:
    """`MKDEV()` of Linux has no more; if none is left, one is given out, which the driver does not learn."""
    guest = boot(tmp_path / "state.json")
    driver = new(guest, "tty_driver")
    driver.major, driver.num, driver.flags, driver.name = major, 4, _DYNAMIC_DEV, guest.new_text(b"ttyX")
    assert tty_io.tty_register_driver(guest, driver.address()) == 0
    assert driver.major == (major or 246)
    assert guest.table("chrdevs")[taken] == [[0, 4, "ttyX"]]

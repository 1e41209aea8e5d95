"""Tests of modtools/emulate/linux/drivers/video/: whether graphics drivers may use the hardware."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.video import nomodeset
from modtools.emulate.linux.drivers.video.fbdev.core import fbmem
from tests.emulated import log


@pytest.mark.parametrize("words", ["quiet", "quiet nomodeset"])
def test_nomodeset_keeps_drivers_away(guest13: Guest, words: str) -> None:
    """The word on the command line decides, and a driver of a frame buffer is named in the log."""
    wanted = "nomodeset" in words
    guest13.kernel.identity = guest13.kernel.identity._replace(cmdline=words)
    name = guest13.new_text(b"pm3fb")
    assert nomodeset.video_firmware_drivers_only(guest13) is wanted
    assert fbmem.fb_modesetting_disabled(guest13, name) is wanted
    assert log(guest13) == ["<4>Driver pm3fb not loading because of nomodeset parameter"] * wanted

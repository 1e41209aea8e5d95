"""drivers/video/nomodeset.c: Whether graphics drivers may use the hardware."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool video_firmware_drivers_only(void)")
def video_firmware_drivers_only(guest: Guest) -> bool:
    """Return whether the command line has `nomodeset`."""
    return "nomodeset" in guest.kernel.identity.cmdline.split()

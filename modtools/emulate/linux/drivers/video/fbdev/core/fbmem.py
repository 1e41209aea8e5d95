"""drivers/video/fbdev/core/fbmem.c: Whether drivers of frame buffers may be loaded."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.video.nomodeset import video_firmware_drivers_only
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import WARNING


@function("bool fb_modesetting_disabled(const char *drvname)")
def fb_modesetting_disabled(guest: Guest, name: int) -> bool:
    """Return whether the command line has `nomodeset`, and log that the driver is not loaded then."""
    disabled = bool(video_firmware_drivers_only(guest))
    if disabled:
        guest.printk(WARNING, f"Driver {guest.text(name)} not loading because of nomodeset parameter")
    return disabled

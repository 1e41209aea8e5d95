"""drivers/video/fbdev/core/fb_cmdline.c: What the kernel's command line says of frame buffers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("int fb_get_options(const char *name, char **option)")
def fb_get_options(guest: Guest, _name: int, result: int) -> int:
    """Write NULL and return 0; `video=` on the command line stops the run."""
    if "video=" in guest.kernel.identity.cmdline:
        raise Needs("video= on the command line")
    if result:
        guest.memory.put(result, 0, 8)
    return 0

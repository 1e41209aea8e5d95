"""drivers/video/fbdev/core/fbsysfs.c: The structures of frame buffers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import locks
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import has, size_of, view

_LONG = 8


@function("struct fb_info *framebuffer_alloc(size_t size, struct device *dev)")
def framebuffer_alloc(guest: Guest, size: int, device: int) -> int:
    """Return a new `struct fb_info`, with room for a driver's own data behind it."""
    length = size_of(guest, "fb_info")
    length += _LONG - length % _LONG if size else 0
    info = view(guest, "fb_info", guest.heap.kmalloc(guest.bounded(length + size)))
    info.par = info.address() + length if size else 0
    info.device, info.fbcon_rotate_hint = device, -1
    locks.init_mutex(guest, info.address("bl_curve_mutex"))
    return info.address()


@function("void framebuffer_release(struct fb_info *info)")
def framebuffer_release(guest: Guest, address: int) -> None:
    """Free a `struct fb_info`, and its list of memory that firmware uses; NULL is ignored."""
    if not address:
        return
    info = view(guest, "fb_info", address)
    if info.count.refs:
        raise Needs("the warning about a frame buffer in use")
    if has(guest, "fb_info", "apertures"):
        guest.heap.free(info.apertures)
    guest.heap.free(address)

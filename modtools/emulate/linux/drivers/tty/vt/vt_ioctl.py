"""drivers/tty/vt/vt_ioctl.c: What can be asked of a virtual console."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_KDSETLED = 0x4B32


@function("int vt_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)")
def vt_ioctl(_guest: Guest, _terminal: int, request: int, _value: int) -> int:
    """Set the lights of the keyboard, which nobody sees, and return 0; any other request stops the run."""
    if request != _KDSETLED:
        raise Needs(f"vt_ioctl({request:#x})")
    return 0

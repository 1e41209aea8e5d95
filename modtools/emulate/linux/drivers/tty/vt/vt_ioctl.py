"""drivers/tty/vt/vt_ioctl.c: What a program, or a module in its place, asks of a virtual console."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.tty.vt import keyboard
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_SET_LIGHTS = 0x4B32
"""KDSETLED of `include/uapi/linux/kd.h`."""


@function("int vt_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)")
def vt_ioctl(guest: Guest, _terminal: int, command: int, argument: int) -> int:
    """Let the keyboards' lights show something else than the locks, or the locks again, and return 0; all else stops
    the run.
    """
    if command != _SET_LIGHTS:
        raise Needs(f"the ioctl {command:#x} of a console")
    keyboard.set_lights(guest, argument)
    return 0

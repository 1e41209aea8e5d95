"""fs/fcntl.c: Signals to programs that want to be told of a file.

No program asks for them.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp)")
def fasync_helper(guest: Guest, _number: int, _file: int, wanted: int, place: int) -> int:
    """Return 0 for leaving a list of signal receivers in which nobody is; entering one, or a list with entries, stops
    the run.
    """
    if wanted or guest.memory.u64(place):
        raise Needs("a program that wants to be told by a signal")
    return 0


@function("void kill_fasync(struct fasync_struct **fp, int sig, int band)")
def kill_fasync(guest: Guest, place: int, _signal: int, _band: int) -> None:
    """Send a signal to nobody, since no program asks for it; a list with entries stops the run."""
    if guest.memory.u64(place):
        raise Needs("a program that wants to be told by a signal")

"""fs/fcntl.c: Signals to programs that want to be told of a file."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.files import openfiles
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, offset_of, view
from modtools.emulate.tasks import signals
from modtools.kernel.log import ERR

_FASYNC, _MAGIC = 0o20000, 0x4601
"""FASYNC of `include/uapi/asm-generic/fcntl.h`, FASYNC_MAGIC of `include/linux/fs.h`."""
_SIGURG, _SIGIO = 23, 29
_GROUP = 2
"""F_OWNER_PGRP."""


def _entries(guest: Guest, place: int) -> Iterator[tuple[int, View]]:
    """Yield each entry of a list, and where its address stands."""
    while address := guest.memory.u64(place):
        yield place, view(guest, "fasync_struct", address)
        place = address + offset_of(guest, "fasync_struct", "fa_next")


@function("int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp)")
def fasync_helper(guest: Guest, number: int, file: int, wanted: int, place: int) -> int:
    """Enter an open file into a list of those whose programs are to be told, or take it out; return whether that
    changes the list.
    """
    opened = view(guest, "file", file)
    found = next(((at, entry) for at, entry in _entries(guest, place) if entry.fa_file == file), None)
    opened.f_flags = opened.f_flags | _FASYNC if wanted else opened.f_flags & ~_FASYNC
    if found is None and wanted:
        entry = new(guest, "fasync_struct")
        entry.magic, entry.fa_fd, entry.fa_file, entry.fa_next = _MAGIC, number, file, guest.memory.u64(place)
        guest.memory.put(place, entry.address(), 8)
        return 1
    if found is None:
        return 0
    at, entry = found
    if wanted:
        entry.fa_fd = number
        return 0
    guest.memory.put(at, entry.fa_next, 8)
    guest.heap.free(entry.address())
    return 1


@function("void kill_fasync(struct fasync_struct **fp, int sig, int band)")
def kill_fasync(guest: Guest, place: int, signal: int, _band: int) -> None:
    """Send a signal to the program behind each open file of a list: SIGIO, or the one that the program has chosen. The
    band, of which the program may be told, is not.
    """
    for _, entry in _entries(guest, place):
        if entry.magic != _MAGIC:
            guest.printk(ERR, "kill_fasync: bad magic number in fasync_struct!")
            return
        row = openfiles.of_file(guest, entry.fa_file)
        kind, owner, chosen = (row or {}).get("owner", (0, 0, 0))
        if owner and not (signal == _SIGURG and not chosen):
            signals.give_program(guest, -owner if kind == _GROUP else owner, chosen or _SIGIO)

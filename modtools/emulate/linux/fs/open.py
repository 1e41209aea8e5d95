"""fs/open.c: Opening files from within the kernel."""

from __future__ import annotations

from modtools.emulate.files import kernelfiles
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

_PLACES, _ATOMIC, _STREAM = 0x1C, 0x8000, 0x200000
"""FMODE_LSEEK, FMODE_PREAD and FMODE_PWRITE; FMODE_ATOMIC_POS; FMODE_STREAM (`include/linux/fs.h`)."""


@function("struct file *filp_open(const char *filename, int flags, umode_t mode)")
def filp_open(guest: Guest, name: int, flags: int, mode: int) -> int:
    """Open a file of the machine's disk, below its root; return it, or an error. Folders, and what /proc, /sys and
    /dev have, stop the run.
    """
    return kernelfiles.open_path(guest, guest.text(name), flags, mode)


@function("int filp_close(struct file *filp, void *id)")
def filp_close(guest: Guest, file: int, _owner: int) -> int:
    """Close a file that `filp_open()` has opened; return 0."""
    return kernelfiles.close(guest, file)


@function("int nonseekable_open(struct inode *inode, struct file *filp)")
def nonseekable_open(guest: Guest, _inode: int, file: int) -> int:
    """Note that a file has no places, and return 0."""
    view(guest, "file", file).f_mode &= ~_PLACES
    return 0


@function("int stream_open(struct inode *inode, struct file *filp)")
def stream_open(guest: Guest, _inode: int, file: int) -> int:
    """Note that a file has no places, so that its functions get NULL for one, and return 0."""
    opened = view(guest, "file", file)
    opened.f_mode = opened.f_mode & ~(_PLACES | _ATOMIC) | _STREAM
    return 0

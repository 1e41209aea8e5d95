"""fs/open.c: Opening files from within the kernel."""

from __future__ import annotations

from modtools.emulate.files import kernelfiles
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


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


@function("int nonseekable_open(struct inode *inode, struct file *filp)", "int stream_open(void *inode, void *filp)")
def nonseekable_open(_guest: Guest, _inode: int, _file: int) -> int:
    """Return 0; that the file cannot seek is not noted."""
    return 0

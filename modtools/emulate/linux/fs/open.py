"""fs/open.c: Opening files from within the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

_CREATE = 0o100
_OF_THE_KERNEL = ("/proc", "/sys", "/dev")


@function("struct file *filp_open(const char *filename, int flags, umode_t mode)")
def filp_open(guest: Guest, name: int, flags: int, _mode: int) -> int:
    """Return -ENOENT for a file in a folder, since the virtual machine has none. One below /proc, /sys or /dev, in the
    root folder, by a relative path, or to be created, stops the run.
    """
    path = guest.text(name)
    if flags & _CREATE or not path.startswith("/") or path.startswith(_OF_THE_KERNEL) or path.count("/") < 2:
        raise Needs(f"filp_open of {path}")
    return -ENOENT


@function("int nonseekable_open(struct inode *inode, struct file *filp)", "int stream_open(void *inode, void *filp)")
def nonseekable_open(_guest: Guest, _inode: int, _file: int) -> int:
    """Return 0; that the file cannot seek is not noted."""
    return 0

"""fs/fuse/dev.c: What /dev/fuse does, which CUSE takes over for its own file where FUSE is built in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import view

_DONE = "read_iter write_iter splice_read splice_write poll release fasync unlocked_ioctl compat_ioctl".split()


@variable("fuse_dev_operations", "file_operations")
def fuse_dev_operations(guest: Guest, address: int) -> None:
    """Name the functions, whose first call stops the run."""
    row = view(guest, "file_operations", address)
    for field in _DONE:
        setattr(row, field, guest.address_of(f"fuse_dev_operations.{field}"))

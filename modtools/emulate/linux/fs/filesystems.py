"""fs/filesystems.c: Registering kinds of file systems."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EBUSY, EINVAL


def _name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "file_system_type", address).name)


function("int register_filesystem(struct file_system_type *fs)")(
    registrations.registering("filesystems", _name, taken=EBUSY)
)
function("int unregister_filesystem(struct file_system_type *fs)")(
    registrations.unregistering("filesystems", _name, absent=EINVAL)
)

"""fs/filesystems.c: Registering kinds of file systems."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY, EINVAL

function("int register_filesystem(struct file_system_type *fs)")(
    registrations.registering("filesystems", name_at=0, taken=EBUSY)
)
function("int unregister_filesystem(struct file_system_type *fs)")(
    registrations.unregistering("filesystems", name_at=0, absent=EINVAL)
)

"""fs/filesystems.c: Registering kinds of file systems, and finding them. The kernel's own are not there."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.objects import registrations
from modtools.emulate.objects.modulerefs import take as get_module
from modtools.emulate.stops import Needs
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

_HAS_SUBTYPE = 4
"""FS_HAS_SUBTYPE: a name may go on with a dot and the kind of the file system below it."""


@function("struct file_system_type *get_fs_type(const char *name)")
def get_fs_type(guest: Guest, address: int) -> int:
    """Return the kind of file systems of a name with a reference on its module, asking for that if it is not there.

    NULL is returned for a subtype of a kind that has none. The kernel's own kinds are not known by name.
    """
    name, dot, _ = guest.memory.text(address).partition(b".")
    text = name.decode("utf-8", "surrogateescape")
    table = guest.table("registered filesystems")
    if text not in table:
        kmod.ask(guest, b"fs-" + name)
    if text not in table:
        raise Needs(f"the file system {text}")
    kind = view(guest, "file_system_type", table[text])
    if dot and not kind.fs_flags & _HAS_SUBTYPE:
        return 0
    owner = guest.module_at(kind.owner)
    return table[text] if owner is None or get_module(owner) else 0

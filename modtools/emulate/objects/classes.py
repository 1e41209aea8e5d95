"""Classes of devices: registering one.

From Linux: `drivers/base/class.c: class_register()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import kobjects, records
from modtools.emulate.objects.sysfs import add_groups
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import EEXIST

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def built_in(guest: Guest, name: str, release: str = "") -> int:
    """Return the class of this name that the kernel has of its own; make it at first use, with the function that
    releases its devices.
    """
    table = guest.table(f"{name}_class")
    if "address" not in table:
        cls = new(guest, "class")
        cls.name, cls.dev_release = guest.new_text(name.encode()), guest.address_of(release) if release else 0
        register(guest, cls.address())
        table["address"] = cls.address()
    return int(table["address"])


def register(guest: Guest, address: int) -> int:
    """Do what class_register() does: return 0, or -EEXIST for a name that is taken."""
    cls, private = view(guest, "class", address), new(guest, "subsys_private")
    own = private.subsys.kobj
    name = guest.memory.text(cls.name)
    kobjects.init(guest, own.address(), guest.address_of("dynamic_kobj_ktype"))
    kobjects.set_name(guest, own.address(), name)
    own.parent = kobjects.root(guest, "class_kset")
    try:
        kobjects.add(guest, own.address())
    except NameTaken:
        guest.heap.free(private.address())
        return -EEXIST
    setattr(private, "class", address)
    guest.table("classes")[address] = {"name": name.decode("utf-8", "surrogateescape"), "devices": [], "interfaces": []}
    records.set_private(guest, "class", address, private.address())
    add_groups(guest, own.address(), cls.class_groups)
    return 0

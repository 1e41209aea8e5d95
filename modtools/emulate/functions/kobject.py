"""kobjects and ksets, and attributes in /sys.

From Linux 6.1: `lib/kobject.c`, `lib/kobject_uevent.c`, `fs/sysfs/file.c`, `fs/sysfs/group.c`, `fs/sysfs/symlink.c`.
Nobody listens to uevents.
"""

from __future__ import annotations

from modtools.emulate import kobjects, listhead
from modtools.emulate.guest import Guest
from modtools.emulate.kobjects import kobject
from modtools.emulate.registry import function, variable
from modtools.emulate.structs import new, view
from modtools.emulate.values import VaList, Values
from modtools.emulate.vsprintf import vsprintf
from modtools.linuxerrno import EEXIST, EINVAL


@variable("dynamic_kobj_ktype", 64)
def dynamic_kobj_ktype(guest: Guest, address: int) -> None:
    """`struct kobj_type`: release first. What is released is the kobject alone."""
    guest.memory.put(address, guest.address_of("dynamic_kobj_release"), 8)


@function("void dynamic_kobj_release(struct kobject *kobj)")
def dynamic_kobj_release(guest: Guest, address: int) -> None:
    """kfree."""
    guest.heap.free(address)


@variable("kset_ktype", 64)
def kset_ktype(guest: Guest, address: int) -> None:
    """The same for a kset that was created."""
    guest.memory.put(address, guest.address_of("kset_release"), 8)


@function("void kset_release(struct kobject *kobj)")
def kset_release(guest: Guest, address: int) -> None:
    """kfree of the kset around it."""
    guest.heap.free(address - view(guest, "kset", 0).address("kobj"))


@function("void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)")
def kobject_init(guest: Guest, address: int, ktype: int) -> None:
    """One reference."""
    kobjects.init(guest, address, ktype)


def _named(guest: Guest, address: int, fmt: int, values: Values) -> None:
    kobjects.set_name(guest, address, vsprintf(guest, guest.memory.text(fmt), values))


@function("int kobject_set_name(struct kobject *kobj, const char *fmt, ...)")
def kobject_set_name(guest: Guest, address: int, fmt: int, values: Values) -> int:
    """Slashes become exclamation marks."""
    _named(guest, address, fmt, values)
    return 0


@function("int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)")
def kobject_set_name_vargs(guest: Guest, address: int, fmt: int, args: int) -> int:
    """The same."""
    _named(guest, address, fmt, VaList(guest.memory, args))
    return 0


@function("int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)")
def kobject_add(guest: Guest, address: int, parent: int, fmt: int, values: Values) -> int:
    """Named and added."""
    _named(guest, address, fmt, values)
    kobject(guest, address).parent = parent
    return _add(guest, address)


def _add(guest: Guest, address: int) -> int:
    try:
        kobjects.add(guest, address)
    except kobjects.Taken:
        return -EEXIST
    return 0


@function(
    "int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,"
    " struct kobject *parent, const char *fmt, ...)"
)
def kobject_init_and_add(guest: Guest, address: int, ktype: int, parent: int, fmt: int, values: Values) -> int:
    """All at once."""
    kobjects.init(guest, address, ktype)
    return int(kobject_add(guest, address, parent, fmt, values))


@function("struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)")
def kobject_create_and_add(guest: Guest, name: int, parent: int) -> int:
    """One of its own; NULL where the name is taken."""
    try:
        return kobjects.create(guest, guest.memory.text(name), parent)
    except kobjects.Taken:
        return 0


@function("struct kobject *kobject_get(struct kobject *kobj)")
def kobject_get(guest: Guest, address: int) -> int:
    """One reference more."""
    return kobjects.get(guest, address)


@function("struct kobject *kobject_get_unless_zero(struct kobject *kobj)")
def kobject_get_unless_zero(guest: Guest, address: int) -> int:
    """0 for one that is going."""
    if not address or not guest.memory.u32(kobject(guest, address).address("kref")):
        return 0
    return kobjects.get(guest, address)


@function("void kobject_put(struct kobject *kobj)")
def kobject_put(guest: Guest, address: int) -> None:
    """One less."""
    kobjects.put(guest, address)


@function("void kobject_del(struct kobject *kobj)")
def kobject_del(guest: Guest, address: int) -> None:
    """Out of /sys."""
    kobjects.delete(guest, address)


@function("char *kobject_get_path(const struct kobject *kobj, gfp_t gfp_mask)")
def kobject_get_path(guest: Guest, address: int, _flags: int) -> int:
    """In memory that the caller frees."""
    return guest.new_text(kobjects.path(guest, address).encode("utf-8", "surrogateescape"))


@function("int kobject_uevent(struct kobject *kobj, enum kobject_action action)")
def kobject_uevent(_guest: Guest, _address: int, _action: int) -> int:
    """Nobody listens."""
    return 0


@function("int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char **envp)")
def kobject_uevent_env(_guest: Guest, _address: int, _action: int, _env: int) -> int:
    """Nobody listens."""
    return 0


@function("void kset_init(struct kset *k)")
def kset_init(guest: Guest, address: int) -> None:
    """Empty; the type of its kobject is the caller's."""
    kset = view(guest, "kset", address)
    own = kset.kobj
    guest.memory.put(own.address("kref"), 1, 4)
    guest.memory.put(own.address("kref") + 4, 1, 4)
    for head in (own.entry.address(), kset.list.address()):
        listhead.init(guest, head)


@function("int kset_register(struct kset *k)")
def kset_register(guest: Guest, address: int) -> int:
    """Initialised and added."""
    if not address:
        return -EINVAL
    kset_init(guest, address)
    return _add(guest, view(guest, "kset", address).kobj.address())


@function("void kset_unregister(struct kset *k)")
def kset_unregister(guest: Guest, address: int) -> None:
    """Removed, and one reference less."""
    if address:
        own = view(guest, "kset", address).kobj.address()
        kobjects.delete(guest, own)
        kobjects.put(guest, own)


@function(
    "struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *uevent_ops,"
    " struct kobject *parent_kobj)"
)
def kset_create_and_add(guest: Guest, name: int, uevent_ops: int, parent: int) -> int:
    """One of its own."""
    kset = new(guest, "kset")
    own = kset.kobj
    kobjects.set_name(guest, own.address(), guest.memory.text(name))
    kset.uevent_ops, own.parent, own.ktype = uevent_ops, parent, guest.address_of("kset_ktype")
    if kset_register(guest, kset.address()):
        guest.heap.free(kset.address())
        return 0
    return kset.address()


def _pointer(guest: Guest, address: int, name: str) -> None:
    guest.memory.put(address, kobjects.root(guest, name), 8)


@variable("kernel_kobj", 8)
def kernel_kobj(guest: Guest, address: int) -> None:
    """/sys/kernel."""
    _pointer(guest, address, "kernel_kobj")


@variable("fs_kobj", 8)
def fs_kobj(guest: Guest, address: int) -> None:
    """/sys/fs."""
    _pointer(guest, address, "fs_kobj")


@variable("firmware_kobj", 8)
def firmware_kobj(guest: Guest, address: int) -> None:
    """/sys/firmware."""
    _pointer(guest, address, "firmware_kobj")


@variable("hypervisor_kobj", 8)
def hypervisor_kobj(guest: Guest, address: int) -> None:
    """/sys/hypervisor."""
    _pointer(guest, address, "hypervisor_kobj")


@variable("power_kobj", 8)
def power_kobj(guest: Guest, address: int) -> None:
    """/sys/power."""
    _pointer(guest, address, "power_kobj")


@variable("mm_kobj", 8)
def mm_kobj(guest: Guest, address: int) -> None:
    """/sys/kernel/mm."""
    _pointer(guest, address, "mm_kobj")

"""lib/kobject.c: kobjects and ksets, and those that are there from the beginning.

Nobody listens to uevents.
"""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects, listhead, sysfs
from modtools.emulate.objects.sysfs import kobject
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EINVAL


@variable("dynamic_kobj_ktype", "kobj_type")
def dynamic_kobj_ktype(guest: Guest, address: int) -> None:
    """Describe a kobject of kobject_create(): release frees the kobject."""
    view(guest, "kobj_type", address).release = guest.address_of("dynamic_kobj_release")


@function("void dynamic_kobj_release(struct kobject *kobj)")
def dynamic_kobj_release(guest: Guest, address: int) -> None:
    """Free a kobject at its last reference."""
    guest.heap.free(address)


@variable("kset_ktype", "kobj_type")
def kset_ktype(guest: Guest, address: int) -> None:
    """Describe the kobject of a kset that kset_create_and_add() made: release frees the kset."""
    view(guest, "kobj_type", address).release = guest.address_of("kset_release")


@function("void kset_release(struct kobject *kobj)")
def kset_release(guest: Guest, address: int) -> None:
    """Free the kset around a kobject."""
    guest.heap.free(address - view(guest, "kset", 0).address("kobj"))


@function("void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)")
def kobject_init(guest: Guest, address: int, ktype: int) -> None:
    """Prepare a kobject of a type with one reference."""
    kobjects.init(guest, address, ktype)


def _named(guest: Guest, address: int, fmt: int, values: Values) -> None:
    kobjects.set_name(guest, address, vsprintf(guest, guest.memory.text(fmt), values))


@function("int kobject_set_name(struct kobject *kobj, const char *fmt, ...)")
def kobject_set_name(guest: Guest, address: int, fmt: int, values: Values) -> int:
    """Set a kobject's name from a format, with ! for each slash; return 0."""
    _named(guest, address, fmt, values)
    return 0


@function("int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)")
def kobject_set_name_vargs(guest: Guest, address: int, fmt: int, args: int) -> int:
    """Set a kobject's name from a format and a va_list, with ! for each slash; return 0."""
    _named(guest, address, fmt, guest.va_list(args))
    return 0


@function("int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)")
def kobject_add(guest: Guest, address: int, parent: int, fmt: int, values: Values) -> int:
    """Name a kobject and make its folder below the parent's in /sys; return 0, -EEXIST, or -EINVAL for one that is not
    there, was never initialised or has no name.
    """
    if not address:
        return -EINVAL
    own = kobject(guest, address)
    if not own.state_initialized:
        title = f"kobject '{kobjects.shown_name(guest, own)}' ({hashed(address)})"
        kobjects.complain(guest, f"{title}: tried to add an uninitialized object, something is seriously wrong.")
        return -EINVAL
    _named(guest, address, fmt, values)
    kobject(guest, address).parent = parent
    return _add(guest, address)


def _add(guest: Guest, address: int) -> int:
    try:
        kobjects.add(guest, address)
    except NameTaken as taken:
        return taken.result
    return 0


@function(
    "int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,"
    " struct kobject *parent, const char *fmt, ...)"
)
def kobject_init_and_add(guest: Guest, address: int, ktype: int, parent: int, fmt: int, values: Values) -> int:
    """Prepare, name and add a kobject; return what `kobject_add()` does."""
    kobjects.init(guest, address, ktype)
    return int(kobject_add(guest, address, parent, fmt, values))


@function("struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)")
def kobject_create_and_add(guest: Guest, name: int, parent: int) -> int:
    """Allocate and add a kobject; return it, or NULL where the name is taken."""
    try:
        return kobjects.create(guest, guest.memory.text(name), parent)
    except NameTaken as taken:
        prefix = guest.kernel.identity.features.kobject_prefix
        guest.printk(WARNING, f"{prefix}kobject_create_and_add: kobject_add error: {taken.result}")
        return 0


@function("struct kobject *kobject_get(struct kobject *kobj)")
def kobject_get(guest: Guest, address: int) -> int:
    """Take a reference on a kobject and return it; NULL stays NULL."""
    return kobjects.get(guest, address)


@function("struct kobject *kobject_get_unless_zero(struct kobject *kobj)")
def kobject_get_unless_zero(guest: Guest, address: int) -> int:
    """Take a reference on a kobject and return it; NULL if its last reference was dropped."""
    if not address or not kobject(guest, address).kref.refcount.refs:
        return 0
    return kobjects.get(guest, address)


@function("void kobject_put(struct kobject *kobj)")
def kobject_put(guest: Guest, address: int) -> None:
    """Drop a reference on a kobject; the last one releases it."""
    kobjects.put(guest, address)


@function("void kobject_del(struct kobject *kobj)")
def kobject_del(guest: Guest, address: int) -> None:
    """Remove a kobject's folder from /sys; the references stay."""
    kobjects.delete(guest, address)


@function("char *kobject_get_path(const struct kobject *kobj, gfp_t gfp_mask)")
def kobject_get_path(guest: Guest, address: int, _flags: int) -> int:
    """Return a kobject's path below /sys as a text that the caller frees."""
    return guest.new_text(sysfs.path(guest, address).encode("utf-8", "surrogateescape"))


@function("void kset_init(struct kset *k)")
def kset_init(guest: Guest, address: int) -> None:
    """Make a kset empty, with one reference; the type of its kobject is the caller's."""
    kset = view(guest, "kset", address)
    kobjects.prepare(guest, kset.kobj)
    listhead.init(guest, kset.list.address())


@function("int kset_register(struct kset *k)")
def kset_register(guest: Guest, address: int) -> int:
    """Prepare a kset and make its folder in /sys; return 0, -EINVAL for NULL, or -EEXIST."""
    if not address:
        return -EINVAL
    kset_init(guest, address)
    return _add(guest, view(guest, "kset", address).kobj.address())


@function("void kset_unregister(struct kset *k)")
def kset_unregister(guest: Guest, address: int) -> None:
    """Remove a kset's folder from /sys and drop a reference; NULL is ignored."""
    if address:
        own = view(guest, "kset", address).kobj.address()
        kobjects.delete(guest, own)
        kobjects.put(guest, own)


@function(
    "struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *uevent_ops,"
    " struct kobject *parent_kobj)"
)
def kset_create_and_add(guest: Guest, name: int, uevent_ops: int, parent: int) -> int:
    """Allocate and register a kset; return it, or NULL on an error."""
    kset = new(guest, "kset")
    own = kset.kobj
    kobjects.set_name(guest, own.address(), guest.memory.text(name))
    kset.uevent_ops, own.parent, own.ktype = uevent_ops, parent, guest.address_of("kset_ktype")
    if kset_register(guest, kset.address()):
        guest.heap.free(kset.address())
        return 0
    return kset.address()

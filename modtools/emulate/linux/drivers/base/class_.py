"""drivers/base/class.c: Classes of devices: registering, their files, walking their devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import classes, kobjects, records, refcounts, sysfs
from modtools.emulate.objects.records import class_row
from modtools.emulate.objects.sysfs import remove_file, remove_groups, try_file
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.integers import ERROR_POINTERS
from modtools.linuxerrno import EINVAL, ENODEV


@function("int __class_register(struct class *cls, struct lock_class_key *key)")
def class_register_with_key(guest: Guest, address: int, _key: int) -> int:
    """Register a class with a key for lockdep, which is not there; return 0 or -EEXIST."""
    return classes.register(guest, address)


@function("int class_register(const struct class *cls)")
def class_register(guest: Guest, address: int) -> int:
    """Register a class: make its folder under /sys/class with its files; return 0 or -EEXIST."""
    return classes.register(guest, address)


@function("bool class_is_registered(const struct class *class)")
def class_is_registered(guest: Guest, address: int) -> bool:
    """Return whether a module's class is registered at this moment; for one of the kernel's own the run stops."""
    if guest.module_at(address) is None:
        raise Needs("whether a class of the kernel's own is registered")
    return bool(records.private(guest, "class", address))


@function("void class_unregister(struct class *cls)")
def class_unregister(guest: Guest, address: int) -> None:
    """Unregister a class, remove its folder and call its class_release(), which may free it."""
    cls, private = view(guest, "class", address), records.private(guest, "class", address)
    if not private:
        return
    own = records.subsystem(guest, "class", address)
    remove_groups(guest, own, cls.class_groups)
    kobjects.delete(guest, own)
    if not refcounts.drop(guest, sysfs.kobject(guest, own).kref.refcount.address()):
        return
    guest.table("classes").pop(address, None)
    release = cls.class_release
    if release:
        guest.call(release, address)
    guest.heap.free(private)


@function("struct class *__class_create(struct module *owner, const char *name, struct lock_class_key *key)")
def class_create_of_owner(guest: Guest, owner: int, name: int, _key: int) -> int:
    """Do what class_create() does, and note the owner, as until Linux commit 1aaba11da9aa "driver core: class: remove
    module * from class_create()" (v6.4).
    """
    cls = int(class_create(guest, name))
    if cls > 0:
        view(guest, "class", cls).owner = owner
    return cls


@function("struct class *class_create(const char *name)")
def class_create(guest: Guest, name: int) -> int:
    """Allocate and register a class, whose name stays the caller's; return it, or a negative errno."""
    cls = new(guest, "class")
    cls.name, cls.class_release = name, guest.address_of("class_create_release")
    error = classes.register(guest, cls.address())
    if error:
        guest.heap.free(cls.address())
    return error or cls.address()


@function("void class_create_release(struct class *cls)")
def class_create_release(guest: Guest, address: int) -> None:
    """Free a class that class_create() has made."""
    guest.heap.free(address)


@function("void class_destroy(struct class *cls)")
def class_destroy(guest: Guest, address: int) -> None:
    """Unregister a class from class_create(); NULL and error pointers are ignored."""
    if address and address < ERROR_POINTERS:
        class_unregister(guest, address)


def _folder(guest: Guest, cls: int) -> int:
    return records.subsystem(guest, "class", cls)


@function("int class_create_file_ns(struct class *cls, const struct class_attribute *attr, const void *ns)")
def class_create_file_ns(guest: Guest, cls: int, attribute: int, _namespace: int) -> int:
    """Add an attribute file to the class's folder; return 0, -EINVAL for no class, or -EEXIST."""
    if not cls:
        return -EINVAL
    return try_file(guest, _folder(guest, cls), attribute)


@function("void class_remove_file_ns(struct class *cls, const struct class_attribute *attr, const void *ns)")
def class_remove_file_ns(guest: Guest, cls: int, attribute: int, _namespace: int) -> None:
    """Remove an attribute file from the class's folder."""
    if cls:
        remove_file(guest, _folder(guest, cls), attribute)


@function("ssize_t show_class_attr_string(struct class *class, struct class_attribute *attr, char *buf)")
def show_class_attr_string(guest: Guest, _cls: int, attribute: int, buffer: int) -> int:
    """Write the text that the attribute points to and a line feed; return their length."""
    text = guest.memory.text(view(guest, "class_attribute_string", attribute).str) + b"\n"
    guest.memory.write(buffer, text + b"\0")
    return len(text)


@function("struct device *class_find_device(struct class *class, struct device *start, const void *data, void *match)")
def class_find_device(guest: Guest, cls: int, start: int, data: int, match: int) -> int:
    """Return the first device of a class, after `start`, for which match() is true, with a reference taken; NULL if
    there is none.
    """
    rows = list(class_row(guest, cls)["devices"]) if cls else []
    for device in rows[rows.index(start) + 1 if start in rows else 0 :]:
        if guest.call_signed(match, device, data):
            return kobjects.get(guest, device)
    return 0


@function("int class_for_each_device(struct class *class, struct device *start, void *data, void *fn)")
def class_for_each_device(guest: Guest, cls: int, start: int, data: int, call: int) -> int:
    """Call fn(device, data) for each device of a class, after `start`, until one returns non-zero; return that, 0, or
    -EINVAL for no class.
    """
    rows = list(class_row(guest, cls)["devices"]) if cls else []
    for device in rows[rows.index(start) + 1 if start in rows else 0 :]:
        found = guest.call_signed(call, device, data)
        if found:
            return found
    return 0 if cls else -EINVAL


@function("int class_interface_register(struct class_interface *class_intf)")
def class_interface_register(guest: Guest, address: int) -> int:
    """Call add_dev() of an interface for each device of its class, now and later; return 0, or -ENODEV for no class."""
    interface = view(guest, "class_interface", address)
    cls = getattr(interface, "class")
    if not cls:
        return -ENODEV
    row = class_row(guest, cls)
    row["interfaces"].append(address)
    for device in list(row["devices"]):
        if interface.add_dev:
            guest.call(interface.add_dev, device, address)
    return 0


@function("void class_interface_unregister(struct class_interface *class_intf)")
def class_interface_unregister(guest: Guest, address: int) -> None:
    """Call remove_dev() of an interface for each device of its class, and forget the interface."""
    interface = view(guest, "class_interface", address)
    cls = getattr(interface, "class")
    if not cls:
        return
    row = class_row(guest, cls)
    row["interfaces"].remove(address)
    for device in list(row["devices"]):
        if interface.remove_dev:
            guest.call(interface.remove_dev, device, address)


@function("struct class_compat *class_compat_register(const char *name)")
def class_compat_register(guest: Guest, name: int) -> int:
    """Make a folder under /sys/class; return a `struct class_compat` for it."""
    row = new(guest, "class_compat")
    row.kobj = kobjects.create(guest, guest.memory.text(name), kobjects.root(guest, "class_kset"))
    return row.address()


@function("void class_compat_unregister(struct class_compat *cls)")
def class_compat_unregister(guest: Guest, address: int) -> None:
    """Remove the folder of a `struct class_compat`, and free it."""
    folder = view(guest, "class_compat", address).kobj
    kobjects.delete(guest, folder)
    kobjects.put(guest, folder)
    guest.heap.free(address)

"""The kernel's objects and the names under which /sys has them.

From Linux 6.1: `lib/kobject.c`, `fs/sysfs/dir.c`, `fs/sysfs/file.c`. The table `sysfs` has what stands in each folder:
(address of the folder's kobject, name) -> [what, address]; what is "dir", "file", "bin", "link", "group", or "own": one
of the kernel's own files of a device (`devicefiles`), whose number stands for the address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning, report_stack
from modtools.emulate.objects import listhead, refcounts, sysfs
from modtools.emulate.objects.sysfs import add_groups
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.stops import NameTaken, Unnamed
from modtools.emulate.symbols.structs import View, new, view
from modtools.kernel.log import ERR

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


ROOTS = {
    "module_kset": ("module", ""),
    "devices_kset": ("devices", ""),
    "bus_kset": ("bus", ""),
    "class_kset": ("class", ""),
    "virtual_kobj": ("virtual", "devices_kset"),
    "kernel_kobj": ("kernel", ""),
    "fs_kobj": ("fs", ""),
    "firmware_kobj": ("firmware", ""),
    "hypervisor_kobj": ("hypervisor", ""),
    "power_kobj": ("power", ""),
    "mm_kobj": ("mm", "kernel_kobj"),
    "block_depr": ("block", ""),
    "dev_kobj": ("dev", ""),
}
"""What is there from the beginning: name, and where it lies."""


def root(guest: Guest, name: str) -> int:
    """Return the address of one of the kernel's own kobjects; make it at first use. A kset is as large, and begins
    elsewhere: see `root_kset`.
    """
    table = guest.table("kobject_roots")
    if name not in table:
        kset = new(guest, "kset")
        own = kset.kobj
        init(guest, own.address(), guest.address_of("dynamic_kobj_ktype"))
        text, parent = ROOTS[name]
        own.name = guest.new_text(text.encode("utf-8", "surrogateescape"))
        own.parent = root(guest, parent) if parent else 0
        own.state_in_sysfs = 1
        listhead.init(guest, kset.list.address())
        table[name] = own.address()
    return int(table[name])


def store_root(guest: Guest, address: int, name: str) -> None:
    """Fill a variable of the kernel's with the address of one of its own kobjects."""
    guest.memory.put(address, root(guest, name), 8)


def root_kset(guest: Guest, name: str) -> int:
    """Return the address of the kset around one of the kernel's own kobjects."""
    return root(guest, name) - view(guest, "kset", 0).address("kobj")


def init(guest: Guest, address: int, ktype: int) -> None:
    """Initialise a kobject with one reference (`kobject_init()`). One that is not there, or gets no type, is complained
    about and left alone; one that is initialised already is complained about.
    """
    if not address or not ktype:
        wrong = "must have a ktype to be initialized properly!\n" if address else "invalid kobject pointer!"
        complain(guest, f"kobject ({hashed(address)}): {wrong}")
        return
    own = sysfs.kobject(guest, address)
    if own.state_initialized:
        text = "tried to init an initialized object, something is seriously wrong."
        complain(guest, f"kobject ({hashed(address)}): {text}")
    prepare(guest, own)
    own.ktype = ktype


def complain(guest: Guest, text: str) -> None:
    """Log an error and the stack."""
    guest.printk(ERR, guest.kernel.identity.features.kobject_prefix + text)
    report_stack(guest, ERR)


def _complain_unless_initialised(guest: Guest, own: View, caller: str) -> None:
    """Log that a kobject was not initialised, if that is so."""
    if not own.state_initialized:
        title = f"kobject: '{shown_name(guest, own)}' ({hashed(own.address())})"
        report_kernel_warning(guest, caller, f"{title}: is not initialized, yet {caller}() is being called.")


def shown_name(guest: Guest, own: View) -> str:
    """Return the name of a kobject as printk() shows it."""
    return guest.text(own.name) if own.name else "(null)"


def prepare(guest: Guest, own: View) -> None:
    """Give a kobject one reference, an empty list entry and the state of one that is not in /sys
    (`kobject_init_internal()`).
    """
    own.kref.refcount.refs = 1
    listhead.init(guest, own.entry.address())
    own.state_in_sysfs = own.state_add_uevent_sent = own.state_remove_uevent_sent = 0
    own.state_initialized = 1


def set_name(guest: Guest, address: int, text: bytes) -> None:
    """Give a kobject a copy of a name, with `!` for each `/` (`kobject_set_name_vargs()`)."""
    own = sysfs.kobject(guest, address)
    if own.name:
        guest.heap.free(own.name)
    own.name = guest.new_text(text.replace(b"/", b"!"))


def get(guest: Guest, address: int) -> int:
    """Take a reference on a kobject and return its address; 0 stays 0."""
    if address:
        own = sysfs.kobject(guest, address)
        _complain_unless_initialised(guest, own, "kobject_get")
        refcounts.take(guest, own.kref.refcount.address())
    return address


def put(guest: Guest, address: int) -> None:
    """Give a reference on a kobject back, and release it with the last one; 0 is ignored."""
    if not address:
        return
    own = sysfs.kobject(guest, address)
    _complain_unless_initialised(guest, own, "kobject_put")
    if refcounts.drop(guest, own.kref.refcount.address()):
        _cleanup(guest, own)


def _cleanup(guest: Guest, own: View) -> None:
    parent, text = own.parent, own.name
    if own.state_in_sysfs:
        unlink(guest, own.address())
    else:
        parent = 0
    release = view(guest, "kobj_type", own.ktype).release if own.ktype else 0
    if release:  # without one, only a debugging message tells
        guest.call(release, own.address())
    if text:
        guest.heap.free(text)
    put(guest, parent)


def add(guest: Guest, address: int) -> None:
    """Add a kobject below its parent, or its kset (`kobject_add_internal()`). Raises NameTaken for a name that is
    taken, and Unnamed for one without a name, after a warning.
    """
    own = sysfs.kobject(guest, address)
    if not own.name or not sysfs.name(guest, address):
        text = f"kobject: ({hashed(address)}): attempted to be registered with empty name!"
        report_kernel_warning(guest, "kobject_add_internal", text)
        raise Unnamed
    parent = own.parent
    if own.kset:
        kset = view(guest, "kset", own.kset)
        parent = parent or kset.kobj.address()
        get(guest, kset.kobj.address())
        head = kset.list.address()
        if not kset.list.prev:  # a kset in a module's data that nobody has begun
            listhead.init(guest, head)
        listhead.add_tail(guest, own.entry.address(), head)
    get(guest, parent)
    own.parent = parent
    try:
        sysfs.add_name(guest, parent, sysfs.name(guest, address), "dir", address)
    except NameTaken:
        _undo_add(guest, own, parent)
        raise
    own.state_in_sysfs = 1
    groups = view(guest, "kobj_type", own.ktype).default_groups if own.ktype else 0
    if groups:
        add_groups(guest, address, groups)


def _undo_add(guest: Guest, own: View, parent: int) -> None:
    """Undo what was done for a kobject whose name is taken, and log the failure (`kobj_kset_leave()`)."""
    if own.kset:
        _leave_kset(guest, own)
    put(guest, parent)
    own.parent = 0
    why = "with -EEXIST, don't try to register things with the same name in the same directory."
    prefix = guest.kernel.identity.features.kobject_prefix
    guest.printk(ERR, f"{prefix}kobject_add_internal failed for {sysfs.name(guest, own.address())} {why}")


def unlink(guest: Guest, address: int) -> None:
    """Remove a kobject from /sys and its kset; its parent keeps its reference (`__kobject_del()`)."""
    own = sysfs.kobject(guest, address)
    for key in [key for key in guest.table("sysfs") if key[0] == address]:
        del guest.table("sysfs")[key]
    guest.table("sysfs").pop((own.parent, sysfs.name(guest, address)), None)
    own.state_in_sysfs = 0
    if own.kset:
        _leave_kset(guest, own)


def _leave_kset(guest: Guest, own: View) -> None:
    listhead.delete(guest, own.entry.address())
    kset, own.kset = own.kset, 0
    put(guest, view(guest, "kset", kset).kobj.address())


def delete(guest: Guest, address: int) -> None:
    """Remove a kobject from /sys and give the reference on its parent back (`kobject_del()`); 0 is ignored."""
    if not address:
        return
    own = sysfs.kobject(guest, address)
    parent = own.parent
    if own.state_in_sysfs:
        unlink(guest, address)
    own.parent = 0
    put(guest, parent)


def create(guest: Guest, text: bytes, parent: int) -> int:
    """Make a kobject, add it below a parent and return its address (`kobject_create_and_add()`). Raises NameTaken."""
    own = new(guest, "kobject")
    init(guest, own.address(), guest.address_of("dynamic_kobj_ktype"))
    set_name(guest, own.address(), text)
    own.parent = parent
    try:
        add(guest, own.address())
    except NameTaken:
        put(guest, own.address())
        raise
    return own.address()

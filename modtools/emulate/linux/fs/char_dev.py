"""fs/char_dev.c: Character devices and their numbers.

Dynamic majors are given from 254 down to 234, then from 511 down to 384; what is built in has some of both already.
"""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.objects import devices, kobjects, listhead, numbers, records
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import new, size_of, view
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL

_MAJOR_MAX, _NAME = 512, 63
_MINORS = 1 << 20


def _dynamic(guest: Guest) -> int:
    majors = numbers.character(guest)
    candidates = [*range(254, 233, -1), *range(511, 383, -1)]
    return next((major for major in candidates if not majors.get(major)), -EBUSY)


def register_region(guest: Guest, major: int, first: int, count: int, name: int) -> int:
    """Do what `__register_chrdev_region()` does: return the major (0 asks for a free one), -EINVAL or -EBUSY."""
    text = guest.text(name)
    if major == 0:
        major = _dynamic(guest)
        if major < 0:
            guest.printk(ERR, f'CHRDEV "{text}" dynamic allocation region is full')
            return major
    if major >= _MAJOR_MAX:
        wanted = f'CHRDEV "{text}" major requested ({major}) is greater than the maximum ({_MAJOR_MAX - 1})'
        guest.printk(ERR, wanted)
        return -EINVAL
    if first + count > _MINORS:
        wanted = f'CHRDEV "{text}" minor range requested ({first}-{first + count - 1}) is out of range of maximum range'
        guest.printk(ERR, f"{wanted} (0-{_MINORS - 1}) for a single major")
        return -EINVAL
    ranges = numbers.character(guest).setdefault(major, [])
    if any(start < first + count and first < end for start, end, _ in ranges):
        return -EBUSY
    ranges.append([first, first + count, text[:_NAME]])
    return major


def unregister_region(guest: Guest, major: int, first: int, count: int) -> None:
    """Give back a range of minors of a major that was registered as just this range."""
    ranges = numbers.character(guest).get(major, [])
    ranges[:] = [row for row in ranges if row[:2] != [first, first + count]]


@function("int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name)")
def alloc_chrdev_region(guest: Guest, result: int, first: int, count: int, name: int) -> int:
    """Register a range of minors of a free major and write its first number; return 0 or -EBUSY."""
    major = register_region(guest, 0, first, count, name)
    if major < 0:
        return major
    guest.memory.put(result, major << 20 | first, 4)
    return 0


@function("int register_chrdev_region(dev_t from, unsigned int count, const char *name)")
def register_chrdev_region(guest: Guest, start: int, count: int, name: int) -> int:
    """Register a range of device numbers of a given major; return 0, -EINVAL or -EBUSY."""
    return min(register_region(guest, start >> 20, start & 0xFFFFF, count, name), 0)


@function("void unregister_chrdev_region(dev_t from, unsigned int count)")
def unregister_chrdev_region(guest: Guest, start: int, count: int) -> None:
    """Give back a range of device numbers."""
    unregister_region(guest, start >> 20, start & 0xFFFFF, count)


@function(
    "int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name,"
    " const struct file_operations *fops)"
)
def register_chrdev(guest: Guest, major: int, first: int, count: int, name: int, fops: int) -> int:
    """Register a range of device numbers with a cdev; return 0, the major if it was to be a free one, or an error."""
    found = register_region(guest, major, first, count, name)
    if found < 0:
        return found
    guest.table("cdevs")[found << 20 | first] = [0, count, fops]
    return 0 if major else found


@function("void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count, const char *name)")
def unregister_chrdev(guest: Guest, major: int, first: int, count: int, _name: int) -> None:
    """Give back a range of device numbers and remove its cdev."""
    unregister_region(guest, major, first, count)
    guest.table("cdevs").pop(major << 20 | first, None)


@variable("ktype_cdev_default", "kobj_type")
def ktype_cdev_default(guest: Guest, address: int) -> None:
    """Describe the kobject of a cdev in its owner's memory: release does nothing."""
    view(guest, "kobj_type", address).release = guest.address_of("cdev_default_release")


@function("void cdev_default_release(struct kobject *kobj)")
def cdev_default_release(_guest: Guest, _address: int) -> None:
    """Do nothing at the last reference: the cdev lies in its owner's memory."""


@variable("ktype_cdev_dynamic", "kobj_type")
def ktype_cdev_dynamic(guest: Guest, address: int) -> None:
    """Describe the kobject of a cdev from cdev_alloc(): release frees it."""
    view(guest, "kobj_type", address).release = guest.address_of("dynamic_kobj_release")


@function("void cdev_init(struct cdev *cdev, const struct file_operations *fops)")
def cdev_init(guest: Guest, address: int, fops: int) -> None:
    """Clear a cdev in its owner's memory and set its file operations."""
    cdev = view(guest, "cdev", address)
    guest.memory.write(address, bytes(size_of(guest, "cdev")))
    listhead.init(guest, cdev.list.address())
    kobjects.init(guest, address, guest.address_of("ktype_cdev_default"))
    cdev.ops = fops


@function("struct cdev *cdev_alloc(void)")
def cdev_alloc(guest: Guest) -> int:
    """Allocate a cdev, which is freed with its last reference; return it."""
    cdev = new(guest, "cdev")
    listhead.init(guest, cdev.list.address())
    kobjects.init(guest, cdev.address(), guest.address_of("ktype_cdev_dynamic"))
    return cdev.address()


@function("int cdev_add(struct cdev *p, dev_t dev, unsigned int count)")
def cdev_add(guest: Guest, address: int, number: int, count: int) -> int:
    """Make a cdev answer for `count` device numbers from `dev` on; take a reference on its parent; return 0, or -EBUSY
    for the number 0, after a warning.
    """
    cdev = view(guest, "cdev", address)
    cdev.dev, cdev.count = number, count
    if number == 0:
        report_kernel_warning(guest, "cdev_add")
        return -EBUSY
    kobjects.get(guest, cdev.kobj.parent)
    guest.table("cdevs")[number] = [address, count, cdev.ops]
    return 0


@function("void cdev_del(struct cdev *p)")
def cdev_del(guest: Guest, address: int) -> None:
    """Let a cdev answer for its device numbers no longer; drop its reference and its parent's."""
    cdev = view(guest, "cdev", address)
    parent = cdev.kobj.parent
    guest.table("cdevs").pop(cdev.dev, None)
    kobjects.put(guest, address)
    kobjects.put(guest, parent)


@function("void cdev_set_parent(struct cdev *p, struct kobject *kobj)")
def cdev_set_parent(guest: Guest, address: int, parent: int) -> None:
    """Set the kobject that must live as long as the cdev."""
    view(guest, "cdev", address).kobj.parent = parent


@function("int cdev_device_add(struct cdev *cdev, struct device *dev)")
def cdev_device_add(guest: Guest, address: int, device: int) -> int:
    """Add a cdev and its device, whose number it has; return 0 or the error of device_add(), the cdev removed."""
    number = records.device(guest, device).devt
    devices.wait_for_devtmpfs(guest, number)
    if number:
        cdev_set_parent(guest, address, device)
        cdev_add(guest, address, number, 1)
    result = devices.add(guest, device)
    if result and number:
        cdev_del(guest, address)
    return result


@function("void cdev_device_del(struct cdev *cdev, struct device *dev)")
def cdev_device_del(guest: Guest, address: int, device: int) -> None:
    """Remove a device and its cdev."""
    number = records.device(guest, device).devt
    devices.wait_for_devtmpfs(guest, number)
    devices.remove(guest, device)
    if number:
        cdev_del(guest, address)

"""drivers/base/core.c: Devices: creating and removing them, their files, their children, messages about them."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.kstrtox import kstrtobool
from modtools.emulate.objects import binding, devices, kobjects, records, sysfs
from modtools.emulate.objects.records import class_row, device, driver_name
from modtools.emulate.objects.sysfs import add_groups, remove_file, remove_groups, try_file
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.printf.pointers import pointer
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, has, new, view
from modtools.errors import KernelError
from modtools.integers import ERROR_POINTERS, MASK64
from modtools.kernel.kstrtox import kstrtoint
from modtools.kernel.log import ALERT, CRIT, EMERG, ERR, INFO, NOTICE, WARNING
from modtools.linuxerrno import EINVAL, ENODEV, EPROBE_DEFER

_WORD = 8


def _show(size: int, signed: bool) -> Callable[[Guest, int, int, int], int]:
    def show(guest: Guest, _device: int, attribute: int, buffer: int) -> int:
        raw = guest.memory.read(view(guest, "dev_ext_attribute", attribute).var, size)
        value = int.from_bytes(raw, "little", signed=signed)
        text = (b"%x\n" if size == _WORD else b"%d\n") % value
        guest.memory.write(buffer, text + b"\0")
        return len(text)

    return show


def _store(size: int, signed: bool) -> Callable[[Guest, int, int, int, int], int]:
    def store(guest: Guest, _device: int, attribute: int, buffer: int, count: int) -> int:
        try:
            text = guest.memory.text(buffer).decode("latin-1")
            value = kstrtoint(text, bits=64 if signed else 8 * size, signed=signed)
        except KernelError as error:
            return -error.errno
        if signed and not -(1 << 31) <= value < 1 << 31:
            return -EINVAL
        guest.memory.put(view(guest, "dev_ext_attribute", attribute).var, value, size)
        return count

    return store


function("ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf)")(_show(4, True))
function("ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf)")(_show(8, False))
function("ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf)")(_show(1, False))
function("ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")(
    _store(4, True)
)
function("ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")(
    _store(8, False)
)


@function("ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")
def device_store_bool(guest: Guest, _device: int, attribute: int, buffer: int, count: int) -> int:
    """Set the bool behind the attribute from a text as kstrtobool() reads it; return the count, or -EINVAL."""
    return -EINVAL if kstrtobool(guest, buffer, view(guest, "dev_ext_attribute", attribute).var) else count


@variable("device_ktype", "kobj_type")
def device_ktype(guest: Guest, address: int) -> None:
    """Describe a device's kobject: release is device_release()."""
    view(guest, "kobj_type", address).release = guest.address_of("device_release")


@function("void device_release(struct kobject *kobj)")
def device_release(guest: Guest, address: int) -> None:
    """Release a device's resources, then call release() of the device, its type or its class, or warn that there is
    none.
    """
    dev = device(guest, address)
    binding.release_resources(guest, address)
    cls, kind, private = getattr(dev, "class"), dev.type, dev.p
    release = dev.release
    if not release and kind:
        release = view(guest, "device_type", kind).release
    if not release and cls:
        release = view(guest, "class", cls).dev_release
    if release:
        guest.call(release, address)
    else:
        text = f"Device '{sysfs.name(guest, address) or '(null)'}' does not have a release() function, it is broken "
        text += "and must be fixed. See Documentation/core-api/kobject.rst."
        report_kernel_warning(guest, "device_release", text, level=ERR)
    if private:
        guest.heap.free(private)


@function("void device_create_release(struct device *dev)")
def device_create_release(guest: Guest, address: int) -> None:
    """Free a device that device_create() or root_device_register() has made."""
    guest.heap.free(address)


@function("void device_initialize(struct device *dev)")
def device_initialize(guest: Guest, address: int) -> None:
    """Prepare a device with one reference."""
    devices.initialize(guest, address)


@function("int device_add(struct device *dev)")
def device_add(guest: Guest, address: int) -> int:
    """Add a device to /sys, its bus and its class; return 0, -EINVAL for NULL, or another error."""
    if not address:
        return -EINVAL
    devices.wait_for_devtmpfs(guest, device(guest, address).devt)
    return devices.add(guest, address)


@function("int device_register(struct device *dev)")
def device_register(guest: Guest, address: int) -> int:
    """Do device_initialize() and device_add(); return 0 or an error."""
    devices.wait_for_devtmpfs(guest, device(guest, address).devt)
    devices.initialize(guest, address)
    return devices.add(guest, address)


@function("void device_del(struct device *dev)")
def device_del(guest: Guest, address: int) -> None:
    """Remove a device from its driver, its bus, its class and /sys; the reference stays."""
    devices.wait_for_devtmpfs(guest, device(guest, address).devt)
    devices.remove(guest, address)


@function("void device_unregister(struct device *dev)")
def device_unregister(guest: Guest, address: int) -> None:
    """Do device_del() and drop a reference."""
    devices.wait_for_devtmpfs(guest, device(guest, address).devt)
    devices.unregister(guest, address)


@function("struct device *get_device(struct device *dev)")
def get_device(guest: Guest, address: int) -> int:
    """Take a reference on a device and return it; NULL stays NULL."""
    return kobjects.get(guest, address)


@function("void put_device(struct device *dev)")
def put_device(guest: Guest, address: int) -> None:
    """Drop a reference on a device; NULL is ignored."""
    kobjects.put(guest, address)


@function("int dev_set_name(struct device *dev, const char *fmt, ...)")
def dev_set_name(guest: Guest, address: int, fmt: int, values: Values) -> int:
    """Set a device's name from a format; return 0."""
    kobjects.set_name(guest, address, vsprintf(guest, guest.memory.text(fmt), values))
    return 0


@function("const char *dev_driver_string(const struct device *dev)")
def dev_driver_string(guest: Guest, address: int) -> int:
    """Return the name of a device's driver, else of its bus, else of its class, else an empty text."""
    if found := records.place_of_driver_name(guest, device(guest, address)):
        return found
    texts = guest.table("driver_strings")
    if "" not in texts:
        texts[""] = guest.new_text(b"")
    return int(texts[""])


def _added(guest: Guest, address: int) -> int:
    """Add a device; return its address, or an error after dropping its reference."""
    error = devices.add(guest, address)
    if error:
        kobjects.put(guest, address)
    return error or address


def create(guest: Guest, cls: int, parent: int, devt: int, data: int, groups: int, name: bytes) -> int:
    """Do what device_create_groups_vargs() does: return the address of the new device, -ENODEV for no class, or another
    error.
    """
    if not cls or cls >= ERROR_POINTERS:
        return -ENODEV
    dev = new(guest, "device")
    devices.initialize(guest, dev.address())
    dev.devt, dev.parent, dev.driver_data, dev.groups = devt, parent, data, groups
    setattr(dev, "class", cls)
    dev.release = guest.address_of("device_create_release")
    kobjects.set_name(guest, dev.address(), name)
    return _added(guest, dev.address())


@function(
    "struct device *device_create(struct class *class, struct device *parent, dev_t devt, void *drvdata,"
    " const char *fmt, ...)"
)
def device_create(guest: Guest, cls: int, parent: int, devt: int, data: int, fmt: int, values: Values) -> int:
    """Allocate and add a device of a class, with a name from a format; return it, or an error pointer."""
    devices.wait_for_devtmpfs(guest, devt)
    return create(guest, cls, parent, devt, data, 0, vsprintf(guest, guest.memory.text(fmt), values))


@function(
    "struct device *device_create_with_groups(struct class *class, struct device *parent, dev_t devt,"
    " void *drvdata, const struct attribute_group **groups, const char *fmt, ...)"
)
def device_create_with_groups(
    guest: Guest, cls: int, parent: int, devt: int, data: int, groups: int, fmt: int, values: Values
) -> int:
    """Allocate and add a device of a class, with a name from a format and groups of attribute files; return it, or an
    error pointer.
    """
    devices.wait_for_devtmpfs(guest, devt)
    return create(guest, cls, parent, devt, data, groups, vsprintf(guest, guest.memory.text(fmt), values))


@function("void device_destroy(struct class *class, dev_t devt)")
def device_destroy(guest: Guest, cls: int, devt: int) -> None:
    """Unregister the device of a class that has this device number, if there is one."""
    for address in class_row(guest, cls)["devices"]:
        if device(guest, address).devt == devt:
            devices.wait_for_devtmpfs(guest, devt)
            devices.unregister(guest, address)
            return


@function("struct device *__root_device_register(const char *name, struct module *owner)")
def root_device_register(guest: Guest, name: int, _owner: int) -> int:
    """Allocate and add a device directly under /sys/devices (`struct root_device` begins with the device); return it,
    or an error pointer.
    """
    dev = new(guest, "device")
    devices.initialize(guest, dev.address())
    kobjects.set_name(guest, dev.address(), guest.memory.text(name))
    dev.release = guest.address_of("device_create_release")
    return _added(guest, dev.address())


@function("void root_device_unregister(struct device *dev)")
def root_device_unregister(guest: Guest, address: int) -> None:
    """Unregister a device that root_device_register() has made."""
    devices.unregister(guest, address)


@function("int device_create_file(struct device *dev, const struct device_attribute *attr)")
def device_create_file(guest: Guest, address: int, attribute: int) -> int:
    """Add an attribute file to a device; return 0, also for no device, or -EEXIST. Warn of permissions for which there
    is no function.
    """
    if not address:
        return 0
    row = view(guest, "device_attribute", attribute)
    name, mode = guest.text(row.attr.name), row.attr.mode
    for bits, there, word, lacks in ((0o222, row.store, "write", "store"), (0o444, row.show, "read", "show")):
        if mode & bits and not there:
            text = f"Attribute {name}: {word} permission without '{lacks}'"
            report_kernel_warning(guest, f"device_create_file: {lacks}", text)
    return try_file(guest, address, attribute)


@function("void device_remove_file(struct device *dev, const struct device_attribute *attr)")
def device_remove_file(guest: Guest, address: int, attribute: int) -> None:
    """Remove an attribute file from a device."""
    if address:
        remove_file(guest, address, attribute)


@function("int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)")
def device_create_bin_file(guest: Guest, address: int, attribute: int) -> int:
    """Add a binary attribute file to a device; return 0, -EINVAL for NULL, or -EEXIST."""
    if not address:
        return -EINVAL
    return try_file(guest, address, attribute, "bin")


@function("void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)")
def device_remove_bin_file(guest: Guest, address: int, attribute: int) -> None:
    """Remove a binary attribute file from a device."""
    device_remove_file(guest, address, attribute)


@function("int device_add_groups(struct device *dev, const struct attribute_group **groups)")
def device_add_groups(guest: Guest, address: int, groups: int) -> int:
    """Add groups of attribute files to a device; return 0 or an error."""
    return int(add_groups(guest, address, groups))


@function("void device_remove_groups(struct device *dev, const struct attribute_group **groups)")
def device_remove_groups(guest: Guest, address: int, groups: int) -> None:
    """Remove groups of attribute files from a device."""
    remove_groups(guest, address, groups)


@function("int device_for_each_child(struct device *parent, void *data, void *fn)")
def device_for_each_child(guest: Guest, parent: int, data: int, call: int) -> int:
    """Call fn(child, data) for each child of a device until one returns non-zero; return that, or 0."""
    for child in list(guest.table("children").get(parent, [])):
        found = guest.call_signed(call, child, data)
        if found:
            return found
    return 0


@function("int device_for_each_child_reverse(struct device *parent, void *data, void *fn)")
def device_for_each_child_reverse(guest: Guest, parent: int, data: int, call: int) -> int:
    """Call fn(child, data) for each child of a device, the last one first, until one returns non-zero; return that, or
    0.
    """
    for child in reversed(list(guest.table("children").get(parent, []))):
        found = guest.call_signed(call, child, data)
        if found:
            return found
    return 0


@function("struct device *device_find_child(struct device *parent, void *data, void *match)")
def device_find_child(guest: Guest, parent: int, data: int, match: int) -> int:
    """Return the first child of a device for which match() is true, with a reference taken; NULL if there is none."""
    for child in list(guest.table("children").get(parent, [])):
        if guest.call_signed(match, child, data):
            return kobjects.get(guest, child)
    return 0


@function("int device_match_name(struct device *dev, const void *name)")
def device_match_name(guest: Guest, address: int, name: int) -> bool:
    """Return whether a device has this name."""
    return records.name(guest, address) == guest.text(name)


@function("int device_match_devt(struct device *dev, const void *pdevt)")
def device_match_devt(guest: Guest, address: int, devt: int) -> bool:
    """Return whether a device has the device number at `pdevt`."""
    return bool(device(guest, address).devt == guest.memory.u32(devt))


@function("int device_match_fwnode(struct device *dev, const void *fwnode)")
def device_match_fwnode(guest: Guest, address: int, node: int) -> bool:
    """Return whether a device stands for this firmware node."""
    return bool(device(guest, address).fwnode == node)


@function("int device_match_any(struct device *dev, const void *unused)")
def device_match_any(_guest: Guest, _address: int, _unused: int) -> bool:
    """Return true: any device matches."""
    return True


def device_message(guest: Guest, address: int, message: bytes) -> str:
    """Return a message with the device's driver and name in front, or `(NULL device *)`."""
    said = message.decode("utf-8", "surrogateescape")
    if not address:
        return f"(NULL device *): {said}"
    return f"{device_prefix(guest, address)}: {said}"


def device_prefix(guest: Guest, address: int) -> str:
    """Return a device's driver and name, as stand before a message about it."""
    return f"{driver_name(guest, device(guest, address))} {records.name(guest, address)}"


def message_logger(
    level: int, message: Callable[[Guest, int, bytes], str]
) -> Callable[[Guest, int, int, Values], None]:
    """Return the function that logs a message of a level about something, with what `message` puts in front."""

    def log(guest: Guest, address: int, fmt: int, values: Values) -> None:
        guest.log(level, message(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))

    return log


function("void _dev_emerg(const struct device *dev, const char *fmt, ...)")(message_logger(EMERG, device_message))
function("void _dev_alert(const struct device *dev, const char *fmt, ...)")(message_logger(ALERT, device_message))
function("void _dev_crit(const struct device *dev, const char *fmt, ...)")(message_logger(CRIT, device_message))
function("void _dev_err(const struct device *dev, const char *fmt, ...)")(message_logger(ERR, device_message))
function("void _dev_warn(const struct device *dev, const char *fmt, ...)")(message_logger(WARNING, device_message))
function("void _dev_notice(const struct device *dev, const char *fmt, ...)")(message_logger(NOTICE, device_message))
function("void _dev_info(const struct device *dev, const char *fmt, ...)")(message_logger(INFO, device_message))


@function("void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)")
def dev_printk(guest: Guest, level: int, address: int, fmt: int, values: Values) -> None:
    """Log a message about a device; the level is the text of KERN_ERR and its like, an SOH and a digit."""
    number = guest.memory.u8(level + 1) - ord("0")
    guest.log(number, device_message(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


def _emit(guest: Guest, level: int, said: bytes) -> int:
    """Log a message of a level; return its length in bytes, the newline at its end not counted."""
    guest.log(level, said.decode("utf-8", "surrogateescape"))
    return len(said.removesuffix(b"\n"))


@function("int dev_printk_emit(int level, const struct device *dev, const char *fmt, ...)")
def dev_printk_emit(guest: Guest, level: int, _address: int, fmt: int, values: Values) -> int:
    """Log a message of a level, without the device's name in front; return its length in bytes, the newline at its end
    not counted.
    """
    return _emit(guest, level, vsprintf(guest, guest.memory.text(fmt), values))


@function("int dev_vprintk_emit(int level, const struct device *dev, const char *fmt, va_list args)")
def dev_vprintk_emit(guest: Guest, level: int, _address: int, fmt: int, args: int) -> int:
    """Log a message of a level from a va_list as `dev_printk_emit()`; return its length, counted alike."""
    return _emit(guest, level, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


@function("int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)")
def dev_err_probe(guest: Guest, address: int, error: int, fmt: int, values: Values) -> int:
    """Log why probe() failed, with the error's name, but nothing for -EPROBE_DEFER; return the error."""
    said = vsprintf(guest, guest.memory.text(fmt), values)
    if error != -EPROBE_DEFER:
        name = pointer(guest, error & MASK64, b"e", Spec())
        guest.log(ERR, device_message(guest, address, b"error " + name + b": " + said))
    return error


@function("void device_set_of_node_from_dev(struct device *dev, const struct device *dev2)")
def device_set_of_node_from_dev(guest: Guest, address: int, other: int) -> None:
    """Give a device the node of another in the tree of devices, which counts as that one's."""
    row = device(guest, address)
    row.of_node = device(guest, other).of_node
    if has(guest, "device", "of_node_reused"):
        row.of_node_reused = 1
    else:  # a bit of a bitmap, as in 7.3
        place, bit = row.address("flags"), constant(guest, "DEV_FLAG_OF_NODE_REUSED")
        guest.memory.put(place, guest.memory.u64(place) | 1 << bit, 8)

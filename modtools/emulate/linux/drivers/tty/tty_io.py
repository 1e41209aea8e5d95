"""drivers/tty/tty_io.c: Drivers of terminals and their devices, and terminals that the kernel itself opens."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import create, device_destroy
from modtools.emulate.linux.fs.char_dev import register_region, unregister_region
from modtools.emulate.objects import classes
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, new, view
from modtools.errors import KernelError
from modtools.kernel.kstrtox import kstrtoint
from modtools.linuxerrno import EBUSY, EINVAL, ENODEV

_OWN = {"ttyS": (4, 64, 32), "pts": (136, 0, 1 << 20), "ptm": (128, 0, 1 << 20), "tty": (4, 1, 63)}
"""The kernel's own drivers by the names of their lines: major, first minor, and how many lines there are."""
DYNAMIC_DEV, _UNNUMBERED, _DEVPTS, _DYNAMIC_ALLOC, _INSTALLED = 8, 0x80, 0x10, 0x40, 1


@variable("tty_std_termios", "ktermios")
def tty_std_termios(guest: Guest, address: int) -> None:
    """Store the usual `struct ktermios`: four words of flags, line, 19 control characters, two speeds."""
    row = view(guest, "ktermios", address)
    row.c_iflag, row.c_oflag, row.c_cflag, row.c_lflag = 0x500, 0x5, 0x4BF, 0x8A3B
    guest.memory.write(row.address("c_cc"), bytes.fromhex("031c7f150400010011131a00120f1716"))
    row.c_ispeed = row.c_ospeed = 38400


@function("struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner, unsigned long flags)")
def tty_alloc_driver(guest: Guest, lines: int, owner: int, flags: int) -> int:
    """Return a new terminal driver with room for its lines, or -EINVAL."""
    if not lines or (flags & _UNNUMBERED and lines > 1):
        return -EINVAL
    driver = new(guest, "tty_driver")
    driver.kref.refcount.refs = 1
    driver.num, driver.owner, driver.flags = lines, owner, flags
    if not flags & _DEVPTS:
        driver.ttys = guest.heap.kmalloc(guest.bounded(8 * lines))
        driver.termios = guest.heap.kmalloc(guest.bounded(8 * lines))
    if not flags & _DYNAMIC_ALLOC:
        driver.ports = guest.heap.kmalloc(guest.bounded(8 * lines))
    driver.cdevs = guest.heap.kmalloc(guest.bounded(8 * lines))
    return driver.address()


def _number(driver: View) -> int:
    """Return the `MKDEV()` of a driver's first line. A major that is too large for 12 bits loses its upper ones, and
    may become 0.
    """
    number: int = (driver.major << 20 | driver.minor_start) & 0xFFFFFFFF
    return number


@function("int tty_register_driver(struct tty_driver *driver)")
def tty_register_driver(guest: Guest, address: int) -> int:
    """Take the device numbers of a driver's lines and make a device for each, unless the driver does that; return 0 or
    an error.
    """
    driver = view(guest, "tty_driver", address)
    first = _number(driver)
    major = register_region(guest, first >> 20, first & 0xFFFFF, driver.num, driver.name)
    if major < 0:
        return major
    if not driver.major:
        driver.major = major
    guest.table("tty_drivers")[address] = major
    if not driver.flags & DYNAMIC_DEV:
        for number in range(driver.num):
            tty_register_device(guest, address, number, 0)
    driver.flags |= _INSTALLED
    return 0


@function("void tty_unregister_driver(struct tty_driver *driver)")
def tty_unregister_driver(guest: Guest, address: int) -> None:
    """Give back the device numbers of a driver's lines. Its devices stay until `tty_driver_kref_put()`."""
    driver = view(guest, "tty_driver", address)
    first = _number(driver)
    unregister_region(guest, first >> 20, first & 0xFFFFF, driver.num)
    guest.table("tty_drivers").pop(address, None)
    driver.flags &= ~_INSTALLED


@function("void tty_driver_kref_put(struct tty_driver *driver)")
def tty_driver_kref_put(guest: Guest, address: int) -> None:
    """Give a reference on a driver back; with the last one, remove the devices that it did not make itself and free
    it.
    """
    driver = view(guest, "tty_driver", address)
    count = driver.kref.refcount
    count.refs -= 1
    if count.refs:
        return
    if not driver.flags & DYNAMIC_DEV:
        for number in range(driver.num):
            tty_unregister_device(guest, address, number)
    for pointer in (driver.cdevs, driver.ports, driver.termios, driver.ttys, address):
        if pointer:
            guest.heap.free(pointer)


@function("struct device *tty_register_device(struct tty_driver *driver, unsigned int index, struct device *device)")
def tty_register_device(guest: Guest, address: int, number: int, parent: int) -> int:
    """Make the device of a line, named `name` and the number of the line; return it or an error."""
    driver = view(guest, "tty_driver", address)
    if number >= driver.num:
        raise Needs("the complaint about an invalid tty line number")
    name = guest.text(driver.name)
    name += "" if driver.flags & _UNNUMBERED else str(number + driver.name_base)
    devt = _number(driver) + number & 0xFFFFFFFF
    return create(guest, classes.built_in(guest, "tty"), parent, devt, 0, 0, name.encode("utf-8", "surrogateescape"))


@function("void tty_unregister_device(struct tty_driver *driver, unsigned int index)")
def tty_unregister_device(guest: Guest, address: int, number: int) -> None:
    """Remove the device of a line."""
    driver = view(guest, "tty_driver", address)
    device_destroy(guest, classes.built_in(guest, "tty"), _number(driver) + number & 0xFFFFFFFF)


def _drivers(guest: Guest) -> Iterator[tuple[str, int, int, int]]:
    """Yield the name of each driver's lines, its major, its first minor and how many lines it has."""
    for address in reversed(guest.table("tty_drivers")):
        driver = view(guest, "tty_driver", address)
        yield guest.text(driver.name), driver.major, driver.minor_start, driver.num
    for name, numbers in _OWN.items():
        yield name, *numbers


@function("int tty_dev_name_to_number(const char *name, dev_t *number)")
def tty_dev_name_to_number(guest: Guest, name: int, number: int) -> int:
    """Store the device number of a line by the driver's name and the line's number, as `ttyS0`; return 0, -ENODEV for a
    line that no driver has, or why the number is none.
    """
    text = guest.text(name)
    start = next((at for at, letter in enumerate(text) if letter in "0123456789"), None)
    if start is None:
        return -EINVAL
    try:
        line = kstrtoint(text[start:], 10, bits=32, signed=True)
    except KernelError as error:
        return -error.errno
    for prefix, major, first, count in _drivers(guest):
        if prefix == text[:start] and line < count:
            guest.memory.put(number, major << 20 | first + line, 4)
            return 0
    return -ENODEV


@function("struct tty_struct *tty_kopen_exclusive(dev_t device)")
def tty_kopen_exclusive(guest: Guest, device: int) -> int:
    """Return why the kernel cannot have a terminal for itself: -ENODEV where there is none, -EBUSY where a program has
    it open; one that is free stops the run.
    """
    for name, major, first, count in _drivers(guest):
        line = (device & 0xFFFFF) - first
        if device >> 20 == major and 0 <= line < count:
            if f"{name}{line}" in guest.hardware.terminals:
                return -EBUSY
            raise Needs(f"the terminal {name}{line}")
    return -ENODEV

"""Terminals' drivers and line disciplines.

From Linux 6.1: `drivers/tty/tty_io.c`, `drivers/tty/tty_ldisc.c`, `drivers/tty/serial/serial_core.c`,
`drivers/tty/tty_port.c`, `block/genhd.c`.
"""

from __future__ import annotations

from modtools.emulate.builtin import BLOCK_MAJORS
from modtools.emulate.functions.chrdev import register_region, unregister_region
from modtools.emulate.functions.devclass import register as register_class
from modtools.emulate.functions.device import create
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, new, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EBUSY, EINVAL

_DYNAMIC_DEV, _UNNUMBERED, _DEVPTS, _DYNAMIC_ALLOC, _INSTALLED = 8, 0x80, 0x10, 0x40, 1
_MAX_MAJOR = 512


@variable("tty_std_termios", 44)
def tty_std_termios(guest: Guest, address: int) -> None:
    """`drivers/tty/tty_io.c`: Store the usual `struct ktermios`: four words of flags, line, 19 control characters, two
    speeds.
    """
    row = view(guest, "ktermios", address)
    row.c_iflag, row.c_oflag, row.c_cflag, row.c_lflag = 0x500, 0x5, 0xBF, 0x8A3B
    guest.memory.write(row.address("c_cc"), bytes.fromhex("031c7f150400010011131a00120f1716"))
    row.c_ispeed = row.c_ospeed = 38400


@function("struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner, unsigned long flags)")
def tty_alloc_driver(guest: Guest, lines: int, owner: int, flags: int) -> int:
    """`drivers/tty/tty_io.c`: Return a new terminal driver with room for its lines, or -EINVAL."""
    if not lines or (flags & _UNNUMBERED and lines > 1):
        return -EINVAL
    driver = new(guest, "tty_driver")
    guest.memory.put(driver.address("kref"), 1, 4)
    driver.num, driver.owner, driver.flags = lines, owner, flags
    if not flags & _DEVPTS:
        driver.ttys = guest.heap.kmalloc(guest.bounded(8 * lines))
        driver.termios = guest.heap.kmalloc(guest.bounded(8 * lines))
    if not flags & _DYNAMIC_ALLOC:
        driver.ports = guest.heap.kmalloc(guest.bounded(8 * lines))
    driver.cdevs = guest.heap.kmalloc(guest.bounded(8 * lines))
    return driver.address()


def _class(guest: Guest) -> int:
    table = guest.table("tty_class")
    if "address" not in table:
        cls = new(guest, "class")
        cls.name = guest.new_text(b"tty")
        register_class(guest, cls.address())
        table["address"] = cls.address()
    return int(table["address"])


def _number(driver: View) -> int:
    """Return the `MKDEV()` of a driver's first line. A major that is too large for 12 bits loses its upper ones, and
    may become 0.
    """
    number: int = (driver.major << 20 | driver.minor_start) & 0xFFFFFFFF
    return number


@function("int tty_register_driver(struct tty_driver *driver)")
def tty_register_driver(guest: Guest, address: int) -> int:
    """`drivers/tty/tty_io.c`: Take the device numbers of a driver's lines and make a device for each, unless the
    driver does that; return 0 or an error.
    """
    driver = view(guest, "tty_driver", address)
    first = _number(driver)
    major = register_region(guest, first >> 20, first & 0xFFFFF, driver.num, driver.name)
    if major < 0:
        return major
    if not driver.major:
        driver.major = major
    guest.table("tty_drivers")[address] = major
    if not driver.flags & _DYNAMIC_DEV:
        for number in range(driver.num):
            tty_register_device(guest, address, number, 0)
    driver.flags |= _INSTALLED
    return 0


@function("void tty_unregister_driver(struct tty_driver *driver)")
def tty_unregister_driver(guest: Guest, address: int) -> None:
    """`drivers/tty/tty_io.c`: Give back the device numbers of a driver's lines. Its devices stay until
    `tty_driver_kref_put()`.
    """
    driver = view(guest, "tty_driver", address)
    first = _number(driver)
    unregister_region(guest, first >> 20, first & 0xFFFFF, driver.num)
    guest.table("tty_drivers").pop(address, None)
    driver.flags &= ~_INSTALLED


@function("void tty_driver_kref_put(struct tty_driver *driver)")
def tty_driver_kref_put(guest: Guest, address: int) -> None:
    """`drivers/tty/tty_io.c`: Give a reference on a driver back; with the last one, remove the devices that it did not
    make itself and free it.
    """
    driver = view(guest, "tty_driver", address)
    at = driver.address("kref")
    count = guest.memory.u32(at) - 1
    guest.memory.put(at, count, 4)
    if count:
        return
    if not driver.flags & _DYNAMIC_DEV:
        for number in range(driver.num):
            tty_unregister_device(guest, address, number)
    for pointer in (driver.cdevs, driver.ports, driver.termios, driver.ttys, address):
        if pointer:
            guest.heap.free(pointer)


@function("struct device *tty_register_device(struct tty_driver *driver, unsigned int index, struct device *device)")
def tty_register_device(guest: Guest, address: int, number: int, parent: int) -> int:
    """`drivers/tty/tty_io.c`: Make the device of a line, named `name` and the number of the line; return it or an
    error.
    """
    driver = view(guest, "tty_driver", address)
    if number >= driver.num:
        raise Needs("the complaint about an invalid tty line number")
    name = guest.text(driver.name)
    name += "" if driver.flags & _UNNUMBERED else str(number + driver.name_base)
    devt = _number(driver) + number & 0xFFFFFFFF
    return create(guest, _class(guest), parent, devt, 0, 0, name.encode("utf-8", "surrogateescape"))


@function("void tty_unregister_device(struct tty_driver *driver, unsigned int index)")
def tty_unregister_device(guest: Guest, address: int, number: int) -> None:
    """`drivers/tty/tty_io.c`: Remove the device of a line."""
    from modtools.emulate.functions.device import device_destroy

    driver = view(guest, "tty_driver", address)
    device_destroy(guest, _class(guest), _number(driver) + number & 0xFFFFFFFF)


@function("int tty_register_ldisc(struct tty_ldisc_ops *new_ldisc)")
def tty_register_ldisc(guest: Guest, address: int) -> int:
    """`drivers/tty/tty_ldisc.c`: Register a line discipline, `struct tty_ldisc_ops`: name 0, number 8; return 0 or
    -EINVAL.
    """
    number: int = view(guest, "tty_ldisc_ops", address).num
    if not 0 <= number < 31:
        return -EINVAL
    guest.table("ldiscs")[number] = address
    return 0


@function("void tty_unregister_ldisc(struct tty_ldisc_ops *ldisc)")
def tty_unregister_ldisc(guest: Guest, address: int) -> None:
    """`drivers/tty/tty_ldisc.c`: Unregister a line discipline."""
    guest.table("ldiscs").pop(view(guest, "tty_ldisc_ops", address).num, None)


@function("int uart_register_driver(struct uart_driver *drv)")
def uart_register_driver(guest: Guest, address: int) -> int:
    """`drivers/tty/serial/serial_core.c`: Register a driver of serial ports: a terminal driver, and a state for each
    port; return 0 or an error. One for the machine's own ports stops the run.
    """
    uart = view(guest, "uart_driver", address)
    if guest.text(uart.dev_name) == guest.machine.uarts:
        raise Needs("the serial ports of the machine")
    from modtools.emulate.structs import size_of

    uart.state = guest.heap.kmalloc(guest.bounded(size_of("uart_state") * uart.nr))
    driver = view(guest, "tty_driver", tty_alloc_driver(guest, uart.nr, uart.owner, 4 | _DYNAMIC_DEV))
    uart.tty_driver = driver.address()
    driver.driver_name, driver.name = uart.driver_name, uart.dev_name
    driver.major, driver.minor_start = uart.major, uart.minor
    driver.type, driver.subtype, driver.driver_state = 3, 1, address
    result = int(tty_register_driver(guest, driver.address()))
    if result:
        tty_driver_kref_put(guest, driver.address())
        guest.heap.free(uart.state)
    return result


@function("void uart_unregister_driver(struct uart_driver *drv)")
def uart_unregister_driver(guest: Guest, address: int) -> None:
    """`drivers/tty/serial/serial_core.c`: Unregister a driver of serial ports and free its states."""
    uart = view(guest, "uart_driver", address)
    driver = uart.tty_driver
    tty_unregister_driver(guest, driver)
    tty_driver_kref_put(guest, driver)
    guest.heap.free(uart.state)
    uart.state = uart.tty_driver = 0


@function("int __register_blkdev(unsigned int major, const char *name, void *probe)")
def register_blkdev(guest: Guest, major: int, name: int, _probe: int) -> int:
    """`block/genhd.c`: Take a major number; return 0 or -EBUSY. For major 0, take the highest free one from 254 down
    and return it.
    """
    table = guest.table("blkdevs")
    if not table:
        table.update(BLOCK_MAJORS)
    text = guest.text(name)
    if not major:
        found = next((number for number in range(254, 0, -1) if number not in table), 0)
        table[found] = text
        return found
    if major >= _MAX_MAJOR:
        raise Needs("the complaint about a block major that is too large")
    if major in table:
        guest.printk(WARNING, f"register_blkdev: cannot get major {major} for {text}")
        return -EBUSY
    table[major] = text
    return 0


@function("void unregister_blkdev(unsigned int major, const char *name)")
def unregister_blkdev(guest: Guest, major: int, _name: int) -> None:
    """`block/genhd.c`: Give a major number back."""
    guest.table("blkdevs").pop(major, None)


@function("void n_tty_inherit_ops(struct tty_ldisc_ops *ops)")
def n_tty_inherit_ops(guest: Guest, address: int) -> None:
    """`drivers/tty/n_tty.c`: Copy the operations of the usual line discipline. They are not modelled: calling one
    stops the run and names it.
    """
    row = view(guest, "tty_ldisc_ops", address)
    guest.memory.write(address, bytes(144))
    row.name = guest.new_text(b"n_tty")
    for (
        field
    ) in "open close flush_buffer read write ioctl set_termios poll receive_buf write_wakeup receive_buf2".split():
        setattr(row, field, guest.address_of(f"n_tty_{field}"))
    row.lookahead_buf = guest.address_of("n_tty_lookahead_flow_ctrl")

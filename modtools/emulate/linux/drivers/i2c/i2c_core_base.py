"""drivers/i2c/i2c-core-base.c: Buses of I2C that modules make, the devices on them, and their drivers.

The machine has none of its own. The tables: `i2c_adapters`: number -> address of the adapter, `i2c_userspace`: address
of an adapter -> the clients that its file new_device has made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.bus import bus_register
from modtools.emulate.linux.drivers.base.core import device_message
from modtools.emulate.linux.kernel.locking.rtmutex_api import rt_mutex_lock, rt_mutex_trylock, rt_mutex_unlock
from modtools.emulate.linux.kernel.module import main
from modtools.emulate.machine.builtin import register
from modtools.emulate.objects import devices, drivers, kernelgroups, kobjects, listhead, locks, records, sysfs
from modtools.emulate.objects.binding import resources
from modtools.emulate.objects.kernelgroups import Attribute, emit
from modtools.emulate.objects.records import bus_row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, has, new, offset_of, size_of, view
from modtools.integers import ERROR_POINTERS
from modtools.kernel.log import ERR, INFO
from modtools.linuxerrno import EAGAIN, EBUSY, EINVAL, ENODEV, ENOENT, EOPNOTSUPP

TEN_BITS, _SLAVE, READ = 0x10, 0x20, 1
"""I2C_CLIENT_TEN, I2C_CLIENT_SLAVE and I2C_M_RD of `include/linux/i2c.h`."""
_TEN_BIT_OFFSET, _SLAVE_OFFSET = 0xA000, 0x1000
_END_OF_ADDRESSES = 0xFFFE
_NAME_SIZE = 20
_SEGMENT = 2
"""I2C_LOCK_SEGMENT: what a transfer keeps."""
_READ_BYTE, _QUICK = 0x20000, 0x10000
"""I2C_FUNC_SMBUS_READ_BYTE and I2C_FUNC_SMBUS_QUICK."""

_ADAPTER_FILES = {
    "": (
        Attribute("name", 0o444, "i2c_adapter_name_show"),
        Attribute("new_device", 0o200, store="i2c_new_device_store"),
        Attribute("delete_device", 0o200, store="i2c_delete_device_store"),
    )
}
_CLIENT_FILES = {
    "": (
        Attribute("name", 0o444, "i2c_client_name_show"),
        Attribute("modalias", 0o444, "i2c_client_modalias_show"),
    )
}


# The bus.


@variable("i2c_bus_type", "bus_type")
def i2c_bus_type(guest: Guest, address: int) -> None:
    """Register the bus "i2c" with the kernel's own driver of addresses that another driver needs for itself."""
    bus = view(guest, "bus_type", address)
    bus.name = guest.new_text(b"i2c")
    bus.match, bus.probe = guest.address_of("i2c_device_match"), guest.address_of("i2c_device_probe")
    bus.remove, bus.uevent = guest.address_of("i2c_device_remove"), guest.address_of("i2c_device_uevent")
    bus_register(guest, address)
    driver, ids = new(guest, "i2c_driver"), guest.heap.kmalloc(2 * size_of(guest, "i2c_device_id"))
    guest.memory.write(ids, b"dummy")
    driver.driver.name, driver.id_table = guest.new_text(b"dummy"), ids
    driver.driver.bus, driver.probe = address, guest.address_of("i2c_dummy_probe")
    drivers.register(guest, driver.driver.address())


@function("int i2c_dummy_probe(struct i2c_client *client)")
def i2c_dummy_probe(_guest: Guest, _client: int) -> int:
    """Return 0: a dummy needs nothing."""
    return 0


@variable("i2c_adapter_type", "device_type")
def i2c_adapter_type(guest: Guest, address: int) -> None:
    """Fill in the type of adapters."""
    kind = view(guest, "device_type", address)
    kind.groups = kernelgroups.groups(guest, "i2c_adapter", _ADAPTER_FILES)
    kind.release = guest.address_of("i2c_adapter_dev_release")


@variable("i2c_client_type", "device_type")
def i2c_client_type(guest: Guest, address: int) -> None:
    """Fill in the type of clients."""
    kind = view(guest, "device_type", address)
    kind.groups = kernelgroups.groups(guest, "i2c_client", _CLIENT_FILES)
    kind.release = guest.address_of("i2c_client_dev_release")


def _client(guest: Guest, device: int) -> View:
    return view(guest, "i2c_client", device - offset_of(guest, "i2c_client", "dev"))


def _adapter(guest: Guest, device: int) -> View:
    return view(guest, "i2c_adapter", device - offset_of(guest, "i2c_adapter", "dev"))


def _driver(guest: Guest, driver: int) -> View:
    return view(guest, "i2c_driver", driver - offset_of(guest, "i2c_driver", "driver"))


def client_name(guest: Guest, client: View) -> str:
    """Return what kind of device a client is."""
    return guest.text(client.address("name"), _NAME_SIZE)


def say(guest: Guest, level: int, adapter: int, text: str) -> None:
    """Log a message about an adapter."""
    device = view(guest, "i2c_adapter", adapter).dev.address()
    guest.log(level, device_message(guest, device, text.encode("utf-8", "surrogateescape") + b"\n"))


@function("const struct i2c_device_id *i2c_match_id(const struct i2c_device_id *id, const struct i2c_client *client)")
def i2c_match_id(guest: Guest, table: int, client: int) -> int:
    """Return the entry of a table that has a client's name; NULL if none has, or for no table or client."""
    if not table or not client:
        return 0
    wanted = client_name(guest, view(guest, "i2c_client", client))
    while text := guest.text(table, _NAME_SIZE):
        if text == wanted:
            return table
        table += size_of(guest, "i2c_device_id")
    return 0


@function("const struct i2c_device_id *i2c_client_get_device_id(const struct i2c_client *client)")
def i2c_client_get_device_id(guest: Guest, client: int) -> int:
    """Return the entry of its driver's table that a client has been matched by; NULL for none."""
    driver = view(guest, "i2c_client", client).dev.driver
    return i2c_match_id(guest, _driver(guest, driver).id_table, client) if driver else 0


@function("int i2c_device_match(struct device *dev, struct device_driver *drv)")
def i2c_device_match(guest: Guest, device: int, driver: int) -> bool:
    """Return whether a driver's table has a client's name; adapters have no driver."""
    if not i2c_verify_client(guest, device):
        return False
    return bool(i2c_match_id(guest, _driver(guest, driver).id_table, _client(guest, device).address()))


@function("int i2c_device_probe(struct device *dev)")
def i2c_device_probe(guest: Guest, device: int) -> int:
    """Call the driver's probe() for a client; return its answer, or -ENODEV or -EINVAL without a table or probe()."""
    client = _client(guest, device)
    driver = _driver(guest, client.dev.driver)
    client.irq = client.init_irq
    if not driver.id_table:
        return -ENODEV
    if has(guest, "i2c_driver", "probe_new") and driver.probe_new:
        return guest.call_signed(driver.probe_new, client.address())
    if driver.probe:
        return guest.call_signed(driver.probe, client.address(), i2c_match_id(guest, driver.id_table, client.address()))
    return -EINVAL


@function("void i2c_device_remove(struct device *dev)")
def i2c_device_remove(guest: Guest, device: int) -> None:
    """Call the driver's remove() for a client, if there is one."""
    client = _client(guest, device)
    remove = _driver(guest, client.dev.driver).remove
    if remove:
        guest.call(remove, client.address())


@function("int i2c_device_uevent(struct device *dev, struct kobj_uevent_env *env)")
def i2c_device_uevent(guest: Guest, device: int, environment: int) -> int:
    """Add a client's alias to an event; return 0. An adapter has none."""
    if i2c_verify_client(guest, device):
        kernelgroups.add_variable(guest, environment, f"MODALIAS=i2c:{client_name(guest, _client(guest, device))}")
    return 0


# Drivers.


def _check_detection(guest: Guest, driver: View, adapter: int) -> None:
    """Stop the run for a driver that looks for its devices on an adapter."""
    common = getattr(driver, "class") & getattr(view(guest, "i2c_adapter", adapter), "class")
    if driver.detect and driver.address_list and common:
        raise Needs("looking for I2C devices at a driver's addresses")


@function("int i2c_register_driver(struct module *owner, struct i2c_driver *driver)")
def i2c_register_driver(guest: Guest, owner: int, address: int) -> int:
    """Register an I2C driver; return 0 or an error. One that looks for devices by itself stops the run."""
    driver = view(guest, "i2c_driver", address)
    listhead.init(guest, driver.clients.address())
    result = register(guest, driver.driver.address(), "i2c_bus_type", owner)
    for adapter in guest.table("i2c_adapters").values() if not result else ():
        _check_detection(guest, driver, adapter)
    return result


@function("void i2c_del_driver(struct i2c_driver *driver)")
def i2c_del_driver(guest: Guest, address: int) -> None:
    """Unregister an I2C driver."""
    drivers.unregister(guest, view(guest, "i2c_driver", address).driver.address())


@function("int i2c_for_each_dev(void *data, void *fn)")
def i2c_for_each_dev(guest: Guest, data: int, call: int) -> int:
    """Call fn(device, data) for each device of the bus until one returns non-zero; return that, or 0."""
    return drivers.call_for_each(guest, bus_row(guest, guest.address_of("i2c_bus_type"))["devices"], 0, data, call)


# Adapters.


@function("void i2c_adapter_lock_bus(struct i2c_adapter *adapter, unsigned int flags)")
def i2c_adapter_lock_bus(guest: Guest, address: int, _flags: int) -> None:
    """Wait until nobody uses a bus, and keep it."""
    rt_mutex_lock(guest, view(guest, "i2c_adapter", address).bus_lock.address())


@function("int i2c_adapter_trylock_bus(struct i2c_adapter *adapter, unsigned int flags)")
def i2c_adapter_trylock_bus(guest: Guest, address: int, _flags: int) -> bool:
    """Keep a bus if nobody uses it; return whether that is so."""
    return bool(rt_mutex_trylock(guest, view(guest, "i2c_adapter", address).bus_lock.address()))


@function("void i2c_adapter_unlock_bus(struct i2c_adapter *adapter, unsigned int flags)")
def i2c_adapter_unlock_bus(guest: Guest, address: int, _flags: int) -> None:
    """Give a bus back."""
    rt_mutex_unlock(guest, view(guest, "i2c_adapter", address).bus_lock.address())


def _lock_operations(guest: Guest) -> int:
    """Return the functions by which a bus is locked, made at first use."""
    table = guest.table("i2c_lock_ops")
    if "address" not in table:
        row = new(guest, "i2c_lock_operations")
        for field in ("lock_bus", "trylock_bus", "unlock_bus"):
            setattr(row, field, guest.address_of(f"i2c_adapter_{field}"))
        table["address"] = row.address()
    return int(table["address"])


def _register(guest: Guest, address: int, number: int) -> int:
    """Add an adapter with this number; return 0, or an error after the kernel's complaint
    (`i2c_register_adapter()`).
    """
    adapter = view(guest, "i2c_adapter", address)
    adapter.nr = number
    if not guest.memory.u8(adapter.address("name")):
        report_kernel_warning(guest, "i2c_register_adapter", "i2c adapter has no name")
        return -EINVAL
    if not adapter.algo:
        guest.printk(ERR, f"i2c-core: adapter '{guest.text(adapter.address('name'))}': no algo supplied!")
        return -EINVAL
    adapter.lock_ops = adapter.lock_ops or _lock_operations(guest)
    adapter.locked_flags = 0
    adapter.timeout = adapter.timeout or guest.hardware.tick
    locks.init_mutex(guest, adapter.userspace_clients_lock.address())
    listhead.init(guest, adapter.userspace_clients.address())
    device = adapter.dev.address()
    adapter.dev.bus, adapter.dev.type = guest.address_of("i2c_bus_type"), guest.address_of("i2c_adapter_type")
    devices.initialize(guest, device)
    kobjects.set_name(guest, device, f"i2c-{number}".encode())
    result = devices.add(guest, device)
    if result:
        return result
    guest.table("i2c_adapters")[number] = address
    sysfs.add_name(guest, _class_folder(guest), f"i2c-{number}", "link", device)
    for driver in bus_row(guest, adapter.dev.bus)["drivers"]:
        _check_detection(guest, _driver(guest, driver), address)
    return 0


def _class_folder(guest: Guest) -> int:
    """Return the folder /sys/class/i2c-adapter, which has links to the adapters."""
    table = guest.table("i2c_class")
    if "address" not in table:
        table["address"] = kobjects.create(guest, b"i2c-adapter", kobjects.root(guest, "class_kset"))
    return int(table["address"])


@function("int i2c_add_adapter(struct i2c_adapter *adapter)")
def i2c_add_adapter(guest: Guest, address: int) -> int:
    """Add an adapter with the first free number; return 0 or an error."""
    numbers = guest.table("i2c_adapters")
    return _register(guest, address, next(number for number in range(len(numbers) + 1) if number not in numbers))


@function("int i2c_add_numbered_adapter(struct i2c_adapter *adap)")
def i2c_add_numbered_adapter(guest: Guest, address: int) -> int:
    """Add an adapter with the number that it says, or the first free one for -1; return 0 or an error."""
    number = view(guest, "i2c_adapter", address).nr
    if number == -1:
        return int(i2c_add_adapter(guest, address))
    if number in guest.table("i2c_adapters"):
        report_kernel_warning(guest, "__i2c_add_numbered_adapter", "couldn't get idr")
        return -EBUSY
    return _register(guest, address, number)


@function("void i2c_del_adapter(struct i2c_adapter *adap)")
def i2c_del_adapter(guest: Guest, address: int) -> None:
    """Remove an adapter with all clients on it; one that was not added is ignored."""
    adapter, adapters = view(guest, "i2c_adapter", address), guest.table("i2c_adapters")
    number, device = adapter.nr, adapter.dev.address()
    if adapters.get(number) != address:
        return
    for client in guest.table("i2c_userspace").pop(address, []):
        i2c_unregister_device(guest, client)
    children = [_client(guest, child) for child in list(guest.table("children").get(device, []))]
    for client in sorted(children, key=lambda client: client_name(guest, client) == "dummy"):
        i2c_unregister_device(guest, client.address())
    sysfs.remove_name(guest, _class_folder(guest), f"i2c-{number}")
    devices.unregister(guest, device)
    del adapters[number]
    guest.memory.write(device, bytes(size_of(guest, "device")))


@function("void i2c_adapter_dev_release(struct device *dev)")
def i2c_adapter_dev_release(_guest: Guest, _device: int) -> None:
    """Do nothing: an adapter's memory is its owner's, who waits for nobody here."""


@function("int devm_i2c_add_adapter(struct device *dev, struct i2c_adapter *adapter)")
def devm_i2c_add_adapter(guest: Guest, device: int, address: int) -> int:
    """Add an adapter, which is removed with the device's resources; return 0 or an error."""
    result = int(i2c_add_adapter(guest, address))
    if not result:
        row = guest.heap.kmalloc(8)
        guest.memory.put(row, address, 8)
        resources(guest, device).append([row, guest.address_of("devm_i2c_release_adapter")])
    return result


@function("void devm_i2c_release_adapter(struct device *dev, void *res)")
def devm_i2c_release_adapter(guest: Guest, _device: int, data: int) -> None:
    """Remove the adapter that devm_i2c_add_adapter() has added."""
    i2c_del_adapter(guest, guest.memory.u64(data))


@function("struct i2c_adapter *i2c_get_adapter(int nr)")
def i2c_get_adapter(guest: Guest, number: int) -> int:
    """Return the adapter of a number with references taken on it and its module; NULL if there is none."""
    address = int(guest.table("i2c_adapters").get(number, 0))
    if not address or not main.try_module_get(guest, view(guest, "i2c_adapter", address).owner):
        return 0
    kobjects.get(guest, view(guest, "i2c_adapter", address).dev.address())
    return address


@function("void i2c_put_adapter(struct i2c_adapter *adap)")
def i2c_put_adapter(guest: Guest, address: int) -> None:
    """Give the references back that i2c_get_adapter() took; NULL is ignored."""
    if address:
        adapter = view(guest, "i2c_adapter", address)
        kobjects.put(guest, adapter.dev.address())
        main.module_put(guest, adapter.owner)


@function("struct i2c_adapter *i2c_verify_adapter(struct device *dev)")
def i2c_verify_adapter(guest: Guest, device: int) -> int:
    """Return the adapter that a device is, NULL for another device."""
    found = records.device(guest, device).type == guest.address_of("i2c_adapter_type")
    return _adapter(guest, device).address() if found else 0


@function("unsigned int i2c_adapter_depth(struct i2c_adapter *adapter)")
def i2c_adapter_depth(guest: Guest, address: int) -> int:
    """Return how many adapters an adapter is behind."""
    depth, parent = 0, view(guest, "i2c_adapter", address).dev.parent
    while parent and (above := i2c_verify_adapter(guest, parent)):
        depth, parent = depth + 1, view(guest, "i2c_adapter", above).dev.parent
    return depth


# Clients.


@function("struct i2c_client *i2c_verify_client(struct device *dev)")
def i2c_verify_client(guest: Guest, device: int) -> int:
    """Return the client that a device is, NULL for another device."""
    found = records.device(guest, device).type == guest.address_of("i2c_client_type")
    return _client(guest, device).address() if found else 0


def encoded(address: int, flags: int) -> int:
    """Return a client's address as its name and files have it: what kind it is, is added."""
    return address | (_TEN_BIT_OFFSET if flags & TEN_BITS else 0) | (_SLAVE_OFFSET if flags & _SLAVE else 0)


def _is_valid(address: int, flags: int) -> bool:
    return address <= 0x3FF if flags & TEN_BITS else 0 < address <= 0x7F


def _is_busy(guest: Guest, adapter: int, address: int) -> bool:
    """Return whether an adapter, or one above it, has a client of this encoded address."""
    device = view(guest, "i2c_adapter", adapter).dev
    if device.parent and i2c_verify_adapter(guest, device.parent):
        raise Needs("clients of an I2C adapter behind another one")
    clients = (_client(guest, child) for child in guest.table("children").get(device.address(), []))
    return any(encoded(client.addr, client.flags) == address for client in clients)


@function("struct i2c_client *i2c_new_client_device(struct i2c_adapter *adap, struct i2c_board_info const *info)")
def i2c_new_client_device(guest: Guest, adapter: int, information: int) -> int:
    """Make a client on an adapter as a `struct i2c_board_info` says, and return it; log and return -EINVAL for a wrong
    address, -EBUSY for one that is taken. Software nodes and resources stop the run.
    """
    info = view(guest, "i2c_board_info", information)
    if info.swnode or info.num_resources:
        raise Needs("an I2C client with a software node or resources")
    name, flags, address = guest.text(info.address("type"), _NAME_SIZE), info.flags, info.addr
    if not _is_valid(address, flags):
        bits = 10 if flags & TEN_BITS else 7
        say(guest, ERR, adapter, f"Invalid {bits}-bit I2C address 0x{address:02x}")
        return -EINVAL
    if _is_busy(guest, adapter, encoded(address, flags)):
        say(guest, ERR, adapter, f"Failed to register i2c client {name} at 0x{address:02x} ({-EBUSY})")
        return -EBUSY
    client = new(guest, "i2c_client")
    client.adapter, client.flags, client.addr, client.init_irq = adapter, flags, address, info.irq
    guest.memory.write(client.address("name"), name.encode("utf-8", "surrogateescape")[: _NAME_SIZE - 1] + b"\0")
    device = client.dev
    device.platform_data, device.of_node, device.fwnode = info.platform_data, info.of_node, info.fwnode
    device.parent = view(guest, "i2c_adapter", adapter).dev.address()
    device.bus, device.type = guest.address_of("i2c_bus_type"), guest.address_of("i2c_client_type")
    devices.initialize(guest, device.address())
    kobjects.set_name(guest, device.address(), _device_name(guest, client, info.dev_name))
    result = devices.add(guest, device.address())
    if result:
        kobjects.put(guest, device.address())
        say(guest, ERR, adapter, f"Failed to register i2c client {name} at 0x{address:02x} ({result})")
        return result
    return client.address()


def _device_name(guest: Guest, client: View, wanted: int) -> bytes:
    if wanted:
        return b"i2c-" + guest.memory.text(wanted)
    return b"%d-%04x" % (view(guest, "i2c_adapter", client.adapter).nr, encoded(client.addr, client.flags))


@function("void i2c_unregister_device(struct i2c_client *client)")
def i2c_unregister_device(guest: Guest, address: int) -> None:
    """Remove a client; NULL and error pointers are ignored."""
    if address and address < ERROR_POINTERS:
        devices.unregister(guest, view(guest, "i2c_client", address).dev.address())


@function("void i2c_client_dev_release(struct device *dev)")
def i2c_client_dev_release(guest: Guest, device: int) -> None:
    """Free a client when its last reference is gone."""
    guest.heap.free(_client(guest, device).address())


@function("struct i2c_client *i2c_new_dummy_device(struct i2c_adapter *adapter, u16 address)")
def i2c_new_dummy_device(guest: Guest, adapter: int, address: int) -> int:
    """Make a client that the kernel's own driver takes, for an address that belongs to another client; return it or an
    error.
    """
    info = new(guest, "i2c_board_info")
    guest.memory.write(info.address("type"), b"dummy")
    info.addr = address
    client = int(i2c_new_client_device(guest, adapter, info.address()))
    guest.heap.free(info.address())
    return client


@function("struct i2c_client *devm_i2c_new_dummy_device(struct device *dev, struct i2c_adapter *adapter, u16 address)")
def devm_i2c_new_dummy_device(guest: Guest, device: int, adapter: int, address: int) -> int:
    """Make a client as i2c_new_dummy_device(), which is removed with the device's resources; return it or an error."""
    client = int(i2c_new_dummy_device(guest, adapter, address))
    if client > 0:
        row = guest.heap.kmalloc(8)
        guest.memory.put(row, client, 8)
        resources(guest, device).append([row, guest.address_of("devm_i2c_release_client")])
    return client


@function("void devm_i2c_release_client(struct device *dev, void *res)")
def devm_i2c_release_client(guest: Guest, _device: int, data: int) -> None:
    """Remove the client that devm_i2c_new_dummy_device() has made."""
    i2c_unregister_device(guest, guest.memory.u64(data))


@function(
    "struct i2c_client *i2c_new_scanned_device(struct i2c_adapter *adap, struct i2c_board_info *info,"
    " const unsigned short *addr_list, void *probe)"
)
def i2c_new_scanned_device(guest: Guest, adapter: int, information: int, addresses: int, probe: int) -> int:
    """Make a client at the first address of a list at which something answers; return it, or -ENODEV. Without probe()
    a byte is read, or nothing is sent (`i2c_default_probe()`).
    """
    while (address := guest.memory.u16(addresses)) != _END_OF_ADDRESSES:
        addresses += 2
        if not 8 <= address <= 0x77 or _is_busy(guest, adapter, address):
            continue
        if guest.call_signed(probe, adapter, address) if probe else _answers(guest, adapter, address):
            view(guest, "i2c_board_info", information).addr = address
            return int(i2c_new_client_device(guest, adapter, information))
    return -ENODEV


def _answers(guest: Guest, adapter: int, address: int) -> bool:
    """Return whether something answers at an address, as far as the adapter can ask."""
    functions = _functionality(guest, adapter)
    reads = 0x30 <= address <= 0x37 or 0x50 <= address <= 0x5F or not functions & _QUICK
    if reads and not functions & _READ_BYTE:
        raise Needs("an I2C adapter that can neither read a byte nor send nothing")
    data, size = guest.heap.kmalloc(40), int(reads)
    transfer = guest.address_of("i2c_smbus_xfer")
    found = guest.call_signed(transfer, adapter, address, 0, int(reads), 0, size, data if reads else 0) >= 0
    guest.heap.free(data)
    return found


@function("int i2c_probe_func_quick_read(struct i2c_adapter *adap, unsigned short addr)")
def i2c_probe_func_quick_read(guest: Guest, adapter: int, address: int) -> bool:
    """Return whether something answers to the shortest reading of an address."""
    return guest.call_signed(guest.address_of("i2c_smbus_xfer"), adapter, address, 0, 1, 0, 0, 0) >= 0


def _functionality(guest: Guest, adapter: int) -> int:
    row = view(guest, "i2c_algorithm", view(guest, "i2c_adapter", adapter).algo)
    return guest.call(row.functionality, adapter) & 0xFFFFFFFF


# Transfers.


@function("int __i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)")
def transfer(guest: Guest, address: int, messages: int, count: int) -> int:
    """Hand messages to an adapter's algorithm, again while it says -EAGAIN; return how many it has done, or an error.
    The caller has the bus; what an adapter cannot do by its `quirks` stops the run.
    """
    adapter = view(guest, "i2c_adapter", address)
    algorithm = view(guest, "i2c_algorithm", adapter.algo)
    if not algorithm.master_xfer:
        return -EOPNOTSUPP
    if not messages or count < 1:
        raise Needs("the complaint about no I2C messages")
    if adapter.quirks:
        raise Needs("quirks of an I2C adapter")
    return repeat(guest, adapter, lambda: guest.call_signed(algorithm.master_xfer, address, messages, count))


def repeat(guest: Guest, adapter: View, attempt: Callable[[], int]) -> int:
    """Try something as often as an adapter says, while the answer is -EAGAIN and the time is not over; return the last
    answer.
    """
    end, result = guest.jiffies + adapter.timeout, -EAGAIN
    for _ in range(adapter.retries + 1):
        result = attempt()
        if result != -EAGAIN or guest.jiffies > end:
            break
    return result


@function("int i2c_transfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)")
def i2c_transfer(guest: Guest, address: int, messages: int, count: int) -> int:
    """Keep the bus and hand messages to it as `__i2c_transfer()`; return how many are done, or an error."""
    if not view(guest, "i2c_algorithm", view(guest, "i2c_adapter", address).algo).master_xfer:
        return -EOPNOTSUPP
    with_bus = lock(guest, address)
    try:
        return int(transfer(guest, address, messages, count))
    finally:
        with_bus()


def lock(guest: Guest, address: int) -> Callable[[], None]:
    """Keep a bus; return what gives it back."""
    operations = view(guest, "i2c_lock_operations", view(guest, "i2c_adapter", address).lock_ops)
    if operations.lock_bus == guest.address_of("i2c_adapter_lock_bus"):
        i2c_adapter_lock_bus(guest, address, 0)
        return lambda: i2c_adapter_unlock_bus(guest, address, 0)
    guest.call(operations.lock_bus, address, _SEGMENT)
    return partial(_unlock, guest, operations.unlock_bus, address)


def _unlock(guest: Guest, function: int, address: int) -> None:
    guest.call(function, address, _SEGMENT)


@function("int i2c_transfer_buffer_flags(const struct i2c_client *client, char *buf, int count, u16 flags)")
def i2c_transfer_buffer_flags(guest: Guest, address: int, buffer: int, count: int, flags: int) -> int:
    """Send or read one message of a client; return its length, or an error."""
    client, message = view(guest, "i2c_client", address), new(guest, "i2c_msg")
    message.addr, message.flags = client.addr, flags | client.flags & TEN_BITS
    message.len, message.buf = count & 0xFFFF, buffer
    result = int(i2c_transfer(guest, client.adapter, message.address(), 1))
    guest.heap.free(message.address())
    return count if result == 1 else result


# Files.


@function("ssize_t i2c_adapter_name_show(struct device *dev, struct device_attribute *attr, char *buf)")
def i2c_adapter_name_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write the name of an adapter for a reader; return the length."""
    return emit(guest, buffer, guest.text(_adapter(guest, device).address("name")) + "\n")


@function("ssize_t i2c_client_name_show(struct device *dev, struct device_attribute *attr, char *buf)")
def i2c_client_name_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write the name of a client for a reader; return the length."""
    return emit(guest, buffer, client_name(guest, _client(guest, device)) + "\n")


@function("ssize_t i2c_client_modalias_show(struct device *dev, struct device_attribute *attr, char *buf)")
def i2c_client_modalias_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write the alias of a client for a reader; return the length."""
    return emit(guest, buffer, f"i2c:{client_name(guest, _client(guest, device))}\n")


_NUMBER = re.compile(r"\s*([+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+))(.?)", re.DOTALL)


def _address(text: str) -> tuple[int | None, str]:
    """Return the address that a text begins with, None for none, and the letter behind it (`sscanf("%hi%c")`)."""
    found = _NUMBER.match(text)
    if found is None:
        return None, ""
    digits = found[1].lower()
    base = 16 if "x" in digits else 8 if digits.lstrip("+-").startswith("0") else 10
    return int(digits, base) & 0xFFFF, found[2]


@function("ssize_t i2c_new_device_store(struct device *dev, struct device_attribute *a, const char *buf, size_t count)")
def i2c_new_device_store(guest: Guest, device: int, _attribute: int, buffer: int, count: int) -> int:
    """Make a client from what is written, `name address`; return the length, or log what is wrong and return an
    error.
    """
    adapter = _adapter(guest, device).address()
    name, blank, rest = guest.text(buffer).partition(" ")
    address, end = _address(rest)
    wrong = (
        "Missing parameters" if not blank
        else "Invalid device name" if len(name) >= _NAME_SIZE
        else "Can't parse I2C address" if address is None
        else "Extra parameters" if end not in ("", "\n")
        else ""
    )  # fmt: skip
    if wrong or address is None:
        say(guest, ERR, adapter, f"new_device: {wrong}")
        return -EINVAL
    info = new(guest, "i2c_board_info")
    guest.memory.write(info.address("type"), name.encode("utf-8", "surrogateescape"))
    info.addr = address
    for offset, flag in ((_TEN_BIT_OFFSET, TEN_BITS), (_SLAVE_OFFSET, _SLAVE)):
        if info.addr & (0xFF00 if flag == TEN_BITS else offset) == offset:
            info.addr, info.flags = info.addr & ~offset, info.flags | flag
    client = int(i2c_new_client_device(guest, adapter, info.address()))
    text = f"new_device: Instantiated device {name} at 0x{info.addr:02x}"
    guest.heap.free(info.address())
    if client < 0:
        return client
    guest.table("i2c_userspace").setdefault(adapter, []).append(client)
    say(guest, INFO, adapter, text)
    return count


@function(
    "ssize_t i2c_delete_device_store(struct device *dev, struct device_attribute *a, const char *buf, size_t count)"
)
def i2c_delete_device_store(guest: Guest, device: int, _attribute: int, buffer: int, count: int) -> int:
    """Remove the client of an address that `new_device` has made; return the length, or log what is wrong and return an
    error.
    """
    adapter = _adapter(guest, device).address()
    address, end = _address(guest.text(buffer))
    if address is None or end not in ("", "\n"):
        say(
            guest,
            ERR,
            adapter,
            "delete_device: " + ("Can't parse I2C address" if address is None else "Extra parameters"),
        )
        return -EINVAL
    clients = guest.table("i2c_userspace").get(adapter, [])
    for client in (view(guest, "i2c_client", client) for client in clients):
        if encoded(client.addr, client.flags) == address:
            say(
                guest,
                INFO,
                adapter,
                f"delete_device: Deleting device {client_name(guest, client)} at 0x{client.addr:02x}",
            )
            clients.remove(client.address())
            i2c_unregister_device(guest, client.address())
            return count
    say(guest, ERR, adapter, "delete_device: Can't find device in list")
    return -ENOENT

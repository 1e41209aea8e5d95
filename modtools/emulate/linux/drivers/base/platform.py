"""drivers/base/platform.c: The platform bus: its devices, their resources, its drivers."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import core
from modtools.emulate.linux.lib.kobject_uevent import add_variable
from modtools.emulate.machine.builtin import INTERRUPTS, builtin, check_acpi, fill_bus, ids, register
from modtools.emulate.objects import devices, drivers, kobjects, overrides, records, resources
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.printf.pointers import pointer
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, has, new, size_of, view
from modtools.integers import ERROR_POINTERS, MASK64
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL, ENODEV, ENXIO

_AUTO, _NONE = -2, -1
_MASK = 0xFFFFFFFF
"""What a platform device reaches by DMA."""
_TRIGGER = 0xFF
_FREE_MEMORY = (0x40000000, 0xFD000000)
"""Where the machine's map has nothing but the PCI bus: behind its memory, below its devices."""


@variable("platform_bus_type", "bus_type")
def platform_bus_type(guest: Guest, address: int) -> None:
    """Fill in the platform bus, whose devices nothing can find by itself."""
    fill_bus(guest, address, "platform", "platform_match")
    bus = view(guest, "bus_type", address)
    bus.uevent = guest.address_of("platform_uevent")
    bus.probe, bus.remove = guest.address_of("platform_probe"), guest.address_of("platform_remove")


@variable("platform_bus", "device")
def platform_bus(guest: Guest, address: int) -> None:
    """Add the device /sys/devices/platform, the parent of platform devices."""
    devices.add_root(guest, address, b"platform")


def _driver(guest: Guest, address: int) -> View:
    return view(guest, "platform_driver", address - view(guest, "platform_driver", 0).address("driver"))


@function("int platform_match(struct device *dev, struct device_driver *drv)")
def platform_match(guest: Guest, device: int, driver: int) -> bool:
    """Return whether a driver is for a device: by the device's override, else by the driver's table, else by the
    driver's name.
    """
    pdev, pdrv = overrides.platform_device(guest, device), _driver(guest, driver)
    override = records.driver_override(guest, "platform_device", pdev)
    if override:
        return guest.text(override) == guest.text(pdrv.driver.name)
    name = guest.text(pdev.name)
    if pdrv.id_table:
        for number, text in enumerate(ids(guest, pdrv.id_table, "platform_device_id", "name")):
            if text == name:
                pdev.id_entry = pdrv.id_table + size_of(guest, "platform_device_id") * number
                return True
        return False
    return name == guest.text(pdrv.driver.name)


@function(
    "int platform_uevent(struct device *dev, struct kobj_uevent_env *env)",
    "int platform_uevent(const struct device *dev, struct kobj_uevent_env *env)",
)
def platform_uevent(guest: Guest, device: int, environment: int) -> int:
    """Add the alias of a platform device to its uevent; return 0."""
    return add_variable(
        guest, environment, f"MODALIAS={overrides.alias(guest, device)}".encode("utf-8", "surrogateescape")
    )


@function("int platform_probe(struct device *dev)")
def platform_probe(guest: Guest, device: int) -> int:
    """Call the driver's probe() for a device; return its answer, 0 if there is none."""
    probe = _driver(guest, records.device(guest, device).driver).probe
    return guest.call_signed(probe, overrides.platform_device(guest, device).address()) if probe else 0


@function("void platform_remove(struct device *dev)")
def platform_remove(guest: Guest, device: int) -> None:
    """Call the driver's remove() for a device, if there is one."""
    driver = _driver(guest, records.device(guest, device).driver)
    remove = driver.remove or (driver.remove_new if has(guest, "platform_driver", "remove_new") else 0)
    if remove:
        guest.call(remove, overrides.platform_device(guest, device).address())


def _check(guest: Guest, address: int) -> None:
    """Stop the run for a driver of one of the machine's own devices, because they are not emulated."""
    driver = view(guest, "platform_driver", address)
    named = ids(guest, driver.id_table, "platform_device_id", "name")
    names = set(named) if driver.id_table else {guest.text(driver.driver.name)}
    found = names & (builtin(guest).platform | guest.hardware.platform)
    if found:
        raise Needs(f"the platform device {min(found)}")
    check_acpi(guest, driver.driver.acpi_match_table)


@function(
    "int __platform_driver_register(struct platform_driver *drv, struct module *owner)",
    "int __platform_driver_register(struct platform_driver *drv, struct module *owner, const char *mod_name)",
)
def platform_driver_register(guest: Guest, address: int, owner: int, mod_name: int | None = None) -> int:
    """Register a driver of the platform bus; return 0 or an error. Its module's name is told since 7.1."""
    _check(guest, address)
    if mod_name is not None:
        view(guest, "platform_driver", address).driver.mod_name = mod_name
    return register(guest, view(guest, "platform_driver", address).driver.address(), "platform_bus_type", owner)


@function(
    "int __platform_driver_probe(struct platform_driver *drv, void *probe, struct module *module)",
    "int __platform_driver_probe(struct platform_driver *drv, void *probe, struct module *module,"
    " const char *mod_name)",
)
def platform_driver_probe(guest: Guest, address: int, probe: int, owner: int, mod_name: int | None = None) -> int:
    """Register a driver only for the devices that are there already; return 0, -ENODEV if it takes none, or an
    error.
    """
    driver = view(guest, "platform_driver", address)
    driver.probe = probe
    result = platform_driver_register(guest, address, owner, mod_name)
    if result:
        return int(result)
    own = driver.driver.address()
    bus = records.bus_row(guest, driver.driver.bus)
    if any(records.device(guest, device).driver == own for device in bus["devices"]):
        return 0
    drivers.unregister(guest, own)
    return -ENODEV


@function("void platform_driver_unregister(struct platform_driver *drv)")
def platform_driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a driver of the platform bus."""
    drivers.unregister(guest, view(guest, "platform_driver", address).driver.address())


@function(
    "int __platform_register_drivers(const struct platform_driver **drivers, unsigned int count, struct module *owner)",
    "int __platform_register_drivers(struct platform_driver *const *drivers, unsigned int count, struct module *owner,"
    " const char *mod_name)",
)
def platform_register_drivers(guest: Guest, drivers: int, count: int, owner: int, mod_name: int | None = None) -> int:
    """Register a table of drivers; return 0, or an error after which none of them is registered."""
    for number in range(count):
        result = platform_driver_register(guest, guest.memory.u64(drivers + 8 * number), owner, mod_name)
        if result < 0:
            platform_unregister_drivers(guest, drivers, number)
            return int(result)
    return 0


@function("void platform_unregister_drivers(const struct platform_driver **drivers, unsigned int count)")
def platform_unregister_drivers(guest: Guest, drivers: int, count: int) -> None:
    """Unregister a table of drivers, the last one first."""
    for number in reversed(range(count)):
        platform_driver_unregister(guest, guest.memory.u64(drivers + 8 * number))


@function("struct platform_device *platform_device_alloc(const char *name, int id)")
def platform_device_alloc(guest: Guest, name: int, number: int) -> int:
    """Allocate a platform device with a copy of its name and return it; it is not added yet."""
    pdev = new(guest, "platform_device")
    pdev.name, pdev.id = guest.new_text(guest.memory.text(name)), number
    devices.initialize(guest, pdev.dev.address())
    pdev.dev.release = guest.address_of("platform_device_release")
    _set_up_dma(pdev)
    return pdev.address()


def _set_up_dma(pdev: View) -> None:
    """Let a device reach memory by 32 bits, unless it says what it reaches (`setup_pdev_dma_masks()`)."""
    pdev.dev.dma_parms = pdev.address("dma_parms")
    pdev.dev.coherent_dma_mask = pdev.dev.coherent_dma_mask or _MASK
    if not pdev.dev.dma_mask:
        pdev.platform_dma_mask, pdev.dev.dma_mask = _MASK, pdev.address("platform_dma_mask")


@function("void platform_device_release(struct device *dev)")
def platform_device_release(guest: Guest, device: int) -> None:
    """Free a platform device with its name, resources and data, when its last reference is gone."""
    pdev = overrides.platform_device(guest, device)
    for part in (pdev.dev.platform_data, pdev.resource, pdev.name, pdev.address()):
        if part:
            guest.heap.free(part)


def _add(guest: Guest, address: int) -> int:
    """Add a platform device to its bus as `name.0`, `name` or `name.N.auto`; return 0 or an error
    (`platform_device_add()`).
    """
    pdev = view(guest, "platform_device", address)
    dev = pdev.dev
    dev.parent = dev.parent or guest.address_of("platform_bus")
    dev.bus = guest.address_of("platform_bus_type")
    name = guest.text(pdev.name)
    if pdev.id == _AUTO:
        numbers = guest.table("platform_ids")
        number = next(n for n in range(1 << 16) if n not in numbers)
        numbers[number] = 1
        pdev.id, pdev.id_auto = number, 1
        name = f"{name}.{number}.auto"
    elif pdev.id != _NONE:
        name = f"{name}.{pdev.id}"
    kobjects.set_name(guest, dev.address(), name.encode("utf-8", "surrogateescape"))
    result = _claim(guest, address, dev.kobj.name) or devices.add(guest, dev.address())
    if result:
        _release_claims(guest, address)
    else:
        overrides.add(guest, dev.address())
    return result


@function("int platform_device_add(struct platform_device *pdev)")
def platform_device_add(guest: Guest, address: int) -> int:
    """Add a device to the platform bus; return 0 or an error."""
    return _add(guest, address) if address else -EINVAL


@function("int platform_add_devices(struct platform_device **devs, int num)")
def platform_add_devices(guest: Guest, table: int, count: int) -> int:
    """Register a table of devices; return 0, or an error after which none of them is registered."""
    for number in range(count):
        result = platform_device_register(guest, guest.memory.u64(table + 8 * number))
        if result:
            for before in reversed(range(number)):
                platform_device_unregister(guest, guest.memory.u64(table + 8 * before))
            return int(result)
    return 0


@function("int platform_device_register(struct platform_device *pdev)")
def platform_device_register(guest: Guest, address: int) -> int:
    """Initialise and add a device in memory of its owner; return 0 or an error."""
    pdev = view(guest, "platform_device", address)
    devices.initialize(guest, pdev.dev.address())
    _set_up_dma(pdev)
    return _add(guest, address)


def _release_claims(guest: Guest, address: int) -> None:
    pdev = view(guest, "platform_device", address)
    if pdev.id_auto:
        guest.table("platform_ids").pop(pdev.id, None)
        pdev.id = _AUTO
    _release(guest, address)


def _delete(guest: Guest, address: int) -> None:
    pdev = view(guest, "platform_device", address)
    overrides.remove(guest, pdev.dev.address())
    devices.remove(guest, pdev.dev.address())
    _release_claims(guest, address)


@function("void platform_device_del(struct platform_device *pdev)")
def platform_device_del(guest: Guest, address: int) -> None:
    """Remove a device from its bus and give its resources back; NULL and error pointers are ignored."""
    if address and address < ERROR_POINTERS:
        _delete(guest, address)


@function("void platform_device_put(struct platform_device *pdev)")
def platform_device_put(guest: Guest, address: int) -> None:
    """Give a reference on a device back, and free it with the last one; NULL and error pointers are ignored."""
    if address and address < ERROR_POINTERS:
        kobjects.put(guest, view(guest, "platform_device", address).dev.address())


@function("void platform_device_unregister(struct platform_device *pdev)")
def platform_device_unregister(guest: Guest, address: int) -> None:
    """Remove a device from its bus and give a reference on it back."""
    platform_device_del(guest, address)
    platform_device_put(guest, address)


@function("int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)")
def platform_device_add_data(guest: Guest, address: int, data: int, size: int) -> int:
    """Give a device a copy of its platform data; return 0."""
    copy = 0
    if data:
        copy = guest.heap.kmalloc(guest.bounded(size))
        guest.memory.write(copy, guest.memory.read(data, size))
    view(guest, "platform_device", address).dev.platform_data = copy
    return 0


@function("struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo)")
def platform_device_register_full(guest: Guest, address: int) -> int:
    """Allocate and add a device as a `struct platform_device_info` says; return it or an error. Software properties
    stop the run.
    """
    info = view(guest, "platform_device_info", address)
    if info.properties:
        raise Needs("the properties of a platform device")
    pdev = view(guest, "platform_device", platform_device_alloc(guest, info.name, info.id))
    pdev.dev.parent, pdev.dev.fwnode = info.parent, info.fwnode
    if info.dma_mask:
        pdev.platform_dma_mask = pdev.dev.coherent_dma_mask = info.dma_mask
    _copy_resources(guest, pdev.address(), info.res, info.num_res)
    if info.data:
        platform_device_add_data(guest, pdev.address(), info.data, info.size_data)
    result = _add(guest, pdev.address())
    if result:
        kobjects.put(guest, pdev.dev.address())
    return result or pdev.address()


@function(
    "struct platform_device *__platform_create_bundle(struct platform_driver *driver, void *probe,"
    " struct resource *res, unsigned int n_res, const void *data, size_t size, struct module *module)",
    "struct platform_device *__platform_create_bundle(struct platform_driver *driver, void *probe,"
    " struct resource *res, unsigned int n_res, const void *data, size_t size, struct module *module,"
    " const char *mod_name)",
)
def platform_create_bundle(
    guest: Guest, driver: int, probe: int, resources: int, count: int, data: int, size: int, *names: int
) -> int:
    """Add a device and register a driver only for it; return the device, or an error after which neither stays."""
    address = platform_device_alloc(guest, view(guest, "platform_driver", driver).driver.name, _NONE)
    _copy_resources(guest, address, resources, count)
    platform_device_add_data(guest, address, data, size)
    result = _add(guest, address)
    if not result:
        result = platform_driver_probe(guest, driver, probe, *names)
        if result:
            _delete(guest, address)
    if result:
        platform_device_put(guest, address)
    return result or address


def _resources(guest: Guest, address: int) -> Iterator[View]:
    """Yield the resources of a platform device."""
    pdev = view(guest, "platform_device", address)
    for number in range(pdev.num_resources):
        yield view(guest, "resource", pdev.resource + number * size_of(guest, "resource"))


def _conflict(guest: Guest, parent: int, row: View) -> bool:
    """Return whether a range crosses the border of another one; within it, or around it, is fine."""
    start, end = row.start, row.end
    if row.flags & resources.TYPE == resources.MEMORY and not _FREE_MEMORY[0] <= start <= end < _FREE_MEMORY[1]:
        raise Needs("the memory map of the machine")
    known = [(first, last) for above, first, last in guest.table("platform_claims").values() if above == parent]
    known += [(first, last) for above, first, last in guest.table("regions") if above == parent]
    if row.flags & resources.TYPE == resources.PORTS:
        known += [(there.first, there.last) for there in guest.hardware.ports]
    return any(
        first <= end and start <= last and not (first <= start <= end <= last or start <= first <= last <= end)
        for first, last in known
    )


def _claim(guest: Guest, address: int, name: int) -> int:
    """Claim all resources of a device; return 0, or -EBUSY after the kernel's message about the first that is not
    free.
    """
    parents = {resources.MEMORY: "iomem_resource", resources.PORTS: "ioport_resource"}
    for number, row in enumerate(_resources(guest, address)):
        row.name = row.name or name
        kind = row.flags & resources.TYPE
        if row.parent:
            raise Needs("a platform device with a resource of its own parent")
        if kind not in parents:
            continue
        parent = guest.address_of(parents[kind])
        if row.end < row.start or row.end > view(guest, "resource", parent).end or _conflict(guest, parent, row):
            said = pointer(guest, row.address(), b"R", Spec()).decode("utf-8", "surrogateescape")
            device = view(guest, "platform_device", address).dev.address()
            guest.log(
                ERR,
                core.device_message(
                    guest, device, f"failed to claim resource {number}: {said}\n".encode("utf-8", "surrogateescape")
                ),
            )
            _release(guest, address)
            return -EBUSY
        guest.table("platform_claims")[row.address()] = [parent, row.start, row.end]
        row.parent = parent
    return 0


def _release(guest: Guest, address: int) -> None:
    """Give back the resources that `_claim()` took."""
    for row in _resources(guest, address):
        if guest.table("platform_claims").pop(row.address(), None):
            row.parent = 0


def _find(guest: Guest, address: int, kind: int, number: int) -> View | None:
    """Return the resource of a kind with this number, or None."""
    fitting = [row for row in _resources(guest, address) if row.flags & resources.TYPE == kind]
    return fitting[number] if number < len(fitting) else None


@function("struct resource *platform_get_resource(struct platform_device *dev, unsigned int type, unsigned int num)")
def platform_get_resource(guest: Guest, address: int, kind: int, number: int) -> int:
    """Return the resource of a kind with this number; NULL if there is none."""
    row = _find(guest, address, kind, number)
    return row.address() if row else 0


def _named(guest: Guest, address: int, kind: int, name: int) -> View | None:
    wanted = guest.text(name)
    found = (row for row in _resources(guest, address) if row.flags & resources.TYPE == kind and row.name)
    return next((row for row in found if guest.text(row.name) == wanted), None)


@function(
    "struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type, const char *name)"
)
def platform_get_resource_byname(guest: Guest, address: int, kind: int, name: int) -> int:
    """Return the resource of a kind with this name; NULL if there is none."""
    row = _named(guest, address, kind, name)
    return row.address() if row else 0


def _interrupt(row: View | None) -> int:
    """Return the number of an interrupt, or -ENXIO."""
    if row is None:
        return -ENXIO
    if row.flags & _TRIGGER and row.start not in INTERRUPTS:
        return -ENXIO
    if row.flags & _TRIGGER:
        raise Needs("setting how an interrupt is triggered")
    if not row.start:
        raise Needs("the warning about interrupt 0")
    return int(row.start)


@function("int platform_get_irq_optional(struct platform_device *dev, unsigned int num)")
def platform_get_irq_optional(guest: Guest, address: int, number: int) -> int:
    """Return the number of a device's interrupt as `platform_get_irq()`, without the error message."""
    return _interrupt(_find(guest, address, resources.INTERRUPT, number))


@function("int platform_get_irq_byname_optional(struct platform_device *dev, const char *name)")
def platform_get_irq_byname_optional(guest: Guest, address: int, name: int) -> int:
    """Return the number of the interrupt of a name as `platform_get_irq_byname()`, without the error message."""
    return _interrupt(_named(guest, address, resources.INTERRUPT, name))


def _log_error(guest: Guest, address: int, error: int, message: str) -> int:
    device = view(guest, "platform_device", address).dev.address()
    name = pointer(guest, error & MASK64, b"e", Spec()).decode("utf-8", "surrogateescape")
    guest.log(ERR, core.device_message(guest, device, f"error {name}: {message}\n".encode("utf-8", "surrogateescape")))
    return error


@function("int platform_get_irq(struct platform_device *dev, unsigned int num)")
def platform_get_irq(guest: Guest, address: int, number: int) -> int:
    """Return the number of a device's interrupt; log and return -ENXIO if there is none."""
    found = int(platform_get_irq_optional(guest, address, number))
    return found if found >= 0 else _log_error(guest, address, found, f"IRQ index {number} not found")


@function("int platform_get_irq_byname(struct platform_device *dev, const char *name)")
def platform_get_irq_byname(guest: Guest, address: int, name: int) -> int:
    """Return the number of the interrupt of a name; log and return -ENXIO if there is none."""
    found = int(platform_get_irq_byname_optional(guest, address, name))
    return found if found >= 0 else _log_error(guest, address, found, f"IRQ {guest.text(name)} not found")


@function("int platform_irq_count(struct platform_device *dev)")
def platform_irq_count(guest: Guest, address: int) -> int:
    """Return how many interrupts a device has."""
    count = 0
    while platform_get_irq_optional(guest, address, count) >= 0:
        count += 1
    return count


def _copy_resources(guest: Guest, address: int, source: int, count: int) -> None:
    """Give a device a copy of some resources; the ones that it had are not freed."""
    pdev, size = view(guest, "platform_device", address), count * size_of(guest, "resource")
    pdev.resource = guest.heap.kmalloc(guest.bounded(size)) if source and size else 0
    if pdev.resource:
        guest.memory.write(pdev.resource, guest.memory.read(source, size))
    pdev.num_resources = count


@function(
    "int platform_device_add_resources(struct platform_device *pdev, const struct resource *res, unsigned int num)"
)
def platform_device_add_resources(guest: Guest, address: int, source: int, count: int) -> int:
    """Replace a device's resources by a copy, before it is added; return 0, or -EINVAL for NULL."""
    if not address:
        return -EINVAL
    guest.heap.free(view(guest, "platform_device", address).resource)
    _copy_resources(guest, address, source, count)
    return 0

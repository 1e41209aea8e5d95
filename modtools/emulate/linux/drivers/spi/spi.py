"""drivers/spi/spi.c: Controllers of SPI that modules make, the devices behind them, and their drivers.

The machine has no controller. A message is transferred at once by who asks for it, as Linux does where no other waits;
chips that are selected by GPIO lines, DMA and delays are not modelled: they stop the run. The table `spi_controllers`:
number -> address.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.bus import bus_register
from modtools.emulate.linux.drivers.base.core import device_message
from modtools.emulate.linux.kernel.locking.mutex import mutex_lock, mutex_unlock
from modtools.emulate.linux.kernel.sched.completion import complete, wait_for_completion
from modtools.emulate.machine.builtin import ids, register
from modtools.emulate.objects import classes, devices, kernelgroups, kobjects, listhead, locks, records
from modtools.emulate.objects.binding import resources
from modtools.emulate.objects.kernelgroups import Attribute, emit
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, layout, new, offset_of, size_of, view
from modtools.kernel.log import ERR, WARNING
from modtools.linuxerrno import EBUSY, EINPROGRESS, EINVAL, ENODEV

_NAME_SIZE = 32
_CS_HIGH, _CS_WORD, _NO_TRANSMIT, _NO_RECEIVE = 1 << 2, 1 << 12, 1 << 31, 1 << 30
_WIDE = 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 13 | 1 << 14
"""Modes of a device, SPI_* of `include/uapi/linux/spi/spi.h`; the last ones are more than one line for data."""
_FILES = {"": (Attribute("modalias", 0o444, "spi_modalias_show"),)}


@variable("spi_bus_type", "bus_type")
def spi_bus_type(guest: Guest, address: int) -> None:
    """Register the bus "spi"."""
    bus = view(guest, "bus_type", address)
    bus.name, bus.dev_groups = guest.new_text(b"spi"), kernelgroups.groups(guest, "spi", _FILES)
    for field, name in (("match", "match_device"), ("probe", "probe"), ("remove", "remove"), ("uevent", "uevent")):
        setattr(bus, field, guest.address_of(f"spi_bus_{name}"))
    bus_register(guest, address)


def _tables(guest: Guest, table: int) -> list[str]:
    """Return each `compatible` of a table of `struct of_device_id`."""
    found = []
    while table:
        row = view(guest, "of_device_id", table)
        if not any(guest.memory.u8(row.address(field)) for field in ("name", "type", "compatible")):
            break
        found.append(guest.text(row.address("compatible"), row.address("data") - row.address("compatible")))
        table += size_of(guest, "of_device_id")
    return found


@function("int __spi_register_driver(struct module *owner, struct spi_driver *sdrv)")
def spi_register_driver(guest: Guest, owner: int, address: int) -> int:
    """Register an SPI driver; return 0 or an error. Log a warning for each device tree name that has no SPI id."""
    driver = view(guest, "spi_driver", address)
    own = driver.driver
    names = list(ids(guest, driver.id_table, "spi_device_id", "name")) if driver.id_table else [guest.text(own.name)]
    for compatible in _tables(guest, own.of_match_table):
        name = compatible.partition(",")[2] or compatible
        if name not in names:
            guest.printk(WARNING, f"SPI driver {guest.text(own.name)} has no spi_device_id for {compatible}")
    return register(guest, own.address(), "spi_bus_type", owner)


# Devices and their drivers.


def _device(guest: Guest, device: int) -> View:
    return view(guest, "spi_device", device - offset_of(guest, "spi_device", "dev"))


def _driver(guest: Guest, driver: int) -> View:
    return view(guest, "spi_driver", driver - offset_of(guest, "spi_driver", "driver"))


def _alias(guest: Guest, spi: View) -> str:
    return guest.text(spi.address("modalias"), _NAME_SIZE)


def _entry(guest: Guest, table: int, spi: View) -> int:
    """Return the entry of a driver's table that has a device's name; NULL if none has."""
    for number, text in enumerate(ids(guest, table, "spi_device_id", "name")):
        if text == _alias(guest, spi):
            return table + number * size_of(guest, "spi_device_id")
    return 0


@function("const struct spi_device_id *spi_get_device_id(const struct spi_device *sdev)")
def spi_get_device_id(guest: Guest, address: int) -> int:
    """Return the entry of its driver's table that a device has been matched by; NULL if there is none."""
    spi = view(guest, "spi_device", address)
    return _entry(guest, _driver(guest, spi.dev.driver).id_table, spi)


@function("int spi_bus_match_device(struct device *dev, struct device_driver *drv)")
def spi_bus_match_device(guest: Guest, device: int, driver: int) -> bool:
    """Return whether a driver is for a device: by the device's override, by the driver's table, or by its name."""
    spi, own = _device(guest, device), _driver(guest, driver)
    override = records.driver_override(guest, "spi_device", spi)
    if override:
        return guest.text(override) == guest.text(own.driver.name)
    return bool(_entry(guest, own.id_table, spi)) if own.id_table else _alias(guest, spi) == guest.text(own.driver.name)


@function("int spi_bus_probe(struct device *dev)")
def spi_bus_probe(guest: Guest, device: int) -> int:
    """Call the driver's probe() for a device; return its answer, 0 if there is none."""
    spi = _device(guest, device)
    probe = _driver(guest, spi.dev.driver).probe
    return guest.call_signed(probe, spi.address()) if probe else 0


@function("void spi_bus_remove(struct device *dev)")
def spi_bus_remove(guest: Guest, device: int) -> None:
    """Call the driver's remove() for a device, if there is one."""
    spi = _device(guest, device)
    remove = _driver(guest, spi.dev.driver).remove
    if remove:
        guest.call(remove, spi.address())


@function("int spi_bus_uevent(struct device *dev, struct kobj_uevent_env *env)")
def spi_bus_uevent(guest: Guest, device: int, environment: int) -> int:
    """Add a device's alias to an event; return 0."""
    kernelgroups.add_variable(guest, environment, f"MODALIAS=spi:{_alias(guest, _device(guest, device))}")
    return 0


@function("ssize_t spi_modalias_show(struct device *dev, struct device_attribute *attr, char *buf)")
def spi_modalias_show(guest: Guest, device: int, _attribute: int, buffer: int) -> int:
    """Write the alias of a device for a reader; return the length."""
    return emit(guest, buffer, f"spi:{_alias(guest, _device(guest, device))}\n")


@function("struct spi_device *spi_alloc_device(struct spi_controller *ctlr)")
def spi_alloc_device(guest: Guest, controller: int) -> int:
    """Allocate a device behind a controller, on which it has a reference; return it."""
    above, spi = view(guest, "spi_controller", controller), new(guest, "spi_device")
    kobjects.get(guest, above.dev.address())
    spi.controller = controller
    spi.dev.parent, spi.dev.bus = above.dev.address(), guest.address_of("spi_bus_type")
    spi.dev.release, spi.mode = guest.address_of("spi_device_release"), above.buswidth_override_bits
    devices.initialize(guest, spi.dev.address())
    return spi.address()


@function("void spi_device_release(struct device *dev)")
def spi_device_release(guest: Guest, device: int) -> None:
    """Free a device and drop its reference on the controller."""
    spi = _device(guest, device)
    kobjects.put(guest, view(guest, "spi_controller", spi.controller).dev.address())
    guest.heap.free(spi.address())


def _say(guest: Guest, device: int, text: str, level: int = ERR) -> None:
    guest.log(level, device_message(guest, device, text.encode("utf-8", "surrogateescape") + b"\n"))


@function("int spi_add_device(struct spi_device *spi)")
def spi_add_device(guest: Guest, address: int) -> int:
    """Set a device up and add it to the bus; return 0, or log what is wrong and return an error."""
    spi = view(guest, "spi_device", address)
    controller = view(guest, "spi_controller", spi.controller)
    parent, select, own = controller.dev.parent, spi.chip_select, spi.dev.address()
    if select >= controller.num_chipselect:
        _say(guest, parent, f"cs{select} >= max {controller.num_chipselect}")
        return -EINVAL
    kobjects.set_name(guest, own, f"{records.name(guest, controller.dev.address())}.{select}".encode())
    others = (_device(guest, child) for child in guest.table("children").get(controller.dev.address(), []))
    if any(other.chip_select == select for other in others):
        _say(guest, parent, f"chipselect {select} already in use")
        return -EBUSY
    result = int(spi_setup(guest, address))
    if result < 0:
        _say(guest, parent, f"can't setup {records.name(guest, own)}, status {result}")
        return result
    result = devices.add(guest, own)
    if result < 0:
        _say(guest, parent, f"can't add {records.name(guest, own)}, status {result}")
        _cleanup(guest, spi)
    return result


def _cleanup(guest: Guest, spi: View) -> None:
    cleanup = view(guest, "spi_controller", spi.controller).cleanup
    if cleanup:
        guest.call(cleanup, spi.address())


@function("struct spi_device *spi_new_device(struct spi_controller *ctlr, struct spi_board_info *chip)")
def spi_new_device(guest: Guest, controller: int, information: int) -> int:
    """Make a device behind a controller as a `struct spi_board_info` says; return it, or NULL. Software nodes stop the
    run.
    """
    info = view(guest, "spi_board_info", information)
    if info.swnode:
        raise Needs("an SPI device with a software node")
    spi = view(guest, "spi_device", spi_alloc_device(guest, controller))
    spi.chip_select, spi.max_speed_hz, spi.mode, spi.irq = info.chip_select, info.max_speed_hz, info.mode, info.irq
    guest.memory.write(spi.address("modalias"), guest.memory.read(info.address("modalias"), _NAME_SIZE - 1))
    spi.dev.platform_data, spi.controller_data = info.platform_data, info.controller_data
    if spi_add_device(guest, spi.address()) < 0:
        kobjects.put(guest, spi.dev.address())
        return 0
    return spi.address()


@function("void spi_unregister_device(struct spi_device *spi)")
def spi_unregister_device(guest: Guest, address: int) -> None:
    """Remove a device; NULL is ignored."""
    if address:
        spi = view(guest, "spi_device", address)
        devices.remove(guest, spi.dev.address())
        _cleanup(guest, spi)
        kobjects.put(guest, spi.dev.address())


@function("int spi_setup(struct spi_device *spi)")
def spi_setup(guest: Guest, address: int) -> int:
    """Set a device's mode and speed, as far as the controller can; return 0, -EINVAL for a mode that it has not, or
    what its setup() says. Several lines for data stop the run.
    """
    spi = view(guest, "spi_device", address)
    controller = view(guest, "spi_controller", spi.controller)
    if spi.mode & _WIDE:
        raise Needs("SPI devices with several lines for data")
    bad = spi.mode & ~(controller.mode_bits | _CS_WORD | _NO_TRANSMIT | _NO_RECEIVE)
    if bad:
        _say(guest, spi.dev.address(), f"setup: unsupported mode bits {bad:x}")
        return -EINVAL
    spi.bits_per_word = spi.bits_per_word or 8
    if not _fits(controller, spi.bits_per_word):
        return -EINVAL
    if controller.max_speed_hz and not 0 < spi.max_speed_hz <= controller.max_speed_hz:
        spi.max_speed_hz = controller.max_speed_hz
    result = guest.call_signed(controller.setup, address) if controller.setup else 0
    if result:
        _say(guest, spi.dev.address(), f"Failed to setup device: {result}")
        return result
    _select(guest, spi, on=False, force=True)
    return 0


def _fits(controller: View, bits: int) -> bool:
    """Return whether a controller has words of so many bits; without a mask it says that it has all."""
    mask = controller.bits_per_word_mask
    return not mask or (bits <= 32 and bool(mask >> bits - 1 & 1))


def _select(guest: Guest, spi: View, *, on: bool, force: bool = False) -> None:
    """Select a device or no longer, unless that is so already (`spi_set_cs()`)."""
    controller, high = view(guest, "spi_controller", spi.controller), bool(spi.mode & _CS_HIGH)
    same = (controller.last_cs == spi.chip_select) == on
    if not force and same and bool(controller.last_cs_mode_high) == high:
        return
    controller.last_cs, controller.last_cs_mode_high = spi.chip_select if on else -1, int(high)
    if controller.set_cs:
        guest.call(controller.set_cs, spi.address(), int(on == high))


# Controllers.


def _class(guest: Guest) -> int:
    return classes.built_in(guest, "spi_master", "spi_controller_release")


@function("void spi_controller_release(struct device *dev)")
def spi_controller_release(guest: Guest, device: int) -> None:
    """Free a controller with its owner's data."""
    guest.heap.free(device - offset_of(guest, "spi_controller", "dev"))


@function("struct spi_controller *__spi_alloc_controller(struct device *host, unsigned int size, bool slave)")
def spi_alloc_controller(guest: Guest, parent: int, size: int, slave: int) -> int:
    """Allocate a controller with `size` bytes of its owner's; return it, NULL without a parent."""
    if layout(guest, "spi_device").fields["chip_select"][2] == "":
        raise Needs("SPI devices with several lines that select them")
    if not parent:
        return 0
    own = size_of(guest, "spi_controller") + 63 & -64
    controller = view(guest, "spi_controller", guest.heap.kmalloc(guest.bounded(own + size)))
    controller.bus_num, controller.num_chipselect, controller.slave = -1, 1, slave
    setattr(controller.dev, "class", _class(guest))
    controller.dev.parent, controller.dev.driver_data = parent, controller.address() + own
    devices.initialize(guest, controller.dev.address())
    listhead.init(guest, controller.queue.address())
    return controller.address()


def _manage(guest: Guest, parent: int, controller: int, release: str) -> None:
    data = guest.heap.kmalloc(8)
    guest.memory.put(data, controller, 8)
    resources(guest, parent).append([data, guest.address_of(release)])


@function("struct spi_controller *__devm_spi_alloc_controller(struct device *dev, unsigned int size, bool slave)")
def devm_spi_alloc_controller(guest: Guest, parent: int, size: int, slave: int) -> int:
    """Allocate a controller that is freed with its parent's resources; return it."""
    controller = int(spi_alloc_controller(guest, parent, size, slave))
    if controller:
        view(guest, "spi_controller", controller).devm_allocated = 1
        _manage(guest, parent, controller, "devm_spi_put_controller")
    return controller


@function("void devm_spi_put_controller(struct device *dev, void *res)")
def devm_spi_put_controller(guest: Guest, _parent: int, data: int) -> None:
    """Drop the reference on a controller that belongs to its parent's resources."""
    kobjects.put(guest, view(guest, "spi_controller", guest.memory.u64(data)).dev.address())


@function("int spi_register_controller(struct spi_controller *ctlr)")
def spi_register_controller(guest: Guest, address: int) -> int:
    """Add a controller with the number that it says, or the first free one; return 0, or an error for one that cannot
    transfer or select anything. Those with GPIO lines or their own operations on memory stop the run.
    """
    controller = view(guest, "spi_controller", address)
    if not controller.dev.parent:
        return -ENODEV
    if controller.mem_ops or controller.use_gpio_descriptors or controller.can_dma or controller.transfer:
        raise Needs("an SPI controller of this kind")
    if not controller.transfer_one and not controller.transfer_one_message:
        return -EINVAL
    numbers = guest.table("spi_controllers")
    if controller.bus_num in numbers:
        raise Needs("the warning about an SPI controller whose number is taken")
    if controller.bus_num < 0:
        controller.bus_num = next(number for number in range(len(numbers) + 1) if number not in numbers)
    for mutex in ("io_mutex", "add_lock", "bus_lock_mutex"):
        locks.init_mutex(guest, controller.address(mutex))
    kobjects.set_name(guest, controller.dev.address(), b"spi%d" % controller.bus_num)
    if not controller.num_chipselect:
        return -EINVAL
    controller.last_cs, controller.queue_empty = -1, 1
    result = devices.add(guest, controller.dev.address())
    if not result:
        numbers[controller.bus_num] = address
    return result


@function("int devm_spi_register_controller(struct device *dev, struct spi_controller *ctlr)")
def devm_spi_register_controller(guest: Guest, parent: int, address: int) -> int:
    """Add a controller, which is removed with its parent's resources; return 0 or an error."""
    result = int(spi_register_controller(guest, address))
    if not result:
        _manage(guest, parent, address, "devm_spi_remove_controller")
    return result


@function("void devm_spi_remove_controller(struct device *dev, void *res)")
def devm_spi_remove_controller(guest: Guest, _parent: int, data: int) -> None:
    """Remove a controller that belongs to its parent's resources."""
    spi_unregister_controller(guest, guest.memory.u64(data))


@function("void spi_unregister_controller(struct spi_controller *ctlr)")
def spi_unregister_controller(guest: Guest, address: int) -> None:
    """Remove a controller with the devices behind it, and drop a reference on it."""
    controller = view(guest, "spi_controller", address)
    own = controller.dev.address()
    for child in list(guest.table("children").get(own, [])):
        spi_unregister_device(guest, _device(guest, child).address())
    devices.remove(guest, own)
    guest.table("spi_controllers").pop(controller.bus_num, None)
    if not controller.devm_allocated:
        kobjects.put(guest, own)


# Transfers.


def _transfers(guest: Guest, message: View) -> Iterator[View]:
    offset = offset_of(guest, "spi_transfer", "transfer_list")
    for entry in listhead.entries(guest, message.transfers.address()):
        yield view(guest, "spi_transfer", entry - offset)


def _validate(guest: Guest, controller: View, spi: View, message: View) -> bool:
    """Fill in what a message leaves open; return whether the controller can transfer it (`__spi_validate()`)."""
    message.frame_length, found = 0, False
    for transfer in _transfers(guest, message):
        found = True
        message.frame_length = message.frame_length + transfer.len
        transfer.effective_speed_hz = 0
        transfer.bits_per_word = transfer.bits_per_word or spi.bits_per_word
        transfer.speed_hz = transfer.speed_hz or spi.max_speed_hz
        if controller.max_speed_hz:
            transfer.speed_hz = min(transfer.speed_hz, controller.max_speed_hz)
        size = 1 if transfer.bits_per_word <= 8 else 2 if transfer.bits_per_word <= 16 else 4
        slow = transfer.speed_hz and transfer.speed_hz < controller.min_speed_hz
        if not _fits(controller, transfer.bits_per_word) or transfer.len % size or slow:
            return False
        for buffer, lines in (("tx_buf", "tx_nbits"), ("rx_buf", "rx_nbits")):
            if getattr(transfer, buffer) and not getattr(transfer, lines):
                setattr(transfer, lines, 1)
    message.status = -EINPROGRESS
    return found


def _sync(guest: Guest, address: int, message: int) -> int:
    """Transfer a message now; return 0 or an error (`__spi_sync()`)."""
    spi, row = view(guest, "spi_device", address), view(guest, "spi_message", message)
    controller = view(guest, "spi_controller", spi.controller)
    if not _validate(guest, controller, spi, row):
        return -EINVAL
    row.spi, row.actual_length = address, 0
    mutex_lock(guest, controller.io_mutex.address())
    controller.cur_msg = message
    own = controller.dev.address()
    if _pump(guest, controller, row):
        _say(guest, own, "noqueue transfer failed")
    else:
        controller.cur_msg = 0
        if controller.unprepare_transfer_hardware:
            guest.call(controller.unprepare_transfer_hardware, controller.address())
    mutex_unlock(guest, controller.io_mutex.address())
    return int(row.status)


def _pump(guest: Guest, controller: View, message: View) -> int:
    """Prepare controller and message, and let the message be transferred; return 0 or an error, which is logged
    (`__spi_pump_transfer_message()`).
    """
    own, both = controller.dev.address(), (controller.address(), message.address())
    steps = (
        (controller.prepare_transfer_hardware, both[:1], "failed to prepare transfer hardware"),
        (controller.prepare_message, both, "failed to prepare message"),
    )
    for prepare, words, text in steps:
        result = guest.call_signed(prepare, *words) if prepare else 0
        if result:
            _say(guest, own, f"{text}: {result}")
            message.status = result
            spi_finalize_current_message(guest, controller.address())
            return result
    message.prepared, controller.cur_msg_incomplete = int(bool(controller.prepare_message)), 1
    controller.cur_msg_completion.done = 0
    if controller.transfer_one_message:
        result = guest.call_signed(controller.transfer_one_message, *both)
    else:
        result = _transfer(guest, controller, message)
    if result:
        _say(guest, own, "failed to transfer one message from queue")
    elif controller.cur_msg_incomplete:
        controller.cur_msg_need_completion = 1
        wait_for_completion(guest, controller.cur_msg_completion.address())
    return result


def _transfer(guest: Guest, controller: View, message: View) -> int:
    """Select the device and do the transfers of a message one by one; return 0 or an error
    (`spi_transfer_one_message()`).
    """
    spi, result = view(guest, "spi_device", message.spi), 0
    transfers = list(_transfers(guest, message))
    _select(guest, spi, on=not transfers[0].cs_off)
    for number, transfer in enumerate(transfers):
        result = _transfer_one(guest, controller, spi, transfer)
        if result < 0 or message.status != -EINPROGRESS:
            break
        if number + 1 < len(transfers) and transfer.cs_off != transfers[number + 1].cs_off:
            _select(guest, spi, on=bool(transfer.cs_off))
        message.actual_length = message.actual_length + transfer.len
    _select(guest, spi, on=False)
    if message.status == -EINPROGRESS:
        message.status = result
    if message.status and controller.handle_err:
        guest.call(controller.handle_err, controller.address(), message.address())
    spi_finalize_current_message(guest, controller.address())
    return result


def _transfer_one(guest: Guest, controller: View, spi: View, transfer: View) -> int:
    """Do one transfer, and wait for its end where the controller goes on with it; return 0 or an error."""
    if transfer.delay.value or transfer.cs_change:
        raise Needs("delays of SPI and changes of the selected device")
    if not (transfer.tx_buf or transfer.rx_buf) or not transfer.len:
        return 0
    controller.xfer_completion.done = 0
    result = guest.call_signed(controller.transfer_one, controller.address(), spi.address(), transfer.address())
    if result < 0:
        _say(guest, spi.dev.address(), f"SPI transfer failed: {result}")
    elif result:
        wait_for_completion(guest, controller.xfer_completion.address())
    return min(result, 0)


@function("void spi_finalize_current_message(struct spi_controller *ctlr)")
def spi_finalize_current_message(guest: Guest, address: int) -> None:
    """End the message that a controller is at, whose status says how it went."""
    controller = view(guest, "spi_controller", address)
    message = view(guest, "spi_message", controller.cur_msg)
    if message.prepared and controller.unprepare_message:
        result = guest.call_signed(controller.unprepare_message, address, message.address())
        if result:
            _say(guest, controller.dev.address(), f"failed to unprepare message: {result}")
    message.prepared = message.state = controller.cur_msg_incomplete = 0
    if controller.cur_msg_need_completion:
        controller.cur_msg_need_completion = 0
        complete(guest, controller.cur_msg_completion.address())
    if message.complete:
        guest.call(message.complete, message.context)


@function("void spi_finalize_current_transfer(struct spi_controller *ctlr)")
def spi_finalize_current_transfer(guest: Guest, address: int) -> None:
    """Tell that the transfer that a controller is at is done."""
    complete(guest, view(guest, "spi_controller", address).xfer_completion.address())


@function("int spi_sync(struct spi_device *spi, struct spi_message *message)")
def spi_sync(guest: Guest, address: int, message: int) -> int:
    """Keep the bus and transfer a message; return 0 or an error."""
    mutex = view(guest, "spi_controller", view(guest, "spi_device", address).controller).bus_lock_mutex.address()
    mutex_lock(guest, mutex)
    result = _sync(guest, address, message)
    mutex_unlock(guest, mutex)
    return result


@function("int spi_sync_locked(struct spi_device *spi, struct spi_message *message)")
def spi_sync_locked(guest: Guest, address: int, message: int) -> int:
    """Transfer a message for a caller who has the bus; return 0 or an error."""
    return _sync(guest, address, message)


@function("int spi_bus_lock(struct spi_controller *ctlr)")
def spi_bus_lock(guest: Guest, address: int) -> int:
    """Keep a bus; return 0."""
    mutex_lock(guest, view(guest, "spi_controller", address).bus_lock_mutex.address())
    return 0


@function("int spi_bus_unlock(struct spi_controller *ctlr)")
def spi_bus_unlock(guest: Guest, address: int) -> int:
    """Give a bus back; return 0."""
    mutex_unlock(guest, view(guest, "spi_controller", address).bus_lock_mutex.address())
    return 0


@function(
    "int spi_write_then_read(struct spi_device *spi, const void *txbuf, unsigned int n_tx, void *rxbuf,"
    " unsigned int n_rx)"
)
def spi_write_then_read(guest: Guest, address: int, sent: int, count: int, read: int, wanted: int) -> int:
    """Send some bytes to a device, then read some; return 0 or an error."""
    message, place = new(guest, "spi_message"), guest.heap.kmalloc(guest.bounded(max(count + wanted, 32)))
    listhead.init(guest, message.transfers.address())
    guest.memory.write(place, guest.memory.read(sent, count))
    transfers = []
    for field, size, at in (("tx_buf", count, place), ("rx_buf", wanted, place + count)):
        if size:
            transfers.append(new(guest, "spi_transfer"))
            transfers[-1].len = size
            setattr(transfers[-1], field, at)
            listhead.add_tail(guest, transfers[-1].transfer_list.address(), message.transfers.address())
    result = int(spi_sync(guest, address, message.address()))
    if not result:
        guest.memory.write(read, guest.memory.read(place + count, wanted))
    for used in (message.address(), place, *(transfer.address() for transfer in transfers)):
        guest.heap.free(used)
    return result

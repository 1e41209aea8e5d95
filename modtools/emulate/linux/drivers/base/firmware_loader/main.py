"""drivers/base/firmware_loader/main.c: Files of firmware, of which there are none."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import device_message
from modtools.emulate.linux.kernel.module.main import module_put, try_module_get
from modtools.emulate.linux.kernel.workqueue import queue_work_on
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import ERR, WARNING
from modtools.linuxerrno import EFAULT, EINVAL, ENOENT

_HELP = "firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware\n"


def _complain(guest: Guest, name: str, device: int) -> None:
    """Log what the kernel says about a firmware file that it cannot find."""
    missing = f"firmware: failed to load {name} ({-ENOENT})\n".encode("utf-8", "surrogateescape")
    guest.log(ERR, device_message(guest, device, missing))
    if "firmware help" not in guest.kernel.once:
        guest.kernel.once.add("firmware help")
        guest.log(ERR, _HELP)
    guest.log(ERR, device_message(guest, device, missing))
    failed = f"Direct firmware load for {name} failed with error {-ENOENT}\n".encode("utf-8", "surrogateescape")
    guest.log(WARNING, device_message(guest, device, failed))


@function("int request_firmware(const struct firmware **firmware_p, const char *name, struct device *device)")
def request_firmware(guest: Guest, result: int, name: int, device: int) -> int:
    """Write NULL, log that the file is missing and return -ENOENT, or -EINVAL for no name: there are no firmware
    files.
    """
    if not name or not guest.text(name):
        return -EINVAL
    guest.memory.put(result, 0, 8)
    _complain(guest, guest.text(name), device)
    return -ENOENT


@function(
    "int request_firmware_nowait(struct module *module, bool uevent, const char *name, struct device *device,"
    " gfp_t gfp, void *context, void *cont)"
)
def request_firmware_nowait(
    guest: Guest, module: int, _uevent: int, name: int, device: int, _flags: int, context: int, call: int
) -> int:
    """Queue a work that looks for the file, with a reference on the module; return 0 or -EFAULT."""
    if not try_module_get(guest, module):
        return -EFAULT
    row = new(guest, "firmware_work")
    listhead.init(guest, row.work.entry.address())
    row.work.func = guest.address_of("request_firmware_work_func")
    row.module, row.name = module, guest.new_text(guest.memory.text(name))
    row.device, row.context, row.cont = device, context, call
    queue_work_on(guest, 0, guest.memory.u64(guest.address_of("system_wq")), row.address())
    return 0


@function("void request_firmware_work_func(struct work_struct *work)")
def request_firmware_work(guest: Guest, work: int) -> None:
    """Log that the file is missing, call the caller's function with NULL and drop the module's reference."""
    row = view(guest, "firmware_work", work)
    _complain(guest, guest.text(row.name), row.device)
    guest.call(row.cont, 0, row.context)
    module_put(guest, row.module)
    guest.heap.free(row.name)
    guest.heap.free(work)


@function("void release_firmware(const struct firmware *fw)")
def release_firmware(_guest: Guest, firmware: int) -> None:
    """Do nothing for NULL, which is all that request_firmware() gives."""
    if firmware:
        raise Needs("release_firmware of a file")

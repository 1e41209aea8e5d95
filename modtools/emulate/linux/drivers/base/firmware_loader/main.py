"""drivers/base/firmware_loader/main.c: Files of firmware, with what Debian's kernel logs of each.

Table `firmware`: address of a fw_priv -> {"name", "data", "size", "users", "own"}: where the content lies and how long
it is, how many have asked for it, and whether it goes with them. Those with a name are shared by all who ask for it.
"""

from __future__ import annotations

import os
from typing import Any

from modtools.emulate.files import firmware as files
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import device_message
from modtools.emulate.linux.kernel.module.main import module_put, try_module_get
from modtools.emulate.linux.kernel.workqueue import queue_work_on
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import ERR, INFO, WARNING
from modtools.light import NamedTuple
from modtools.linuxerrno import EFAULT, EINVAL, ENAMETOOLONG, ENOENT

_HELP = "firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware\n"
_PATH_MAX = 4096
_NO_EMBEDDED = "Warning efi_get_embedded_fw called while we did not check for embedded fw\n"


class Request(NamedTuple):
    """What is asked for: `buffer` and `size` of the caller's, `partial` from an offset on, and what is not logged."""

    name: str
    device: int
    buffer: int = 0
    size: int = 0
    partial: bool = False
    offset: int = 0
    silent: bool = False
    platform: bool = False


def _say(guest: Guest, level: int, device: int, text: str) -> None:
    guest.log(level, device_message(guest, device, f"{text}\n".encode("utf-8", "surrogateescape")))


def _request(guest: Guest, result: int, name: int, request: Request) -> int:
    """Load a file, write the address of a `struct firmware`, or NULL, to `result` and return 0 or an error."""
    if not result:
        return -EINVAL
    guest.memory.put(result, 0, 8)
    if not name or not request.name:
        return -EINVAL
    if ".." in request.name.split("/"):
        refused = f"Firmware load for '{request.name}' refused, path contains '..' component"
        _say(guest, WARNING, request.device, refused)
        return -EINVAL
    found = _shared(guest, request) or _load(guest, request)
    if found < 0:
        return found
    row = guest.table("firmware")[found]
    if not row["size"]:
        _put(guest, found)
        return -ENOENT
    firmware = new(guest, "firmware")
    firmware.size, firmware.data, firmware.priv = row["size"], row["data"], found
    guest.memory.put(result, firmware.address(), 8)
    return 0


def _shared(guest: Guest, request: Request) -> int:
    """Return what somebody has loaded already and not released, with one user more; 0 for nothing."""
    for priv, row in guest.table("firmware").items():
        if row["name"] == request.name and not request.buffer:
            row["users"] += 1
            return int(priv)
    return 0


def _load(guest: Guest, request: Request) -> int:
    """Return the address of a new fw_priv with the content of a file, or an error that is logged."""
    error, content = _try(guest, request, "", files.plain)
    if error == -ENOENT and not request.partial:
        for suffix, unpack in files.packings(guest):
            if error == -ENOENT:
                error, content = _try(guest, request, suffix, unpack)
        if error == -ENOENT and request.platform:
            guest.log(WARNING, _NO_EMBEDDED)
    if error:
        if not request.silent:
            failed = f"Direct firmware load for {request.name} failed with error {error}"
            _say(guest, WARNING, request.device, failed)
        return error
    return _keep(guest, request, content)


def _try(guest: Guest, request: Request, suffix: str, unpack: files.Unpack) -> tuple[int, bytes]:
    """Return the content of a file, looked for in one folder after the other, or the last error."""
    error, helps = -ENOENT, guest.kernel.identity.features.helps_with_firmware
    for folder in files.folders(guest):
        path = f"{folder}/{request.name}{suffix}"
        if len(os.fsencode(path)) >= _PATH_MAX:
            error = -ENAMETOOLONG
            break
        error, content = files.read(guest, path)
        if not error and suffix == "":
            error, content = _fitted(request, content)
        if error:
            if error != -ENOENT and not request.silent and not helps:
                _say(guest, WARNING, request.device, f"loading {path} failed with error {error}")
            continue
        if helps:
            _say(guest, INFO, request.device, f"firmware: direct-loading firmware {request.name}")
        try:
            return 0, unpack(content, request.size if request.buffer else None)
        except files.Damaged as damaged:
            if damaged.said:
                _say(guest, WARNING, request.device, damaged.said)
            error = -damaged.errno
    _say(guest, ERR if helps else INFO, request.device, f"firmware: failed to load {request.name} ({error})")
    if helps and "firmware help" not in guest.kernel.once:
        guest.kernel.once.add("firmware help")
        guest.log(ERR, _HELP)
    return error, b""


def _fitted(request: Request, content: bytes) -> tuple[int, bytes]:
    """Return the part of a file that was asked for, or an error where the whole is too long for the buffer."""
    if request.partial:
        return 0, content[request.offset : request.offset + request.size]
    too_long = request.buffer and len(content) > request.size
    return (-files.EFBIG, b"") if too_long else (0, content)


def _keep(guest: Guest, request: Request, content: bytes) -> int:
    guest.bounded(len(content))
    data = request.buffer or (guest.heap.vmalloc(len(content)) if content else 0)
    guest.memory.write(data, content) if content else None
    priv = guest.heap.kmalloc(8)
    name = "" if request.buffer else request.name
    row = {"name": name, "data": data, "size": len(content), "users": 1, "own": int(not request.buffer)}
    guest.table("firmware")[priv] = row
    return priv


def _put(guest: Guest, priv: int) -> None:
    row: dict[str, Any] | None = guest.table("firmware").get(priv)
    if row is None:
        return
    row["users"] -= 1
    if not row["users"]:
        del guest.table("firmware")[priv]
        if row["own"]:
            guest.heap.free(row["data"])
        guest.heap.free(priv)


def _name(guest: Guest, name: int) -> str:
    return guest.text(name) if name else ""


@function("int request_firmware(const struct firmware **firmware_p, const char *name, struct device *device)")
def request_firmware(guest: Guest, result: int, name: int, device: int) -> int:
    """Load a file of firmware; return 0 or an error."""
    return _request(guest, result, name, Request(_name(guest, name), device))


@function(
    "int firmware_request_nowarn(const struct firmware **firmware, const char *name, struct device *device)",
    "int request_firmware_direct(const struct firmware **firmware_p, const char *name, struct device *device)",
)
def request_silently(guest: Guest, result: int, name: int, device: int) -> int:
    """Load a file of firmware; that it is missing is only logged as Debian's kernel does it."""
    return _request(guest, result, name, Request(_name(guest, name), device, silent=True))


@function("int firmware_request_platform(const struct firmware **firmware, const char *name, struct device *device)")
def request_platform(guest: Guest, result: int, name: int, device: int) -> int:
    """Load a file of firmware, or what EFI has embedded, which is nothing here."""
    return _request(guest, result, name, Request(_name(guest, name), device, platform=True))


@function(
    "int request_firmware_into_buf(const struct firmware **firmware_p, const char *name, struct device *device,"
    " void *buf, size_t size)"
)
def request_into_buffer(guest: Guest, result: int, name: int, device: int, buffer: int, size: int) -> int:
    """Load a file of firmware into memory of the caller's."""
    return _request(guest, result, name, Request(_name(guest, name), device, buffer, size))


@function(
    "int request_partial_firmware_into_buf(const struct firmware **firmware_p, const char *name,"
    " struct device *device, void *buf, size_t size, size_t offset)"
)
def request_part(guest: Guest, result: int, name: int, device: int, buffer: int, size: int, offset: int) -> int:
    """Load what follows an offset of a file, as much as the caller's memory can have."""
    return _request(guest, result, name, Request(_name(guest, name), device, buffer, size, True, offset))


@function(
    "int request_firmware_nowait(struct module *module, bool uevent, const char *name, struct device *device,"
    " gfp_t gfp, void *context, void *cont)"
)
def request_firmware_nowait(
    guest: Guest, module: int, _uevent: int, name: int, device: int, _flags: int, context: int, call: int
) -> int:
    """Queue a work that loads the file, with a reference on the module; return 0 or -EFAULT."""
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
    """Load the file, call the caller's function with it or NULL, and drop the module's reference."""
    row = view(guest, "firmware_work", work)
    place = guest.heap.kmalloc(8)
    _request(guest, place, row.name, Request(guest.text(row.name), row.device))
    firmware = guest.memory.u64(place)
    guest.heap.free(place)
    guest.call(row.cont, firmware, row.context)
    module_put(guest, row.module)
    guest.heap.free(row.name)
    guest.heap.free(work)


@function("void release_firmware(const struct firmware *fw)")
def release_firmware(guest: Guest, firmware: int) -> None:
    """Free a file of firmware once nobody uses it any more; NULL is ignored."""
    if firmware:
        _put(guest, view(guest, "firmware", firmware).priv)
        guest.heap.free(firmware)

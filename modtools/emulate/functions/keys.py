"""Keys and keyrings, and firmware files, of which there are none.

From Linux 6.1: `security/keys/keyring.c`, `security/keys/key.c`, `crypto/asymmetric_keys/x509_public_key.c`,
`drivers/base/firmware_loader/main.c` with the messages that Debian's kernel adds to it.
"""

from __future__ import annotations

from modtools.emulate import listhead
from modtools.emulate.functions.devprintk import text
from modtools.emulate.functions.module import module_put, try_module_get
from modtools.emulate.functions.workqueue import queue_work_on
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, new, view
from modtools.errors import FormatError
from modtools.formats.der import encoded_oid, parts, read
from modtools.kernel.log import ERR, WARNING
from modtools.linuxerrno import EBADMSG, EFAULT, EINVAL, ENOENT

_VERSION, _EXTENSIONS = 0xA0, 0xA3
_COMMON_NAME, _KEY_IDENTIFIER = encoded_oid("2.5.4.3"), encoded_oid("2.5.29.14")
_HELP = "firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware\n"


def new_key(guest: Guest, description: bytes) -> View:
    """Return a new key with one reference."""
    key = new(guest, "key")
    guest.memory.put(key.address("usage"), 1, 4)
    key.description = guest.new_text(description)
    return key


@function(
    "struct key *keyring_alloc(const char *description, kuid_t uid, kgid_t gid, const struct cred *cred,"
    " u32 perm, unsigned long flags, struct key_restriction *restrict_link, struct key *dest)"
)
def keyring_alloc(guest: Guest, description: int, *_others: int) -> int:
    """`security/keys/keyring.c`: Allocate a keyring of this description with one reference; return it.
    It is not linked anywhere.
    """
    return new_key(guest, guest.memory.text(description)).address()


@function(
    "void *key_create_or_update(void *keyring_ref, const char *type, const char *description, const void *payload,"
    " size_t plen, u32 perm, unsigned long flags)"
)
def key_create_or_update(
    guest: Guest, _keyring: int, kind: int, description: int, payload: int, size: int, _perm: int, _flags: int
) -> int:
    """`security/keys/key.c`: Make a key of an X.509 certificate and return it, or -EBADMSG. Its description is the
    subject with the key identifier or else the serial number; other types stop the run.
    """
    if guest.text(kind) != "asymmetric" or description:
        raise Needs(f"keys of the type {guest.text(kind)}")
    try:
        found = name_of(guest.memory.read(payload, guest.bounded(size)))
    except FormatError:
        return -EBADMSG
    return new_key(guest, found).address()


def name_of(data: bytes) -> bytes:
    """Return the description of the key of an X.509 certificate. Raises FormatError."""
    body, *_ = parts(read(data))
    fields = [field for field in parts(body) if field.tag != _VERSION]
    serial, _, _, _, subject, *_ = fields
    names: dict[bytes, bytes] = {}
    for row in parts(subject):
        kind, value, *_ = parts(parts(row)[0])
        names[kind.content] = value.content
    if set(names) != {_COMMON_NAME}:
        raise Needs("the name of a certificate whose subject is more than a common name")
    number = serial.content
    for extension in parts(parts(fields[-1])[0]) if fields[-1].tag == _EXTENSIONS else ():
        kind, *_, value = parts(extension)
        if kind.content == _KEY_IDENTIFIER:
            number = read(value.content).content
    return names[_COMMON_NAME] + b": " + number.hex().encode()


@function("void key_put(struct key *key)")
def key_put(guest: Guest, address: int) -> None:
    """`security/keys/key.c`: Drop a reference on a key, and free it with the last one; NULL is nothing to do."""
    if not address:
        return
    key = view(guest, "key", address)
    count = guest.memory.u32(key.address("usage")) - 1
    guest.memory.put(key.address("usage"), count, 4)
    if not count:
        guest.heap.free(key.description)
        guest.heap.free(address)


def _complain(guest: Guest, name: str, device: int) -> None:
    """Log what the kernel says about a firmware file that it cannot find."""
    missing = f"firmware: failed to load {name} ({-ENOENT})\n".encode("utf-8", "surrogateescape")
    guest.log(ERR, text(guest, device, missing))
    if "firmware help" not in guest.kernel.once:
        guest.kernel.once.add("firmware help")
        guest.log(ERR, _HELP)
    guest.log(ERR, text(guest, device, missing))
    failed = f"Direct firmware load for {name} failed with error {-ENOENT}\n".encode("utf-8", "surrogateescape")
    guest.log(WARNING, text(guest, device, failed))


@function("int request_firmware(const struct firmware **firmware_p, const char *name, struct device *device)")
def request_firmware(guest: Guest, result: int, name: int, device: int) -> int:
    """`drivers/base/firmware_loader/main.c`: Write NULL, log that the file is missing and return -ENOENT, or -EINVAL
    for no name: there are no firmware files.
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
    """`drivers/base/firmware_loader/main.c`: Queue a work that looks for the file, with a reference on the
    module; return 0 or -EFAULT.
    """
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
    """`drivers/base/firmware_loader/main.c`: Log that the file is missing, call the caller's function with NULL and
    drop the module's reference.
    """
    row = view(guest, "firmware_work", work)
    _complain(guest, guest.text(row.name), row.device)
    guest.call(row.cont, 0, row.context)
    module_put(guest, row.module)
    guest.heap.free(row.name)
    guest.heap.free(work)


@function("void release_firmware(const struct firmware *fw)")
def release_firmware(_guest: Guest, firmware: int) -> None:
    """`drivers/base/firmware_loader/main.c`: Do nothing for NULL, which is all that request_firmware() gives."""
    if firmware:
        raise Needs("release_firmware of a file")

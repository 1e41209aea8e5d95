"""security/keys/key.c: Keys, and their types."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.security.keys.keyring import new_key
from modtools.emulate.objects import registrations
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.errors import FormatError
from modtools.formats.der import encoded_oid, parts, read
from modtools.kernel.log import NOTICE
from modtools.linuxerrno import EBADMSG

function("void key_revoke(struct key *key)")(lambda _guest, _key: None)

_VERSION, _EXTENSIONS = 0xA0, 0xA3
_COMMON_NAME, _KEY_IDENTIFIER = encoded_oid("2.5.4.3"), encoded_oid("2.5.29.14")


@function(
    "void *key_create_or_update(void *keyring_ref, const char *type, const char *description, const void *payload,"
    " size_t plen, u32 perm, unsigned long flags)"
)
def key_create_or_update(
    guest: Guest, _keyring: int, kind: int, description: int, payload: int, size: int, _perm: int, _flags: int
) -> int:
    """Make a key of an X.509 certificate and return it, or -EBADMSG. Its description is the subject with the key
    identifier or else the serial number; other types stop the run.
    """
    if guest.text(kind) != "asymmetric" or description:
        raise Needs(f"keys of the type {guest.text(kind)}")
    try:
        found = _description_of(guest.memory.read(payload, guest.bounded(size)))
    except (FormatError, ValueError, IndexError):  # no certificate, or one with fewer fields
        return -EBADMSG
    return new_key(guest, found).address()


def _description_of(data: bytes) -> bytes:
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
    """Drop a reference on a key, and free it with the last one; NULL is ignored."""
    if not address:
        return
    key = view(guest, "key", address)
    key.usage.refs -= 1
    if not key.usage.refs:
        guest.heap.free(key.description)
        guest.heap.free(address)


def _type_name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "key_type", address).name)


@function("int register_key_type(struct key_type *ktype)")
def register_key_type(guest: Guest, address: int) -> int:
    """Register a type of keys and log it; return 0, or -EEXIST for a name that is taken."""
    result = int(registrations.registering("key types", _type_name)(guest, address))
    if not result:
        guest.printk(NOTICE, f"Key type {_type_name(guest, address)} registered")
    return result


@function("void unregister_key_type(struct key_type *ktype)")
def unregister_key_type(guest: Guest, address: int) -> None:
    """Unregister a type of keys and log it."""
    name = _type_name(guest, address)
    guest.table("registered key types").pop(name, None)
    guest.printk(NOTICE, f"Key type {name} unregistered")

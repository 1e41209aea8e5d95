"""What the kernel has of its own, whatever machine it runs on, on buses and in lists that modules attach to.

Debian's kernels, as they are built. What is the machine's is in `modtools.profiles.hardware`: a driver that would be
given a device of it stops the run, because the device itself is not emulated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from modtools.emulate.objects import drivers
from modtools.emulate.objects.records import bus_row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import layout, size_of, view
from modtools.names import Version, version_of
from modtools.profiles.hardware import InputDevice

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SERIO_TAKEN = frozenset((6,))
"""Types of serio ports that have a driver: the keyboard's."""
BLOCK_MAJORS = {259: "blkext"}
"""Majors of block devices in /proc/devices after boot."""
MISC_HPET = 228
LEGACY_INTERRUPTS = frozenset((0, 1, *range(3, 16)))
"""Interrupts that there are without a device that brings its own; 2 is the other controller."""
_INTERRUPTS = {0: 0x15A00, 1: 0x80, 8: 0, 9: 0x80, 12: 0x80}
"""Interrupts with a handler after boot, and its flags: timer, keyboard controller, clock, ACPI, mouse port."""
_MOUSE_BUTTONS = InputDevice(0x17, 1, 1, 1 << 0 | 1 << 1 | 1 << 2, 3, frozenset((0x110, 0x111, 0x112)))
"""The input device that `drivers/macintosh/mac_hid.c` makes of keys: three buttons, two axes."""


_ALGORITHMS = (
    "aes aes-generic cbc(aes) cbc(aes-generic) cipher_null cipher_null-generic compress_null compress_null-generic "
    "deflate deflate-generic deflate-scomp dh dh-generic ecb(cipher_null) ecb-cipher_null lzo lzo-generic lzo-rle "
    "lzo-rle-generic lzo-rle-scomp lzo-scomp pkcs1pad(rsa,sha256) pkcs1pad(rsa-generic,sha256) rsa rsa-generic "
    "zlib-deflate zlib-deflate-scomp"
)
_HASHES = (
    "digest_null digest_null-generic hmac(sha1) hmac(sha1-generic) hmac(sha256) hmac(sha256-generic) md5 md5-generic "
    "sha1 sha1-generic sha224 sha224-generic sha256 sha256-generic"
)
ALGORITHMS: Mapping[str, Mapping[str, bool]] = {
    "6.1.0-56-amd64": dict.fromkeys(_ALGORITHMS.split(), False) | dict.fromkeys(_HASHES.split(), True)
}
"""By release: the algorithms of /proc/crypto after boot by name and driver's name, and whether each is a hash."""


class Builtin(NamedTuple):
    """What a kernel has registered when no module is loaded yet.

    `majors` are those of character devices in /proc/devices, `misc` the minors of miscellaneous devices without the one
    of the HPET, `free_misc` those that are given out, in this order. `platform` names platform devices that stand for
    no hardware, `inputs` are input devices that do, `interrupts` are those with a handler, and its flags. `reserved` is
    how many bytes of memory the kernel has taken for itself.
    """

    majors: frozenset[int]
    misc: frozenset[int]
    free_misc: range
    platform: frozenset[str]
    inputs: tuple[InputDevice, ...] = ()
    interrupts: Mapping[int, int] = _INTERRUPTS
    reserved: int = 62 << 20


_BUILTIN: Mapping[Version, Builtin] = {
    (6, 1): Builtin(
        frozenset((1, 4, 5, 7, 10, 13, 29, 128, 136, 202, 203, 204, *range(247, 255))),
        frozenset((127, 126, 125, 1, 183, 231)),
        range(127, -1, -1),
        frozenset("serial8250 reg-dummy alarmtimer microcode".split()),
        (_MOUSE_BUTTONS,),
    ),
    (6, 12): Builtin(
        frozenset((1, 4, 5, 7, 10, 13, 29, 128, 136, 153, *range(246, 255))),
        frozenset((1, 183, 229, 231, *range(256, 260))),
        range(256, 1 << 20),
        frozenset("serial8250 reg-dummy alarmtimer vga-framebuffer".split()),
        interrupts=_INTERRUPTS | {9: 0x2080},  # drivers/acpi/osl.c has it threaded
        reserved=19108 << 12,
    ),
}
"""By the version of Linux; as seen in Debian's kernels after boot."""


def builtin(guest: Guest) -> Builtin:
    """Return what a kernel has: that of the newest one that was looked at and is not newer."""
    version = version_of(guest.profile.release)
    return _BUILTIN[max((known for known in _BUILTIN if known <= version), default=min(_BUILTIN))]


def fill_bus(guest: Guest, address: int, name: str, match: str = "") -> None:
    """Fill a `struct bus_type` that is built into the kernel, and enter it among the buses."""
    row = view(guest, "bus_type", address)
    row.name = guest.new_text(name.encode())
    if match:
        row.match = guest.address_of(match)
    bus_row(guest, address)


def register(guest: Guest, driver: int, bus: str, owner: int = 0, name: int = 0) -> int:
    """Register a driver of a built-in bus, with `name` if it has none yet; return 0 or an error."""
    row = view(guest, "device_driver", driver)
    row.bus = guest.address_of(bus)
    row.owner = owner or row.owner
    row.name = name or row.name
    return drivers.register(guest, driver)


def ids(guest: Guest, table: int, kind: str, field: str) -> Iterator[str]:
    """Yield the text in a field of each entry of a table, up to an empty one. `kind` is the structure of an entry."""
    offset, length, *_ = layout(guest, kind).fields[field]
    while table and (text := guest.text(table + offset, length)):
        yield text
        table += size_of(guest, kind)


def check_acpi(guest: Guest, table: int) -> None:
    """Stop the run for a table of `struct acpi_device_id` that names a device of the machine."""
    for text in ids(guest, table, "acpi_device_id", "id"):
        if text in guest.hardware.acpi:
            raise Needs(f"the ACPI device {text}")

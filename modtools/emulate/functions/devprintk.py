"""Messages about a device, with its driver and name in front.

From Linux 6.1: `drivers/base/core.c: __dev_printk(), dev_err_probe()`, `lib/dynamic_debug.c`.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate import devices
from modtools.emulate.devices import device, driver_name
from modtools.emulate.guest import Guest
from modtools.emulate.pointers import pointer
from modtools.emulate.registry import function
from modtools.emulate.values import VaList, Values
from modtools.emulate.vsprintf import Spec, vsprintf
from modtools.integers import MASK64
from modtools.kernel.log import ALERT, CRIT, DEBUG, EMERG, ERR, INFO, NOTICE, WARNING

_PROBE_DEFER = -517


def text(guest: Guest, address: int, message: bytes) -> str:
    """Return a message with the device's driver and name in front, or `(NULL device *)`."""
    said = message.decode("utf-8", "surrogateescape")
    if not address:
        return f"(NULL device *): {said}"
    return f"{front(guest, address)}: {said}"


def front(guest: Guest, address: int) -> str:
    """Return a device's driver and name, as stand before a message about it."""
    return f"{driver_name(guest, device(guest, address))} {devices.name(guest, address)}"


def printer(level: int, text: Callable[[Guest, int, bytes], str]) -> Callable[[Guest, int, int, Values], None]:
    """Return a handler that logs a message of a level about something, which `text` puts in front."""

    def log(guest: Guest, address: int, fmt: int, values: Values) -> None:
        guest.log(level, text(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))

    return log


# `drivers/base/core.c`
function("void _dev_emerg(const struct device *dev, const char *fmt, ...)")(printer(EMERG, text))
function("void _dev_alert(const struct device *dev, const char *fmt, ...)")(printer(ALERT, text))
function("void _dev_crit(const struct device *dev, const char *fmt, ...)")(printer(CRIT, text))
function("void _dev_err(const struct device *dev, const char *fmt, ...)")(printer(ERR, text))
function("void _dev_warn(const struct device *dev, const char *fmt, ...)")(printer(WARNING, text))
function("void _dev_notice(const struct device *dev, const char *fmt, ...)")(printer(NOTICE, text))
function("void _dev_info(const struct device *dev, const char *fmt, ...)")(printer(INFO, text))


@function("void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)")
def dev_printk(guest: Guest, level: int, address: int, fmt: int, values: Values) -> None:
    """`drivers/base/core.c`: Log a message about a device; the level is the text of KERN_ERR and its
    like, an SOH and a digit.
    """
    number = guest.memory.u8(level + 1) - ord("0")
    guest.log(number, text(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


@function("int dev_printk_emit(int level, const struct device *dev, const char *fmt, ...)")
def dev_printk_emit(guest: Guest, level: int, _address: int, fmt: int, values: Values) -> int:
    """`drivers/base/core.c`: Log a message of a level, without the device's name in front; return its length."""
    said = vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape")
    guest.log(level, said)
    return len(said)


@function("void __dynamic_dev_dbg(struct _ddebug *descriptor, const struct device *dev, const char *fmt, ...)")
def dynamic_dev_dbg(guest: Guest, _descriptor: int, address: int, fmt: int, values: Values) -> None:
    """`lib/dynamic_debug.c`: Log a dev_dbg() that was switched on. The prefixes of the flags m,
    f, l and t are not modelled.
    """
    guest.log(DEBUG, text(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


@function("int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)")
def dev_err_probe(guest: Guest, address: int, error: int, fmt: int, values: Values) -> int:
    """`drivers/base/core.c`: Log why probe() failed, with the error's name, but nothing for
    -EPROBE_DEFER; return the error.
    """
    said = vsprintf(guest, guest.memory.text(fmt), values)
    if error != _PROBE_DEFER:
        name = pointer(guest, error & MASK64, b"e", Spec())
        guest.log(ERR, text(guest, address, b"error " + name + b": " + said))
    return error


@function("int dev_vprintk_emit(int level, const struct device *dev, const char *fmt, va_list args)")
def dev_vprintk_emit(guest: Guest, level: int, _address: int, fmt: int, args: int) -> int:
    """`drivers/base/core.c`: Log a message of a level from a va_list, without the device's name in
    front; return its length.
    """
    said = vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)).decode("utf-8", "surrogateescape")
    guest.log(level, said)
    return len(said)

"""lib/dynamic_debug.c: pr_debug() and its family, where they are switched on."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.dyndbg import prefix
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base import core
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import DEBUG
from modtools.kernel.oops import PROCESS


@function("void __dynamic_dev_dbg(struct _ddebug *descriptor, const struct device *dev, const char *fmt, ...)")
def dynamic_dev_dbg(guest: Guest, _descriptor: int, address: int, fmt: int, values: Values) -> None:
    """Log a dev_dbg() that was switched on. The prefixes of the flags m, f, l and t are not modelled."""
    guest.log(DEBUG, core.device_message(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


@function("void __dynamic_pr_debug(struct _ddebug *descriptor, const char *fmt, ...)")
def dynamic_pr_debug(guest: Guest, descriptor: int, fmt: int, values: Values) -> None:
    """Log the text of a pr_debug() that is switched on, with the prefix that its flags ask for."""
    text = vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape")
    guest.log(DEBUG, prefix(guest, descriptor, PROCESS) + text)

"""kernel/kmod.c: Asking user space for a module."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import programs
from modtools.kernel.log import WARNING
from modtools.kernel.switches import modprobe_path
from modtools.linuxerrno import ENAMETOOLONG, ENOENT, ETIME
from modtools.names import MODULE_NAME_LEN

MOST = 50
"""How many requests may wait at once, MAX_KMOD_CONCURRENT."""
_SECONDS = 5


@function("int __request_module(bool wait, const char *fmt, ...)")
def request_module(guest: Guest, wait: int, fmt: int, values: Values) -> int:
    """Run modprobe for the name; return its status as wait(2) tells it, or a negative error.

    Without `wait` it runs later, and the result is 0.
    """
    return ask(guest, vsprintf(guest, guest.memory.text(fmt), values), wait=bool(wait))


def ask(guest: Guest, text: bytes, *, wait: bool = True) -> int:
    """Do what `request_module()` does, with the name as a text."""
    program = modprobe_path(guest.kernel)
    if not program:
        return -ENOENT
    if len(text) >= MODULE_NAME_LEN:
        return -ENAMETOOLONG
    name = text.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    if guest.programs >= MOST:
        return _too_many(guest, name)
    run = programs.execute if wait else programs.start
    return run(guest, program, ("-q", "--", name))


def _too_many(guest: Guest, name: str) -> int:
    """Wait in vain for one of the others to end, which wait for this one."""
    now = f"request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: {MOST}), for module {name}"
    guest.log(WARNING, f"{now}, throttling...")
    guest.pass_time(_SECONDS * 1_000_000_000)
    busy = f"kmod is busy with {MOST} threads for more than {_SECONDS} seconds now"
    guest.log(WARNING, f"request_module: modprobe {name} cannot be processed, {busy}")
    return -ETIME

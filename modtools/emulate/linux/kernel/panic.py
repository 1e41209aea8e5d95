"""kernel/panic.c: Texts of warnings, and panics, which stop the machine."""

from __future__ import annotations

from modtools.emulate.cpu.oops import CUT_HERE, report_panic
from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.printk import printk
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.kernel.log import WARNING
from modtools.kernel.taint import Taint


@variable("panic_notifier_list", 16)
def panic_notifier_list(_guest: Guest, _address: int) -> None:
    """Leave the atomic notifier chain empty, as modules see it."""


@function("void __warn_printk(const char *fmt, ...)")
def warn_printk(guest: Guest, fmt: int, values: Values) -> None:
    """Log the text of WARN() below the line that cuts here; the warning itself follows as an instruction."""
    guest.printk(WARNING, CUT_HERE)
    printk.emit(guest, vsprintf(guest, guest.memory.text(fmt), values))


@function("void panic(const char *fmt, ...)")
def panic(guest: Guest, fmt: int, values: Values) -> None:
    """Log a text, and stop the machine for good."""
    raise report_panic(guest, vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape"))


@function("void __stack_chk_fail(void)")
def stack_chk_fail(_guest: Guest) -> None:
    """Stop the run: the kernel's panic for a corrupted stack is not modelled."""
    raise Needs("panic (stack-protector: kernel stack is corrupted)")


@function(
    "void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok)",
    "void add_taint(unsigned flag, enum lockdep_ok lockdep_ok)",
)
def add_taint(guest: Guest, flag: int, lockdep_ok: int) -> None:
    """Taint the kernel; unless it is LOCKDEP_STILL_OK (0), lock debugging ends with a message if it was on."""
    if flag not in set(Taint):
        raise Needs(f"the taint {flag}")
    guest.kernel.add_taint(Taint(flag), lockdep_ok=not lockdep_ok)


@function("int test_taint(unsigned int flag)", "int test_taint(unsigned flag)")
def test_taint(guest: Guest, flag: int) -> int:
    """Return whether the kernel is tainted so."""
    return guest.kernel.taint >> flag & 1

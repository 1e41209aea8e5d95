"""The taint bits of the kernel and of modules.

From Linux 6.1 and 6.15: `kernel/panic.c: taint_flags[]`, `Documentation/admin-guide/tainted-kernels.rst`.
"""

from __future__ import annotations

from enum import IntEnum


class Taint(IntEnum):
    """The number of each taint bit."""

    PROPRIETARY_MODULE = 0
    FORCED_MODULE = 1
    CPU_OUT_OF_SPEC = 2
    FORCED_RMMOD = 3
    MACHINE_CHECK = 4
    BAD_PAGE = 5
    USER = 6
    DIE = 7
    OVERRIDDEN_ACPI_TABLE = 8
    WARN = 9
    CRAP = 10
    FIRMWARE_WORKAROUND = 11
    OOT_MODULE = 12
    UNSIGNED_MODULE = 13
    SOFTLOCKUP = 14
    LIVEPATCH = 15
    AUX = 16
    RANDSTRUCT = 17
    TEST = 18
    FWCTL = 19


# letter, whether a module can carry it, words
_FLAGS: dict[Taint, tuple[str, bool, str]] = {
    Taint.PROPRIETARY_MODULE: ("P", True, "proprietary module was loaded"),
    Taint.FORCED_MODULE: ("F", True, "module was force loaded"),
    Taint.CPU_OUT_OF_SPEC: ("S", False, "kernel running on an out of specification system"),
    Taint.FORCED_RMMOD: ("R", False, "module was force unloaded"),
    Taint.MACHINE_CHECK: ("M", False, "processor reported a machine check exception"),
    Taint.BAD_PAGE: ("B", False, "bad page referenced or some unexpected page flags"),
    Taint.USER: ("U", False, "taint requested by userspace application"),
    Taint.DIE: ("D", False, "kernel died recently, there was an oops or BUG"),
    Taint.OVERRIDDEN_ACPI_TABLE: ("A", False, "ACPI table overridden by user"),
    Taint.WARN: ("W", False, "kernel issued warning"),
    Taint.CRAP: ("C", True, "staging driver was loaded"),
    Taint.FIRMWARE_WORKAROUND: ("I", False, "workaround for a bug in platform firmware applied"),
    Taint.OOT_MODULE: ("O", True, "externally built (out-of-tree) module was loaded"),
    Taint.UNSIGNED_MODULE: ("E", True, "unsigned module was loaded"),
    Taint.SOFTLOCKUP: ("L", False, "soft lockup occurred"),
    Taint.LIVEPATCH: ("K", True, "kernel has been live patched"),
    Taint.AUX: ("X", True, "auxiliary taint, defined by the distribution"),
    Taint.RANDSTRUCT: ("T", True, "kernel was built with the struct randomization plugin"),
    Taint.TEST: ("N", True, "an in-kernel test has been run"),
    Taint.FWCTL: ("J", True, "a device's firmware was changed through fwctl"),
}


def module_letters(taints: int) -> str:
    """Return the letters of a module's taint bits, in the order of the bits."""
    return "".join(letter for bit, (letter, carried, _) in _FLAGS.items() if carried and taints >> bit & 1)


def oops_letters(taints: int, count: int) -> str:
    """Return the letters of a kernel's bits, a blank for each that is not set, as an oops shows them; the first is G or
    P. `count` is how many bits the kernel has.
    """
    shown = (letter if taints >> bit & 1 else " " for bit, (letter, _, _) in _FLAGS.items() if bit < count)
    return "".join(shown).replace(" ", "G", 1) if not taints & 1 else "".join(shown)


def spelled_out(taints: int) -> str:
    """Return the letter and the name of each bit that is set, as the kernel's own table has them."""
    found = (f"[{letter}]={bit.name}" for bit, (letter, _, _) in _FLAGS.items() if taints >> bit & 1)
    return f"Tainted: {', '.join(found)}"


def in_words(taints: int) -> tuple[str, ...]:
    """Return what each bit that is set means, after its letter."""
    return tuple(f"{letter}: {words}" for bit, (letter, _, words) in _FLAGS.items() if taints >> bit & 1)

"""Files of the kernel's own that can be written to, and what follows from them.

`Kernel.switches` has those that were, by path. From Linux 6.1: `kernel/kallsyms.c: kallsyms_show_value()`, where
`perf_event_paranoid` is Debian's, so that users never see addresses.
"""

from __future__ import annotations

from modtools.kernel.state import Kernel

MODPROBE = "/proc/sys/kernel/modprobe"
"""The switch that names the program which `request_module()` runs."""
MODPROBE_PATH = "/sbin/modprobe"
"""CONFIG_MODPROBE_PATH, as it is unless somebody writes to the switch."""
KPTR_RESTRICT = "/proc/sys/kernel/kptr_restrict"


def kptr_restrict(kernel: Kernel) -> int:
    """Return from whom addresses are hidden: 0 and 1 from users, 2 from root as well."""
    return int(kernel.switches.get(KPTR_RESTRICT, "0"))


def shows_addresses(kernel: Kernel, uid: int) -> bool:
    """Return whether a user sees addresses in /proc and /sys."""
    return uid == 0 and kptr_restrict(kernel) < 2


def modprobe_path(kernel: Kernel) -> str:
    """Return the path of the program that loads modules for the kernel; "" for none."""
    return kernel.switches.get(MODPROBE, MODPROBE_PATH)

"""Files of the kernel's own that can be written to, and what follows from them.

`Kernel.switches` has those that were, by path. From Linux 6.1: `kernel/kallsyms.c: kallsyms_show_value()`, where
`perf_event_paranoid` is Debian's, so that users never see addresses; `kernel/printk/printk.c: console_printk[]`,
`init/main.c: loglevel()`, `kernel/sysctl.c: proc_dointvec()`.
"""

from __future__ import annotations

import re

from modtools.errors import KernelError
from modtools.kernel.cmdline import arguments
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL

MODPROBE = "/proc/sys/kernel/modprobe"
"""The switch that names the program which `request_module()` runs."""
MODPROBE_PATH = "/sbin/modprobe"
"""CONFIG_MODPROBE_PATH, as it is unless somebody writes to the switch."""
PRINTK = "/proc/sys/kernel/printk"
"""The switch that says which messages are printed on the console."""
_LEVELS = 4
"""How many numbers it has; behind them, the first one as it was before `dmesg --console-off`."""
_LOGLEVEL, _LOGLEVELS = 7, {"quiet": 4, "debug": 10}
"""CONFIG_CONSOLE_LOGLEVEL_DEFAULT, and what words of the command line make of it."""
_INTEGER = re.compile("-?(0[xX][0-9a-fA-F]+|[1-9][0-9]*|0)")
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


def levels(kernel: Kernel) -> list[int]:
    """Return the four numbers of /proc/sys/kernel/printk; below the first, a message is printed on the console."""
    if text := kernel.switches.get(PRINTK):
        return [int(number) for number in text.split()[:_LEVELS]]
    console = _LOGLEVEL
    for name, value in arguments(kernel.identity.cmdline):
        if name == "loglevel" and value and value.isdecimal():
            console = int(value)
        console = _LOGLEVELS.get(name, console)
    return [console, 4, 1, _LOGLEVEL]


def set_console(kernel: Kernel, level: int | None) -> None:
    """Have the console print only messages below a level; with None those below the least that it may have, until 0
    brings back what was before that.
    """
    now, saved = levels(kernel), kernel.switches.get(PRINTK, "").split()[_LEVELS:]
    if level is None:
        now[0], saved = now[2], saved or [str(now[0])]
    elif level:
        now[0], saved = max(level, now[2]), []
    elif saved:
        now[0], saved = int(saved[0]), []
    kernel.switches[PRINTK] = " ".join([*map(str, now), *saved])


def set_levels(kernel: Kernel, text: str) -> None:
    """Write up to four numbers, of which the rest stays. Raises KernelError(EINVAL) at one that is none."""
    now = levels(kernel)
    for at, word in enumerate(text.split()[: len(now)]):
        if not _INTEGER.fullmatch(word):
            raise KernelError(EINVAL)
        now[at] = int(word, 0)
        kernel.switches[PRINTK] = " ".join(map(str, now))
    if not text.split():
        raise KernelError(EINVAL)

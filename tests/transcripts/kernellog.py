"""The kernel log of a machine, as the recorder took and `/dev/kmsg` fills it.

From Linux 6.1: `kernel/printk/printk.c: devkmsg_write()`.
"""

from __future__ import annotations

import re

from modtools.kernel.log import DEFAULT_LEVEL, raw_lines
from modtools.kernel.state import Kernel
from modtools.store import Store

_USER = 1
"""The facility of what programs write (LOG_USER)."""
_PREFIX = re.compile(r"<(\d+)>")


def take(store: Store) -> tuple[str, ...]:
    """Take what can be read in the log out of it, as `dmesg -c` of the recordings did after each command."""
    if not store.exists() or not store.read().log.readable():
        return ()
    with store.transaction() as kernel:
        lines = tuple(raw_lines(kernel.log.readable()))
        kernel.log.clear()
    return lines


def write(kernel: Kernel, text: str) -> None:
    """Log what a program wrote into /dev/kmsg, with the level and facility that it begins with."""
    level, facility = DEFAULT_LEVEL, 0
    if prefix := _PREFIX.match(text):
        text = text[prefix.end() :]
        facility, level = divmod(int(prefix[1]), 8)
    limit = kernel.identity.features.line_max
    kernel.log.printk(level, text, kernel.time, limit, facility=facility or _USER)

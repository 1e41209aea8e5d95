"""/dev/kmsg: the kernel's log, record by record, and a way for programs to write into it.

From Linux 6.1: `kernel/printk/printk.c: info_print_ext_header(), msg_add_ext_text(), devkmsg_write()`.
"""

from __future__ import annotations

import re
import stat

from modtools.errors import KernelError
from modtools.kernel.files.nodes import File
from modtools.kernel.log import DEFAULT_LEVEL, Record
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL

_USER = 1
"""LOG_USER, the facility of what programs write that name none."""
_LEVEL = re.compile(rb"<(\d+)>")


class Kmsg(File):
    """The file /dev/kmsg, which has the numbers of a device."""

    @property
    def device(self) -> tuple[int, int]:
        return 1, 11


def kmsg(kernel: Kernel) -> File:
    """Return the file /dev/kmsg."""
    return Kmsg(
        stat.S_IFCHR | 0o644,
        reader=lambda: "".join(
            _line(number, record) for number, record in enumerate(kernel.log.readable(), kernel.log.first)
        ),
        writer=lambda text: _write(kernel, text.encode("utf-8", "surrogateescape")),
    )


def _line(number: int, record: Record) -> str:
    raw = record.text.encode("utf-8", "surrogateescape")
    seen = "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in raw)
    return f"{record.facility * 8 + record.level},{number},{record.time},-;{seen}\n"


def _write(kernel: Kernel, data: bytes) -> None:
    """Log what a program writes, with the priority that stands in front. Raises KernelError."""
    if len(data) > kernel.identity.features.line_max:
        raise KernelError(EINVAL)
    match = _LEVEL.match(data)
    number = int(match[1]) if match else DEFAULT_LEVEL
    rest = data[match.end() :] if match else data
    text = rest.decode("utf-8", "surrogateescape")
    kernel.log.printk(
        number & 7, text, kernel.time, kernel.identity.features.line_max, facility=number >> 3 & 0xFF or _USER
    )

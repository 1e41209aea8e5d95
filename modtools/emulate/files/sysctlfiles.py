"""The files below /proc/sys that modules have made.

From Linux 6.1: `fs/proc/proc_sysctl.c: proc_sys_call_handler(), proc_sys_make_inode()`. A handler, the module's or the
kernel's, turns a value into text and back; it works on memory of the kernel's.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import view
from modtools.kernel.runner import FileEntry
from modtools.link.memory import PAGE
from modtools.linuxerrno import EINVAL, EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_CHUNK = 16 * PAGE


def entries(guest: Guest, parts: list[str]) -> dict[str, FileEntry]:
    """Return the names in a folder below /proc/sys, with what each is."""
    prefix = "".join(f"/{part}" for part in parts) + "/"
    names: dict[str, FileEntry] = {}
    for paths in guest.table("sysctl folders").values():
        for path in paths:
            if path.startswith(prefix) and (name := path.removeprefix(prefix).partition("/")[0]):
                names[name] = FileEntry(stat.S_IFDIR | 0o555)
    for path, (_, row) in guest.table("sysctl").items():
        name = path.removeprefix(prefix)
        if path.startswith(prefix) and "/" not in name:
            names[name] = FileEntry(stat.S_IFREG | view(guest, "ctl_table", row).mode, ("sysctl", row, 0))
    return names


def _call(guest: Guest, row: int, writing: int, data: bytes, position: int) -> tuple[int, bytes]:
    """Call the handler of a row with what is written, or room for what is read; return a negative errno, or how much
    there was, and what was read.
    """
    handler, memory = view(guest, "ctl_table", row).proc_handler, guest.memory
    if not handler:
        return -EINVAL, b""
    buffer, length, at = (guest.heap.kmalloc(size) for size in (len(data) + 1, 8, 8))
    memory.write(buffer, data)
    memory.put(length, len(data), 8)
    memory.put(at, position, 8)
    result = guest.call_signed(handler, row, writing, buffer, length, at)
    count = result if result < 0 else memory.u64(length)
    content = b"" if result < 0 or writing else memory.read(buffer, min(count, len(data)))
    for place in (buffer, length, at):
        guest.heap.free(place)
    guest.scheduler.pass_on()
    return count, content


def read(guest: Guest, row: int, _unused: int) -> int:
    """Read a value into the table `answer`; return 0 or a negative errno."""
    content = b""
    while True:
        count, text = _call(guest, row, 0, bytes(_CHUNK), len(content))
        if count <= 0:
            break
        content += text
        guest.bounded(len(content))
    guest.table("answer")["data"] = content
    return count


def write(guest: Guest, row: int, _unused: int, data: bytes) -> int:
    """Write a value, however little of it is taken at once; return 0 or a negative errno."""
    done = 0
    while done < len(data):
        count, _ = _call(guest, row, 1, data[done:], done)
        if count <= 0:
            return count or -EIO
        done += count
    return 0

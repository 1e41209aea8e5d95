"""Files that show a number that functions of the module's get and set.

From Linux 6.1: `fs/libfs.c`, `fs/debugfs/file.c: debugfs_attr_read()`. What an open file knows hangs at its
private_data: get, set, data, format, each 8 bytes.
"""

from __future__ import annotations

from modtools.emulate.functions.uaccess import simple_read_from_buffer
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view
from modtools.emulate.values import Arguments
from modtools.emulate.vsprintf import vsprintf
from modtools.errors import KernelError
from modtools.kernel.kstrtox import kstrtoint
from modtools.linuxerrno import EACCES, EINVAL

_MOST = 24


@function("int simple_attr_open(struct inode *inode, struct file *file, void *get, void *set, const char *fmt)")
def simple_attr_open(guest: Guest, inode: int, file: int, get: int, store: int, pattern: int) -> int:
    """`fs/libfs.c`: Remember the file's functions, data and format in memory of its own; return 0."""
    place = guest.heap.kmalloc(32)
    for number, value in enumerate((get, store, view(guest, "inode", inode).i_private, pattern)):
        guest.memory.put(place + 8 * number, value, 8)
    view(guest, "file", file).private_data = place
    return 0


@function("int simple_attr_release(struct inode *inode, struct file *file)")
def simple_attr_release(guest: Guest, _inode: int, file: int) -> int:
    """`fs/libfs.c`: Free what `simple_attr_open()` remembered; return 0."""
    guest.heap.free(view(guest, "file", file).private_data)
    return 0


def _fields(guest: Guest, file: int) -> list[int]:
    place = view(guest, "file", file).private_data
    return [guest.memory.u64(place + at) for at in range(0, 32, 8)]


@function(
    "ssize_t simple_attr_read(struct file *file, char *buf, size_t len, loff_t *ppos)",
    "ssize_t debugfs_attr_read(struct file *file, char *buf, size_t len, loff_t *ppos)",
)
def simple_attr_read(guest: Guest, file: int, buffer: int, size: int, position: int) -> int:
    """`fs/libfs.c`: Copy the number that get() gives to the user, written as the format says; return the size or an
    error (`debugfs_attr_read()` is of `fs/debugfs/file.c`).
    """
    get, _, data, pattern = _fields(guest, file)
    if not get:
        return -EACCES
    value = guest.heap.kmalloc(8)
    result = guest.call_signed(get, data, value)
    if result:
        return result
    text = vsprintf(guest, guest.memory.text(pattern), Arguments(guest.memory, [guest.memory.u64(value)], 0))
    place = guest.new_text(text[: _MOST - 1])
    done = int(simple_read_from_buffer(guest, buffer, size, position, place, len(text[: _MOST - 1])))
    for address in (value, place):
        guest.heap.free(address)
    return done


@function(
    "ssize_t simple_attr_write(struct file *file, const char *buf, size_t len, loff_t *ppos)",
    "ssize_t debugfs_attr_write(struct file *file, const char *buf, size_t len, loff_t *ppos)",
)
def simple_attr_write(guest: Guest, file: int, buffer: int, size: int, _position: int) -> int:
    """`fs/libfs.c`: Give the number that the user writes, in any base, to set(); return the whole size or an error
    (`debugfs_attr_write()` is of `fs/debugfs/file.c`).
    """
    _, store, data, _ = _fields(guest, file)
    if not store:
        return -EACCES
    text = guest.memory.read(buffer, min(size, _MOST - 1))
    try:
        value = kstrtoint(text.decode("latin-1"), bits=64, signed=False)
    except KernelError:
        return -EINVAL
    return guest.call_signed(store, data, value) or size

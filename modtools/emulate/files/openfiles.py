"""Files that stay open from one system call of a program to the next.

The table `open` has them by number: path, who closes it, key, and what
`OpenFile.store()` returns, or for a file of sysfs and one of debugfs without functions what it said when it was read
from its beginning, and the position (`fs/seq_file.c`). "watch" has the entries in wait queues of whoever polls it, for
"events", and "woken" says that one was woken (`fs/select.c`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from modtools.emulate.files import fileops
from modtools.emulate.files.fileops import Answer, Key, OpenFile
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import WARNING
from modtools.kernel.runner import OpenEntry
from modtools.link.memory import Fault
from modtools.linuxerrno import EBADF, EINVAL, EIO, ENODEV, ENOTTY

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FIRST = 3
"""The first number that a program gets which has its three standard streams."""
_TABLES = {"proc": "proc", "debug": "debugfs"}
"""Where a file is found as long as nobody has removed it."""
_SET, _CURRENT = range(2)
"""SEEK_SET and SEEK_CUR, from which `struct seq_file` counts."""

Row = dict[str, Any]


def table(guest: Guest) -> dict[int, Row]:
    """Return all open files, by their numbers."""
    return guest.table("open")


def new_row(guest: Guest, key: Key, flags: int, entry: OpenEntry) -> Row:
    """Return the row of a file that is being opened."""
    row: Row = {"path": entry.path, "holder": entry.holder, "key": list(key), "flags": flags}
    return row | (OpenFile(guest, flags).store() if has_structures(row) else {"content": None, "position": 0})


def has_structures(row: Row) -> bool:
    """Return whether there is a `struct file` for an open file, and its driver is called for each system call."""
    return row["key"][0] in fileops.WITH_STRUCTURES


def add(guest: Guest, row: Row) -> int:
    """Enter a file that has been opened; return its number."""
    rows = table(guest)
    number = next(number for number in range(_FIRST, len(rows) + _FIRST + 1) if number not in rows)
    rows[number] = row
    return number


def open_file(guest: Guest, key: Key, flags: int, entry: OpenEntry) -> int:
    """Open a file with the flags of open(2); return its number or a negative errno."""
    row = new_row(guest, key, flags, entry)
    if has_structures(row):
        file = OpenFile(guest, stored=row)
        error = file.open(key)
        if error < 0:
            return error
        row |= file.store()
    return add(guest, row)


def call(guest: Guest, number: int, what: str, *arguments: Any) -> int:
    """Do something with an open file; return what the system call returns, and leave bytes in the table `answer`."""
    row = table(guest).get(number)
    result, data = at_once(guest, row, what, *arguments) or OpenFile(guest, stored=row).do(what, *arguments)
    guest.table("answer")["data"] = data
    return result


def at_once(guest: Guest, row: Row | None, what: str, *arguments: Any) -> Answer | None:
    """Return the answer to a system call for which no driver is called, None if one has to be."""
    if row is None:
        return -EBADF, b""
    if not has_structures(row):
        return _ON_TEXTS[what](guest, row, *arguments)
    if what not in ("flush", "release") and _gone(guest, row):
        return -EIO, b""
    if row.get("released"):
        return 0, b""
    if what == "mmap":
        return _refuse_mapping(guest, row), b""
    if what == "owner":
        row["owner"] = list(arguments)
        return 0, b""
    if what == "flags":
        return OpenFile(guest, stored=row).set_flags(*arguments), b""
    if what in ("poll", "release"):
        _unwatch(guest, row)
    return (int(OpenFile(guest, stored=row).seekable), b"") if what == "seekable" else None


def _refuse_mapping(guest: Guest, row: Row) -> int:
    """Return -ENODEV; where the driver would map something, the log says why it is not asked."""
    functions = view(guest, "file", row["file"]).f_op
    if functions and view(guest, "file_operations", functions).mmap:
        guest.printk(WARNING, f"{row['path']}: mmap() is refused: programs cannot share the memory of modules")
    return -ENODEV


def of_file(guest: Guest, file: int) -> Row | None:
    """Return the row of an open file by the address of its `struct file`, None for any other."""
    return next((row for row in table(guest).values() if row.get("file") == file), None)


def _unwatch(guest: Guest, row: Row) -> None:
    """Take whoever polls a file out of the driver's wait queues."""
    row["woken"] = 0
    for entry in row.pop("watch", ()):
        with suppress(Fault):  # the driver has freed the queue
            listhead.delete(guest, view(guest, "wait_queue_entry", entry).entry.address())
        guest.heap.free(entry)


def close(guest: Guest, number: int) -> int:
    """Give an open file up after its last close(2); return 0 or a negative errno."""
    result = call(guest, number, "release")
    forget(guest, number)
    return result


def forget(guest: Guest, number: int) -> None:
    """Forget an open file, if it was one."""
    table(guest).pop(number, None)


def _gone(guest: Guest, row: Row) -> bool:
    kind, address, _ = row["key"]
    return kind in _TABLES and address not in guest.table(_TABLES[kind])


def release_all(guest: Guest, entry: int) -> None:
    """Release the open files of an entry of /proc that is being removed (`fs/proc/inode.c: proc_entry_rundown()`)."""
    for row in table(guest).values():
        if row["key"][:2] == ["proc", entry] and not row.get("released"):
            row["released"] = 1
            OpenFile(guest, stored=row).do("release")


# Files whose whole text is made when they are read from their beginning.


def _read_text(guest: Guest, row: Row, size: int, _at: int = 0, place: int | None = None) -> Answer:
    at = row["position"] if place is None else place
    if row["content"] is None or at == 0:
        error = fileops.read(guest, tuple(row["key"]))
        if error < 0:
            return error, b""
        row["content"] = guest.table("answer").pop("data", b"")
    part = row["content"][at : at + size]
    if place is None:
        row["position"] += len(part)
    return len(part), part


def _write_text(guest: Guest, row: Row, data: bytes, _place: int | None = None) -> Answer:
    error = fileops.write(guest, tuple(row["key"]), data)
    return (error if error < 0 else len(data)), b""


def _seek_text(_guest: Guest, row: Row, offset: int, whence: int) -> Answer:
    place = offset + row["position"] * whence
    if whence not in (_SET, _CURRENT) or place < 0:
        return -EINVAL, b""
    row["position"] = place
    return int(place), b""


_ON_TEXTS: dict[str, Callable[..., Answer]] = {
    "read": _read_text,
    "write": _write_text,
    "seek": _seek_text,
    "seekable": lambda _guest, _row: (1, b""),
    "ioctl": lambda _guest, _row, _request, _argument: (-ENOTTY, b""),
    "flags": lambda _guest, _row, _flags: (0, b""),
    "owner": lambda _guest, _row, *_owner: (0, b""),
    "fasync": lambda _guest, _row, _number, _on: (0, b""),
    "poll": lambda _guest, _row, events, _watch=False: (fileops.DEFAULT_EVENTS & events, b""),
    "flush": lambda _guest, _row: (0, b""),
    "release": lambda _guest, _row: (0, b""),
}

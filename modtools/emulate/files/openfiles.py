"""Files that stay open from one system call of a program to the next.

The table `open` has them by number: path, who closes it, key, and what `OpenFile.store()` returns, or for a file of
sysfs and one of debugfs without functions what it said when it was read from its beginning, and the position
(`fs/seq_file.c`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from modtools.emulate.files import fileops
from modtools.emulate.files.fileops import Key, OpenFile
from modtools.kernel.runner import OpenEntry
from modtools.linuxerrno import EBADF, EINVAL, EIO, ENOTTY

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


def open_file(guest: Guest, key: Key, flags: int, entry: OpenEntry) -> int:
    """Open a file with the flags of open(2); return its number or a negative errno."""
    rows = table(guest)
    number = next(number for number in range(_FIRST, len(rows) + _FIRST + 1) if number not in rows)
    row: Row = {"path": entry.path, "holder": entry.holder, "key": list(key), "flags": flags}
    if key[0] in fileops.WITH_STRUCTURES:
        file = OpenFile(guest, flags)
        error = file.open(key)
        if error < 0:
            return error
        row |= file.store()
    else:
        row |= {"content": None, "position": 0}
    rows[number] = row
    return number


def call(guest: Guest, number: int, what: str, *arguments: Any) -> int:
    """Do something with an open file, a key of `_ON_FILES`; return what the system call returns, and leave bytes in the
    table `answer`.
    """
    row = table(guest).get(number)
    if row is None:
        return -EBADF
    if "file" not in row:
        return _ON_TEXTS[what](guest, row, *arguments)
    if what not in ("flush", "release") and _gone(guest, row):
        return -EIO
    return 0 if row.get("released") else _ON_FILES[what](OpenFile(guest, stored=row), *arguments)


def close(guest: Guest, number: int) -> int:
    """Give an open file up after its last close(2); return 0 or a negative errno."""
    result = call(guest, number, "release")
    table(guest).pop(number, None)
    return result


def _gone(guest: Guest, row: Row) -> bool:
    kind, address, _ = row["key"]
    return kind in _TABLES and address not in guest.table(_TABLES[kind])


def release_all(guest: Guest, entry: int) -> None:
    """Release the open files of an entry of /proc that is being removed (`fs/proc/inode.c: proc_entry_rundown()`)."""
    for row in table(guest).values():
        if row["key"][:2] == ["proc", entry] and not row.get("released"):
            row["released"] = 1
            OpenFile(guest, stored=row).release()


# Files that a `struct file` is made for.


def _answer(guest: Guest, result: int, data: bytes) -> int:
    guest.table("answer")["data"] = data
    return result


def _read(file: OpenFile, size: int) -> int:
    return _answer(file.guest, *file.read(size))


def _ioctl(file: OpenFile, request: int, argument: int | bytes) -> int:
    return _answer(file.guest, *file.ioctl(request, argument))


def _release(file: OpenFile) -> int:
    file.release()
    return 0


_ON_FILES: dict[str, Callable[..., int]] = {
    "read": _read,
    "write": OpenFile.write,
    "seek": OpenFile.seek,
    "seekable": lambda file: int(file.seekable),
    "ioctl": _ioctl,
    "poll": OpenFile.poll,
    "flush": OpenFile.flush,
    "release": _release,
}


# Files whose whole text is made when they are read from their beginning.


def _read_text(guest: Guest, row: Row, size: int) -> int:
    at = row["position"]
    if row["content"] is None or at == 0:
        error = fileops.read(guest, tuple(row["key"]))
        if error < 0:
            return error
        row["content"] = guest.table("answer").pop("data", b"")
    part = row["content"][at : at + size]
    row["position"] += len(part)
    return _answer(guest, len(part), part)


def _write_text(guest: Guest, row: Row, data: bytes) -> int:
    error = fileops.write(guest, tuple(row["key"]), data)
    return error if error < 0 else len(data)


def _seek_text(_guest: Guest, row: Row, offset: int, whence: int) -> int:
    place = offset + row["position"] * whence
    if whence not in (_SET, _CURRENT) or place < 0:
        return -EINVAL
    row["position"] = place
    return int(place)


_ON_TEXTS: dict[str, Callable[..., int]] = {
    "read": _read_text,
    "write": _write_text,
    "seek": _seek_text,
    "seekable": lambda _guest, _row: 1,
    "ioctl": lambda _guest, _row, _request, _argument: -ENOTTY,
    "poll": lambda _guest, _row, events: fileops.DEFAULT_EVENTS & events,
    "flush": lambda _guest, _row: 0,
    "release": lambda _guest, _row: 0,
}

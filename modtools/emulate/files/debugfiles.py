"""Files in debugfs that show a variable.

From Linux 6.1: `fs/debugfs/file.c`, `fs/libfs.c: simple_attr_read(), simple_attr_write()`. `FORMATS` has for each kind
its bytes, the format, whether it has a sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EACCES, EINVAL

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


FORMATS: dict[str, tuple[int, str, bool]] = {
    "u8": (1, "%d", False),
    "u16": (2, "%d", False),
    "u32": (4, "%d", False),
    "u64": (8, "%d", False),
    "x8": (1, "0x%02x", False),
    "x16": (2, "0x%04x", False),
    "x32": (4, "0x%08x", False),
    "x64": (8, "0x%016x", False),
    "size_t": (8, "%d", False),
    "ulong": (8, "%d", False),
    "atomic_t": (4, "%d", True),
}

_NUMBER = re.compile(rb"\+?(0[xX][0-9a-fA-F]+|[0-9]+)\n?")
_TRUE, _FALSE = (b"y", b"Y", b"1", b"t", b"T"), (b"n", b"N", b"0", b"f", b"F")


def _text(guest: Guest, kind: str, data: int) -> bytes:
    memory = guest.memory
    if kind == "bool":
        return b"Y\n" if memory.u8(data) else b"N\n"
    if kind == "str":
        text = memory.u64(data)
        return (memory.text(text) if text else b"") + b"\n"
    if kind == "blob":
        blob = view(guest, "debugfs_blob_wrapper", data)
        return memory.read(blob.data, guest.bounded(blob.size))
    if kind == "u32_array":
        row = view(guest, "debugfs_u32_array", data)
        places = range(row.array, row.array + 4 * guest.bounded(row.n_elements), 4)
        return b" ".join(b"%d" % memory.u32(place) for place in places) + b"\n"
    size, pattern, signed = FORMATS[kind]
    value = int.from_bytes(memory.read(data, size), "little", signed=signed)
    return (pattern % value).encode() + b"\n"


def read(guest: Guest, dentry: int, _unused: int) -> int:
    """Read a file of debugfs that shows a variable into the table `answer`; return 0 or a negative errno."""
    row = guest.table("debugfs")[dentry]
    if not row["mode"] & 0o444:
        return -EACCES
    guest.table("answer")["data"] = _text(guest, row["kind"], row["data"])
    return 0


def write(guest: Guest, dentry: int, _unused: int, data: bytes) -> int:
    """Write to a file of debugfs that shows a variable, cut as in C; return 0 or a negative errno."""
    row = guest.table("debugfs")[dentry]
    if row["kind"] not in FORMATS and row["kind"] != "bool":
        return -EINVAL
    if not row["mode"] & 0o222:
        return -EACCES
    if row["kind"] == "bool":
        return _write_bool(guest, row["data"], data)
    size, _, signed = FORMATS[row["kind"]]
    sign, digits = (-1, data[1:]) if signed and data[:1] == b"-" else (1, data)
    found = _NUMBER.fullmatch(digits)
    if found is None:
        return -EINVAL
    text = found[1]
    base = 16 if text[:2].lower() == b"0x" else 8 if text[:1] == b"0" else 10
    try:
        value = sign * int(text, base)
    except ValueError:
        return -EINVAL
    guest.memory.put(row["data"], value & (1 << 8 * size) - 1, size)
    return 0


def _write_bool(guest: Guest, place: int, data: bytes) -> int:
    """Set a bool from a text as kstrtobool() reads it, by its first letter, and the second of on and off; return 0 or
    -EINVAL.
    """
    word = data[:1] if data[:1] not in (b"o", b"O") else {b"n": b"y", b"f": b"n"}.get(data[1:2].lower(), b"")
    if word not in (*_TRUE, *_FALSE):
        return -EINVAL
    guest.memory.put(place, int(word in _TRUE), 1)
    return 0

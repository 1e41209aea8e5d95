"""Debian packages: the files that they install.

Source: deb(5), and ar(5) for the archive around it.

    "!<arch>\\n", then members, each with a header of 60 bytes: name (16, ended by blanks or a slash), time (12), owner
    (6), group (6), mode (8), size (10, decimal), "`\\n"; after an odd size comes one byte more
    "debian-binary", "control.tar" and "data.tar" come in this order; the last two are packed with gzip, xz or zstd,
    whose name their own name ends in. What is installed is in data.tar; control.tar has a file "control" with fields
    as "Depends: linux-base (>= 4.3~), dracut | initramfs-tools", of which lines that begin with a blank go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from modtools.errors import FormatError
from modtools.formats import forward, tar

MAGIC: Final = b"!<arch>\n"
_HEADER: Final = 60
_MOST: Final = 16
_LARGEST_CONTROL: Final = 1 << 16


def members(file: BinaryIO) -> Iterator[forward.Member]:
    """Yield the regular files that a package installs. Raises FormatError for a damaged one, and OSError."""
    yield from _tar(file, "data.tar")


def dependencies(file: BinaryIO) -> list[str]:
    """Return the names of the packages without which a package is of no use, the first of alternatives. Raises as
    `members()`.
    """
    control = next((member for member in _tar(file, "control.tar") if member.name in ("control", "./control")), None)
    if control is None or control.size > _LARGEST_CONTROL:
        return []
    text = b"".join(control.pieces).decode("utf-8", "replace")
    field = re.search(r"^Depends:((?:.|\n[ \t])*)", text, re.MULTILINE)
    return re.findall(r"(?:^|,)\s*([a-z0-9][a-z0-9.+-]+)", field[1]) if field else []


def _tar(file: BinaryIO, wanted: str) -> Iterator[forward.Member]:
    """Yield the files in the member of a package whose name begins so."""
    if file.read(len(MAGIC)) != MAGIC:
        raise FormatError("no archive of ar", 0)
    for _ in range(_MOST):
        at = file.tell()
        name, size = _header(file.read(_HEADER), at)
        if name.startswith(wanted):
            return (yield from tar.members(forward.unpacked(forward.Section(file, size), size)))
        file.seek(at + _HEADER + size + size % 2)
    raise FormatError(f"no {wanted} is among the first members of the archive")


def _header(header: bytes, at: int) -> tuple[str, int]:
    """Return name and size of a member of the archive."""
    name, size = header[:16].rstrip(b" ").rstrip(b"/"), header[48:58].strip()
    if len(header) < _HEADER:
        raise FormatError("the archive ends before its data.tar", at)
    if header[58:] != b"`\n" or not size.isdigit():
        raise FormatError("a header of the archive is damaged", at)
    return name.decode("ascii", "replace"), int(size)

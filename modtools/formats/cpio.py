"""cpio archives in their "new" form, read forward: the regular files in them.

Source: cpio(5), "New ASCII Format" and "New CRC Format". For each member:

    header    "070701" or "070702", then 13 numbers of 8 hexadecimal digits: inode, mode, owner, group, links, time,
              size, device (2), special device (2), bytes of the path with its zero, checksum
    path      ended by a zero byte, then zeros so that header and path are a multiple of 4 bytes
    content   of the size, then zeros up to a multiple of 4

The path "TRAILER!!!" ends the archive. Of several links to a file the last one has its content; the others are empty.
RPM writes "07070X" and a number of its own header instead where a file has 4 GiB or more: that is not read.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import Final

from modtools.errors import FormatError
from modtools.formats.forward import LONGEST_NAME, MOST_MEMBERS, Forward, Member

_MAGICS: Final = (b"070701", b"070702")
_HEADER: Final = 110
_MODE, _LINKS, _SIZE, _NAME_SIZE = 1, 4, 6, 11


def members(archive: Forward) -> Iterator[Member]:
    """Yield the regular files of an archive. Raises FormatError for a damaged one."""
    for _ in range(MOST_MEMBERS):
        start = archive.at
        numbers = _numbers(archive.exactly(_HEADER), start)
        if not 0 < numbers[_NAME_SIZE] <= LONGEST_NAME:
            raise FormatError(f"a path of the archive has {numbers[_NAME_SIZE]} bytes", start)
        name = archive.exactly(numbers[_NAME_SIZE])[:-1].decode("utf-8", "surrogateescape")
        if name == "TRAILER!!!":
            return
        archive.skip_to(_aligned(archive.at))
        size = numbers[_SIZE]
        end = _aligned(archive.at + size)
        if stat.S_ISREG(numbers[_MODE]) and (size or numbers[_LINKS] < 2):
            yield Member(name.removeprefix("./").lstrip("/"), size, archive.take(size))
        archive.skip_to(end)
    raise FormatError(f"the archive has more than {MOST_MEMBERS} members")


def _numbers(header: bytes, start: int) -> list[int]:
    if header[:6] not in _MAGICS:
        raise FormatError(f"an archive of cpio has a member of the form {header[:6]!r}", start)
    try:
        return [int(header[at : at + 8], 16) for at in range(6, _HEADER, 8)]
    except ValueError as problem:
        raise FormatError("a header of the archive is damaged", start) from problem


def _aligned(at: int) -> int:
    return at + -at % 4

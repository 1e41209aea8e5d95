"""Tar archives, read forward: the regular files in them.

Sources: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar's manual, "Basic Tar Format".
Blocks of 512 bytes: a header, then as many as its content needs. Two blocks of zeros end the archive.

    header           its fields and their checksum are read by Python's tarfile.TarInfo.frombuf(), whose type tells
    "0", zero, "7"   a regular file
    "L"              content: the path of the next member, ended by a zero byte (GNU)
    "x"              content: lines "SIZE KEY=VALUE" on the next member; its path and size are taken (pax)
    others           links, devices, folders and what is said of all members: passed over

Of tarfile no more is used: it takes a damaged header for the end of the archive, keeps all members in memory, and reads
names of any length.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import Final

from modtools.errors import FormatError
from modtools.formats.forward import LONGEST_NAME, MOST_MEMBERS, Forward, Member

_BLOCK: Final = 512
_LONGEST_HEADER: Final = 1 << 16


def members(archive: Forward) -> Iterator[Member]:
    """Yield the regular files of an archive. Raises FormatError for a damaged one."""
    said: dict[str, str] = {}
    for _ in range(MOST_MEMBERS):
        start = archive.at
        block = archive.exactly(_BLOCK)
        if not any(block):
            return
        info = _header(block, start)
        size = _size(said.get("size"), info.size, start)
        end = archive.at + (size + _BLOCK - 1) // _BLOCK * _BLOCK
        if info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME):
            if size > _LONGEST_HEADER:
                raise FormatError(f"a header of the archive has {size} bytes", start)
            content = archive.exactly(size)
            said |= {"path": _text(content)} if info.type == tarfile.GNUTYPE_LONGNAME else _pax(content, start)
        elif info.type == tarfile.GNUTYPE_SPARSE:
            raise FormatError(f"{info.name} is a sparse file, which is not read", start)
        elif info.type != tarfile.GNUTYPE_LONGLINK:
            if info.isreg():
                yield Member(_path(said.get("path", info.name), start), size, archive.take(size))
            said = {}
        archive.skip_to(end)
    raise FormatError(f"the archive has more than {MOST_MEMBERS} members")


def _header(block: bytes, start: int) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError) as problem:
        raise FormatError(f"a header of the archive is damaged: {problem}", start) from problem


def _size(told: str | None, otherwise: int, start: int) -> int:
    """Return the size of a member, which a header of pax may tell. Raises FormatError for none."""
    if told is not None and (not told.isascii() or not told.isdigit() or len(told) > 19):
        raise FormatError(f"a header of the archive has the size {told[:20]!r}", start)
    size = otherwise if told is None else int(told)
    if size < 0:
        raise FormatError(f"a header of the archive has the size {size}", start)
    return size


def _pax(content: bytes, start: int) -> dict[str, str]:
    """Return what an extended header says. Raises FormatError."""
    said = {}
    while content:
        length, blank, _ = content.partition(b" ")
        if not blank or not length.isdigit() or len(length) > 6 or not len(length) + 1 < int(length) <= len(content):
            raise FormatError("an extended header of the archive is damaged", start)
        line, content = content[len(length) + 1 : int(length)], content[int(length) :]
        key, _, value = line.removesuffix(b"\n").partition(b"=")
        said[_text(key)] = _text(value)
    return said


def _text(content: bytes) -> str:
    return content.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _path(name: str, start: int) -> str:
    if len(name) > LONGEST_NAME:
        raise FormatError(f"a path of the archive has {len(name)} characters", start)
    return name.removeprefix("./").lstrip("/")

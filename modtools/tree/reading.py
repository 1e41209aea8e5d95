"""Read module files, compressed or not, for what they export and need.

Source: kmod 34's `libkmod/libkmod-file.c`, `libkmod-file-xz.c` and `libkmod-module.c`. For depmod libkmod tries to read
a module three times, for its exports, its modinfo and what it wants; of one that cannot be unpacked it complains as
often, and goes on in an xz file where it stopped.
"""

from __future__ import annotations

import os
from typing import Final

from modtools.errors import FormatError
from modtools.formats import compression, linkage, plainlinkage
from modtools.formats.kmodelf import Read
from modtools.formats.linkagevalues import SYMBOLS, Linkage
from modtools.linuxerrno import EINVAL, of_host, strerror
from modtools.notes import WARNING, LibkmodError, Note
from modtools.rooted import HOST, Host
from modtools.tree.kofile import LEAST, KoFile, compression_of

_ATTEMPTS: Final = 3
_BUFFER: Final = 8192
"""Bytes that libkmod reads of an xz file at a time: BUFSIZ of glibc."""


def read_linkage(path: str, crcs: bool = False, disk: Host = HOST) -> Linkage:
    """Return what the module in a file exports and needs; for one that cannot be read, why."""
    try:
        descriptor = disk.open(path)
        try:
            return _read(path, descriptor, crcs)
        finally:
            os.close(descriptor)
    except OSError as error:
        return linkage.failed(of_host(error), error.strerror or str(error))


def _read(path: str, descriptor: int, crcs: bool) -> Linkage:
    """Return the linkage of an open file. Raises OSError."""
    size, source = os.fstat(descriptor).st_size, source_of(descriptor)
    # Most are plain, and of these no more is read than is needed.
    if not crcs and (plain := plainlinkage.read(source, size)):
        return plain
    head = _part(descriptor, LEAST, 0)
    if len(head) < LEAST:
        return linkage.failed(EINVAL, f"a file of {len(head)} bytes")
    if compression.kind(head):
        return _read_compressed(path, _part(descriptor, size, 0), crcs)
    return linkage.read(source, size, crcs)


def source_of(descriptor: int) -> Read:
    """Return what reads parts of an open file, and raises FormatError where it became shorter."""

    def source(offset: int, count: int) -> bytes:
        data: bytes = _part(descriptor, count, offset)
        if len(data) < count:
            raise FormatError("the file became shorter while it was read", offset)
        return data

    return source


def _sought(descriptor: int, count: int, offset: int) -> bytes:
    """Read bytes of an open file from an offset, as pread(2) does, on systems without it."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, count)


_part: Final = getattr(os, "pread", _sought)
"""Bytes of an open file: descriptor, how many, from where."""


def _read_compressed(path: str, data: bytes, crcs: bool) -> Linkage:
    """Return the linkage of a file that is to be unpacked first."""
    # Debian's kmod knows no gzip; whoever names a file so means it.
    kind = compression_of(path, data, zlib=True)
    notes: list[Note] = []
    try:
        contents = KoFile(path, data, kind).contents(notes)
    except FormatError as error:
        number = error.errno if isinstance(error, LibkmodError) else EINVAL
        return linkage.failed(number, str(error))._replace(said=_said(kind, data, error, notes))
    return linkage.read(lambda offset, count: bytes(contents[offset : offset + count]), len(contents), crcs)


def _said(kind: str, data: bytes, error: FormatError, notes: list[Note]) -> list[str]:
    """Return what libkmod says at its three attempts to read a file. It has no limit of sizes as pymod has."""
    reads_on = kind == "xz" and notes and not isinstance(error.__cause__, compression.TooLarge)
    return _xz_complaints(data) if reads_on else [note.text for note in notes] * _ATTEMPTS


def _xz_complaints(data: bytes) -> list[str]:
    """Return what libkmod says of a damaged xz file when it reads on and on."""
    out: list[str] = []
    at = 0
    for _ in range(_ATTEMPTS):
        rest = data[at:]
        end = _where_it_stops(rest)
        notes: list[Note] = []
        try:
            KoFile("", rest, "xz").contents(notes)
        except FormatError:
            out += [note.text for note in notes]
        if not rest:
            out.append("xz: Unexpected end of input")
        at += end
    return out


def _where_it_stops(data: bytes) -> int:
    """Return after how many bytes, in whole buffers, a decoder of xz gives up."""
    import lzma

    decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    for start in range(0, len(data), _BUFFER):
        try:
            decoder.decompress(data[start : start + _BUFFER])
        except (lzma.LZMAError, EOFError):
            return start + _BUFFER
    return len(data)


def complaints(path: str, linkage: Linkage, *, plain: bool) -> list[Note]:
    """Return what there is to say about a module that cannot be read.

    kmod says nothing where it can read the symbols but not what the module needs, and never why: that comes without
    `plain`.
    """
    symbols = next((problem for problem in linkage.problems if problem[0] == SYMBOLS), None)
    if plain:
        said = list(map(Note, linkage.said))
        own = [Note(f"failed to load symbols from {path}: {strerror(symbols[1])}")] if symbols else []
        return [*said[:1], *own, *said[1:]]
    reason = (*linkage.said, linkage.problems[0][2])[0]
    if symbols:
        return [Note(f"failed to load symbols from {path}: {strerror(symbols[1])} ({reason})")]
    return [Note(f"{path}: what this module needs is not known ({reason})", WARNING)]

"""A module file as libkmod opens it: compression by magic number, and an errno for what it cannot unpack.

Source: kmod 34's `libkmod/libkmod-file.c` and `libkmod-file-{xz,zstd}.c`, as Debian 13 builds them (+ZSTD +XZ -ZLIB).
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from modtools.config import Note
from modtools.errors import FormatError
from modtools.formats.compression import FLOOR, LIMIT, RATIO, decompress, kind
from modtools.formats.kmodelf import EINVAL, ENOSYS, Refused
from modtools.tree.walk import EXTENSIONS

Buffer: TypeAlias = bytes | mmap.mmap

_LEAST: Final = 6
"""Bytes that a file must have before libkmod looks at it."""


class KoFile(NamedTuple):
    """A module file that could be opened. `compression` is "" for none, else as in formats.compression."""

    path: str
    data: Buffer
    compression: str

    def contents(self, notes: list[Note]) -> Buffer:
        """The module itself, unpacked. Raises Refused where libkmod cannot unpack it, and notes what libkmod says."""
        unpack = _UNPACKERS.get(self.compression)
        if unpack is None:
            return self.data
        try:
            return unpack(bytes(self.data))
        except _Damaged as problem:
            notes.append(problem.note)
            raise Refused(EINVAL, str(problem)) from None


def has_extension(name: str) -> bool:
    """Whether libkmod takes this name for that of a module file."""
    return any(name.endswith(extension) and len(name) > len(extension) for extension in EXTENSIONS)


def open_file(path: str) -> KoFile:
    """Open a file. Raises OSError if that fails, and Refused for less than 6 bytes."""
    with Path(path).open("rb") as file:
        if len(file.peek(_LEAST)) < _LEAST:
            raise Refused(EINVAL, f"a file of less than {_LEAST} bytes")
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return KoFile(path, data, kind(data[:_LEAST]))


class _Damaged(Exception):
    """A file that cannot be unpacked, in libkmod's words."""

    def __init__(self, text: str, function: str) -> None:
        super().__init__(text)
        self.note = Note(text, function=function)


_XZ_WORDS: Final = {
    "Input format not supported by decoder": "File format not recognized",
    "Invalid or unsupported options": "Unsupported compression options",
    "Unsupported integrity check": "Unsupported compression options",
    "Memory usage limit exceeded": "Cannot allocate memory",
    "Corrupt input data": "File is corrupt",
}
"""libkmod's words for liblzma's errors, by Python's."""


def _xz(data: bytes) -> bytes:
    """The streams of an xz file, one after another."""
    import lzma

    limit = min(LIMIT, max(FLOOR, RATIO * len(data)))
    out = []
    while data:
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        try:
            out.append(stream.decompress(data, limit))
        except lzma.LZMAError as error:
            words = _XZ_WORDS.get(str(error), "Internal error (bug)")
            raise _Damaged(f"xz: {words}", "xz_uncompress_belch") from error
        if not stream.eof:
            raise _Damaged("xz: Unexpected end of input", "xz_uncompress_belch")
        data = stream.unused_data.lstrip(b"\0")
    return b"".join(out)


def _zstd(data: bytes) -> bytes:
    try:
        # libkmod wants the frame to say how much it unpacks to: RFC 8878, 3.1.1.1.
        sized = data[4:5] >= b"\x20"
        unpacked = decompress(data) if sized else b""
    except FormatError as error:
        # Python's words, or after the colon those of ZSTD_getErrorName().
        words = str(error.__cause__ or error).rsplit(": ", 1)[-1]
        words = "Src size is incorrect" if "ended before" in words else words
        raise _Damaged(f"zstd: {words}", "kmod_file_load_zstd") from error
    if not unpacked:
        raise _Damaged("zstd: Failed to determine decompression size", "kmod_file_load_zstd")
    return unpacked


def _unknown(_data: bytes) -> bytes:
    raise Refused(ENOSYS, "gzip")


_UNPACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {"xz": _xz, "zstd": _zstd, "gzip": _unknown}

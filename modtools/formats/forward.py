"""Files that are read forward and never whole: a part of another file, what it unpacks to, and the files in an archive.

Package files have an archive in a packed stream. All of these are bounded: what comes out in total, and what is in
memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from modtools.errors import FormatError
from modtools.formats import compression
from modtools.formats.compression import Reader, TooLarge
from modtools.light import NamedTuple

LARGEST: Final = 4 << 30
"""Bytes that an archive may unpack to. Those of distributions have a tenth of it."""
LONGEST_NAME: Final = 1 << 12
"""Bytes of a path in an archive (PATH_MAX)."""
MOST_MEMBERS: Final = 1 << 18
"""Files and folders in an archive; the headers of a kernel with its sources have a tenth of it."""


class Member(NamedTuple):
    """A regular file in an archive. Its `pieces` can be taken until the next member is asked for."""

    name: str
    size: int
    pieces: Iterator[bytes]


class Section:
    """So many bytes of a file, from where it stands."""

    def __init__(self, file: Reader, size: int) -> None:
        self._file = file
        self.rest = size

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, b"" at the end of the part. Raises FormatError where the file ends before."""
        wanted = min(size if size >= 0 else self.rest, self.rest)
        found = self._file.read(wanted)
        if wanted and not found:
            raise FormatError(f"the file ends {self.rest} bytes early")
        self.rest -= len(found)
        return found


class Forward:
    """Bytes that come in pieces, at most `limit` of them; `at` is how many were taken."""

    def __init__(self, pieces: Iterator[bytes], limit: int = LARGEST) -> None:
        self._pieces = pieces
        self._limit = limit
        self._piece = memoryview(b"")
        self._came = 0
        self.at = 0

    def some(self, size: int) -> memoryview:
        """Return at most so many bytes, at least one; none at the end. Raises TooLarge, and what unpacking raises."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return self._piece
            self._came += len(piece)
            if self._came > self._limit:
                raise TooLarge(f"the archive unpacks to more than {self._limit >> 20} MiB")
            self._piece = memoryview(piece)
        found, self._piece = self._piece[:size], self._piece[size:]
        self.at += len(found)
        return found

    def exactly(self, size: int) -> bytes:
        """Return so many bytes. Raises FormatError where there are fewer."""
        found = b"".join(self.take(size))
        if len(found) < size:
            raise FormatError(f"the archive ends after {self.at} bytes, inside of a header", self.at)
        return found

    def take(self, size: int) -> Iterator[bytes]:
        """Yield so many bytes, fewer at the end."""
        while size and (piece := self.some(size)):
            size -= len(piece)
            yield bytes(piece)

    def skip_to(self, position: int) -> None:
        """Pass over what lies before a position. Raises FormatError where the archive ends before it."""
        while self.at < position:
            if not self.some(position - self.at):
                raise FormatError(f"the archive ends after {self.at} bytes, not after {position}", self.at)


def unpacked(file: Reader, size: int) -> Forward:
    """Return what a stream of so many bytes unpacks to, in whichever way it is packed. Raises FormatError."""
    head = file.read(6)
    name = compression.kind(head)
    whole = _Joined(head, file)
    pieces = compression.pieces(whole, name, compression.WINDOW) if name else iter(lambda: whole.read(1 << 16), b"")
    return Forward(pieces, compression.limit(size, LARGEST))


class _Joined:
    """What was read already, and the rest of the file that it was read from."""

    def __init__(self, head: bytes, file: Reader) -> None:
        self._head = head
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        if not self._head:
            return self._file.read(size)
        end = size if size >= 0 else len(self._head)
        found, self._head = self._head[:end], self._head[end:]
        return found

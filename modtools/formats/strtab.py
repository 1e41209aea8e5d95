"""String tables: names one after another, each ended by a zero byte, found by the offset where they begin.

Source: System V ABI, "String Table". A name may be the end of another, as ".text" (at 6) is of ".rela.text" (at 1):

    \\0.rela.text\\0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from modtools.errors import FormatError

NAME_LIMIT: Final = 1 << 16
"""Bytes in which a name must end. The kernel's own limit for symbols (KSYM_NAME_LEN) is 512."""
NAMES_BUDGET: Final = 1 << 26
"""Bytes that names asked for together may take: as names may overlap, a small table could ask for gigabytes."""


def joined(names: Iterable[bytes]) -> bytes:
    """Return names one after another, each ended by a zero byte."""
    return b"\0".join((*names, b""))


def listed(table: bytes) -> list[str]:
    """Return the names in such bytes as texts, all of them; what is not UTF-8 becomes lone surrogates."""
    return str(table, "utf-8", "surrogateescape").split("\0")[:-1]


def texts(names: list[bytes]) -> list[str]:
    """Return names without zero bytes as texts, decoded in one go; what is not UTF-8 becomes lone surrogates."""
    return str(b"\0".join(names), "utf-8", "surrogateescape").split("\0") if names else []


class StringTable:
    """The names in some bytes. The last one may lack its zero byte."""

    def __init__(self, table: bytes) -> None:
        self._size = len(table)
        self._bytes = table + b"\0"
        # In ASCII bytes are characters, and slices of a text take half the time of decoding slices of bytes.
        self._text = str(self._bytes, "ascii") if table.isascii() else None

    def __len__(self) -> int:
        return self._size

    def names(self, offsets: Sequence[int]) -> list[str]:
        """Return the names that begin at these offsets, "" for one that is after the table; none may be negative.

        Raises FormatError when a name does not end within NAME_LIMIT bytes, or all take more than NAMES_BUDGET.
        """
        if self._text is not None and self._size <= NAME_LIMIT and self._size * len(offsets) <= NAMES_BUDGET:
            text, find_end = self._text, self._text.find
            return [text[offset : find_end("\0", offset)] for offset in offsets]
        find = self._bytes.find
        ends = [find(b"\0", offset, offset + NAME_LIMIT) for offset in offsets]
        if -1 in ends:
            offsets, ends = self._inside(offsets, ends)
        if sum(ends) - sum(offsets) > NAMES_BUDGET:
            raise FormatError(f"the names of {len(offsets)} entries take more than {NAMES_BUDGET} bytes")
        places = zip(offsets, ends, strict=True)
        if self._text is not None:
            text = self._text
            return [text[start:end] for start, end in places]
        return texts([self._bytes[start:end] for start, end in places])

    def _inside(self, offsets: Sequence[int], ends: list[int]) -> tuple[list[int], list[int]]:
        """Return where names begin and end, empty for offsets outside. Raises FormatError for an endless name."""
        places = list(self._places(offsets, ends))
        return [start for start, _ in places], [end for _, end in places]

    def _places(self, offsets: Sequence[int], ends: list[int]) -> Iterator[tuple[int, int]]:
        for offset, end in zip(offsets, ends, strict=True):
            if offset >= self._size:
                yield self._size, self._size
            elif end < 0:
                raise FormatError(f"a name of more than {NAME_LIMIT} bytes, {offset:#x} bytes into its string table")
            else:
                yield offset, end

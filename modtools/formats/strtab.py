"""String tables: names one after another, each ended by a zero byte, found by the offset where they begin.

Source: System V ABI, "String Table". A name may be the end of another, as ".text" (at 6) is of ".rela.text" (at 1):

    \\0.rela.text\\0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from modtools.errors import FormatError

NAME_LIMIT: Final = 1 << 16
"""Bytes in which a name must end. The kernel's own limit for symbols (KSYM_NAME_LEN) is 512."""
NAMES_BUDGET: Final = 1 << 26
"""Bytes that the names of one table may take together: names may overlap, so a small table could ask for gigabytes."""


def names_at(table: bytes, offsets: Sequence[int]) -> list[str]:
    """The names that begin at these offsets of a string table, "" for an offset outside of it.

    Raises FormatError when a name does not end within NAME_LIMIT bytes, or all together take more than NAMES_BUDGET.
    """
    find = (table + b"\0").find
    ends = [find(b"\0", offset, offset + NAME_LIMIT) for offset in offsets]
    if -1 in ends:
        ends = list(_checked_ends(len(table), offsets, ends))
    if sum(ends) - sum(offsets) > NAMES_BUDGET:
        raise FormatError(f"the names of {len(offsets)} entries take more than {NAMES_BUDGET} bytes")
    places = zip(offsets, ends, strict=True)
    if table.isascii():  # then bytes are characters, and slices of the text take half the time
        text = str(table, "ascii")
        return [text[start:end] for start, end in places]
    return [str(table[start:end], "utf-8", "surrogateescape") for start, end in places]


def _checked_ends(size: int, offsets: Sequence[int], ends: list[int]) -> Iterator[int]:
    """`ends` with empty names for offsets outside the table. Raises FormatError for a name that does not end."""
    for offset, end in zip(offsets, ends, strict=True):
        if end < 0 and offset < size:
            raise FormatError(f"a name of more than {NAME_LIMIT} bytes, {offset:#x} bytes into its string table")
        yield max(end, offset)

"""How the entries of ELF's tables are unpacked: one `struct.Struct` for each kind of entry."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, NamedTuple

_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SIGNED: Final = "r_addend"


class Record(NamedTuple):
    """One kind of table entry: how to unpack it, the names of its fields in that order, and where each begins."""

    packing: struct.Struct
    fields: tuple[str, ...]
    offsets: tuple[int, ...]

    def whole(self, table: bytes) -> bytes:
        """A table without a rest that is no whole entry."""
        return table[: len(table) - len(table) % self.packing.size]

    def columns(self, entries: Iterable[tuple[int, ...]], *names: str) -> list[tuple[int, ...]]:
        """The columns of these fields, of at least one unpacked entry."""
        columns = tuple(zip(*entries, strict=True))
        return [columns[self.fields.index(name)] for name in names]


class Layout(NamedTuple):
    """The records of one class and byte order."""

    header: Record
    section: Record
    symbol: Record
    rel: Record
    rela: Record


def record(fields: Iterable[tuple[str, int]], little: bool) -> Record:
    """The record with these fields, each a name and its width in bytes.

    Numbers are unsigned, but for addends; other widths than a number's are kept as bytes (e_ident). pyelftools adds
    fields that it computes from others: those have no width and are left out.
    """
    present = [(name, width) for name, width in fields if width]
    codes = (_CODES.get(width, f"{width}s") for _, width in present)
    signed = (code.lower() if name == _SIGNED else code for code, (name, _) in zip(codes, present, strict=True))
    packing = struct.Struct("<>"[not little] + "".join(signed))
    offsets = accumulate((width for _, width in present[:-1]), initial=0)
    return Record(packing, tuple(name for name, _ in present), tuple(offsets))

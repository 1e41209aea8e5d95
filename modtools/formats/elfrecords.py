"""How the entries of ELF's tables are unpacked: one `struct.Struct` for each kind of entry."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SIGNED: Final = "r_addend"


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of table entry: how to unpack it, and the names of its fields in that order."""

    packing: struct.Struct
    fields: tuple[str, ...]

    def getter(self, *names: str) -> itemgetter[tuple[int, ...]]:
        """What takes these fields, in this order, from an unpacked entry."""
        return itemgetter(*map(self.fields.index, names))


@dataclass(frozen=True, slots=True)
class Layout:
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
    return Record(struct.Struct("<>"[not little] + "".join(signed)), tuple(name for name, _ in present))

"""The symbols of a table by name, and whether two tables have the same."""

from __future__ import annotations

import zlib

import pytest

from modtools import profiles
from modtools.errors import FormatError
from modtools.profiles.exports import ByName, ExportedSymbol, decode, encode, same

SYMBOLS = [
    ExportedSymbol("a", 1, True, "", 0x1000, "T"),
    ExportedSymbol("a", 2, False, "", None),
    ExportedSymbol("b", None, False, "NS", 0x2000, "D"),
]


def test_a_name_finds_the_same_before_and_after_all_are_made() -> None:
    """Of two symbols with one name the first, and KeyError for none."""
    table = ByName(decode(encode(SYMBOLS)))
    before = table["a"], table.get("b"), table.get("c")
    assert list(table) == ["a", "b"]
    assert (table["a"], table.get("b"), table.get("c")) == before == (SYMBOLS[0], SYMBOLS[2], None)
    assert dict(table) == {"a": SYMBOLS[0], "b": SYMBOLS[2]}
    assert bool(table)
    assert not ByName(decode(encode(())))


def test_a_profiles_symbols_by_name_are_those_of_its_table() -> None:
    """All of them, looked up one by one and made at once."""
    exports = profiles.load().exports
    one_by_one = {name: ByName(exports)[name] for name in exports.names}
    assert dict(ByName(exports)) == one_by_one == {symbol.name: symbol for symbol in exports}


def test_tables_are_compared_by_what_is_in_them() -> None:
    """However hard they are packed; one other CRC is a difference, and what is no table is refused."""
    packed = encode(SYMBOLS, 9)
    assert same(packed, encode(SYMBOLS, zlib.Z_NO_COMPRESSION))
    assert not same(packed, encode([*SYMBOLS[:2], SYMBOLS[2]._replace(crc=3)]))
    assert not same(packed, encode(SYMBOLS[:2]))
    with pytest.raises(FormatError):
        same(packed, b"")

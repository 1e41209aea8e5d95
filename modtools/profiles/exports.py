"""The symbols that a kernel exports, in a table that answers a few lookups without building ten thousand objects.

Layout, integers little-endian:

    offset  size
    0       8     magic "pymodex1"
    8       4     n, the number of symbols
    12      4     N, bytes of the names
    16      4     M, bytes of the namespaces
    20      -     a zlib stream (RFC 1950) of these columns:
                  N    names, UTF-8, sorted by code point, a newline between two
                  M    namespaces, UTF-8, a newline between two; the first is empty: no namespace
                  n    flags: 1 GPL only, 2 the CRC is known, 4 the address is known; above them, times 8, the type as
                       an index into "?TRDBAVWSG"
                  2n   index into the namespaces
                  4n   CRC
                  8n   address

A column of integers is stored in planes: first the lowest byte of each row, then the second, and so on, because the
high bytes of addresses are alike and so compress to nothing. The table of one function `ab` at 0xffffffff81000000 with
CRC 0x12345678 unpacks to

    61 62 | | 0e | 00 00 | 78 56 34 12 | 00 00 00 81 ff ff ff ff
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from modtools.errors import FormatError
from modtools.light import NamedTuple

MAGIC = b"pymodex1"
_HEADER = struct.Struct("<8s3I")
_GPL, _HAS_CRC, _HAS_ADDRESS, _TYPE = 1, 2, 4, 8
_TYPES = "?TRDBAVWSG"
_WIDTHS = {"flags": 1, "namespace": 2, "crc": 4, "address": 8}
"""The columns of integers, in their order, and the bytes of each row."""
_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
_ROW = sum(_WIDTHS.values())
_LARGEST = 64 << 20
"""Bytes that a table may unpack to: a hundred times what Debian's kernel exports."""


class ExportedSymbol(NamedTuple):
    """A symbol that modules may link to. `crc` and `address` are None where they are not known.

    `type` is the letter that nm(1) and /proc/kallsyms have for it: T function, R constant, D and B (in small-data
    sections G and S) variable, A per-cpu variable, V and W weak; "?" where it is not known.
    """

    name: str
    crc: int | None
    gpl: bool
    namespace: str
    address: int | None
    type: str = "?"


class ExportTable:
    """The symbols of one kernel, by name. Of two symbols with one name the first is found."""

    def __init__(self, names: list[str], namespaces: list[str], columns: dict[str, bytes]) -> None:
        self._names, self._namespaces, self._columns = names, namespaces, columns
        self._met: dict[str, ExportedSymbol] = {}

    def get(self, name: str) -> ExportedSymbol | None:
        """Return the symbol of this name, or None."""
        found = self._met.get(name)
        if found is None:
            row = bisect_left(self._names, name)
            if row < len(self._names) and self._names[row] == name:
                found = self._met[name] = self._symbol(row)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[ExportedSymbol]:
        columns = (self._integers(column) for column in _WIDTHS)
        return map(self._made, self._names, *columns)

    def __len__(self) -> int:
        return len(self._names)

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names, sorted."""
        return tuple(self._names)

    def _symbol(self, row: int) -> ExportedSymbol:
        return self._made(self._names[row], *(self._integer(column, row) for column in _WIDTHS))

    def _made(self, name: str, flags: int, namespace: int, crc: int, address: int) -> ExportedSymbol:
        if namespace >= len(self._namespaces):
            raise FormatError(f"{name!r} is exported into namespace {namespace} of {len(self._namespaces)}")
        return ExportedSymbol(
            name,
            crc if flags & _HAS_CRC else None,
            bool(flags & _GPL),
            self._namespaces[namespace],
            address if flags & _HAS_ADDRESS else None,
            _TYPES[flags // _TYPE % len(_TYPES)],
        )

    def _integers(self, column: str) -> tuple[int, ...]:
        """Return a whole column."""
        count, width = len(self._names), _WIDTHS[column]
        rows = bytearray(count * width)
        for plane in range(width):
            rows[plane::width] = self._columns[column][plane * count : (plane + 1) * count]
        return struct.unpack(f"<{count}{_CODES[width]}", rows)

    def _integer(self, column: str, row: int) -> int:
        return int.from_bytes(self._columns[column][row :: len(self._names)], "little")


class ByName(Mapping[str, ExportedSymbol]):
    """The symbols of a table by name, the first of several with one name. All are made when all are asked for, and one
    by one until then.
    """

    def __init__(self, table: ExportTable) -> None:
        self._table = table

    @cached_property
    def _all(self) -> dict[str, ExportedSymbol]:
        found: dict[str, ExportedSymbol] = {}
        for symbol in self._table:
            found.setdefault(symbol.name, symbol)
        return found

    def __getitem__(self, name: str) -> ExportedSymbol:
        symbol = self._all.get(name) if "_all" in self.__dict__ else self._table.get(name)
        if symbol is None:
            raise KeyError(name)
        return symbol

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._table)


def same(one: bytes, other: bytes) -> bool:
    """Return whether two tables have the same content, however it is packed. Raises FormatError for what is none."""
    return vars(decode(one)) == vars(decode(other))


def encode(symbols: Iterable[ExportedSymbol], level: int = 9) -> bytes:
    """Return the bytes of a table, packed by zlib's `level`.

    Raises FormatError for a newline in a name, or a type that there is not.
    """
    rows = sorted(symbols, key=lambda symbol: symbol.name)
    namespaces = ["", *sorted({row.namespace for row in rows} - {""})]
    index = {namespace: at for at, namespace in enumerate(namespaces)}
    names_text, namespaces_text = text([row.name for row in rows]), text(namespaces)
    columns = {
        "flags": [_flags(row) for row in rows],
        "namespace": [index[row.namespace] for row in rows],
        "crc": [_crc(row) or 0 for row in rows],
        "address": [row.address or 0 for row in rows],
    }
    stream = b"".join(planes(columns[column], width) for column, width in _WIDTHS.items())
    header = _HEADER.pack(MAGIC, len(rows), len(names_text), len(namespaces_text))
    return header + zlib.compress(names_text + namespaces_text + stream, level)


def decode(data: bytes) -> ExportTable:
    """Return the symbols in the bytes of a table. Raises FormatError when they are none."""
    if len(data) < _HEADER.size or not data.startswith(MAGIC):
        raise FormatError(f"not a table of exported symbols: it starts with {data[:8]!r}", 0)
    _, count, names_size, namespaces_size = _HEADER.unpack_from(data)
    expected = names_size + namespaces_size + count * _ROW
    if expected > _LARGEST:
        raise FormatError(f"a table of {count} exported symbols would unpack to {expected} bytes", 8)
    stream = unpack(data, _HEADER.size, expected, "exported symbols")
    names = lines(stream[:names_size], count)
    at = names_size + namespaces_size
    namespaces = lines(stream[names_size:at], None)
    columns = {}
    for column, width in _WIDTHS.items():
        columns[column] = stream[at : at + width * count]
        at += width * count
    return ExportTable(names, namespaces, columns)


def unpack(data: bytes, start: int, size: int, what: str) -> bytes:
    """Return the columns of a table: so many bytes under zlib from `start` on. Raises FormatError for damaged or other
    ones.
    """
    unpacker = zlib.decompressobj()
    try:
        stream = unpacker.decompress(data[start:], size + 1)
    except zlib.error as error:
        raise FormatError(f"damaged table of {what} ({error})", start) from error
    if len(stream) != size or not unpacker.eof:
        raise FormatError(f"a table of {size} bytes of {what} unpacks to {len(stream)}", start)
    return stream


def _crc(row: ExportedSymbol) -> int | None:
    """Return the CRC; None for a number that no kernel's symbol has, as a damaged module may name one."""
    return row.crc if row.crc is not None and row.crc < 1 << 32 else None


def _flags(row: ExportedSymbol) -> int:
    known = _HAS_CRC * (_crc(row) is not None) | _HAS_ADDRESS * (row.address is not None)
    return _GPL * row.gpl | known | _TYPE * _TYPES.index(row.type)


def planes(values: list[int], width: int) -> bytes:
    """Return a column of integers of so many bytes each, plane by plane."""
    rows = b"".join(value.to_bytes(width, "little") for value in values)
    return b"".join(rows[plane::width] for plane in range(width))


def text(words: list[str]) -> bytes:
    """Return a column of words. Raises FormatError for a newline in one."""
    for word in words:
        if "\n" in word:
            raise FormatError(f"the name {word!r} has a newline in it, as no symbol of a kernel has")
    return "\n".join(words).encode("utf-8", "surrogateescape")


def lines(column: bytes, count: int | None) -> list[str]:
    """Return the words in a column. Raises FormatError if there are not `count` of them."""
    words = column.decode("utf-8", "surrogateescape").split("\n") if count != 0 else []
    if count is not None and len(words) != count:
        raise FormatError(f"a table of {count} exported symbols has {len(words)} names", _HEADER.size)
    return words

"""kmod's binary indexes, the writing side: modules.dep.bin and its sisters. How they are laid out tells `index.py`.

Source: kmod 34's `tools/depmod.c` (index_insert, index_write). Since kmod 33 a node stands before its children, which
follow in the order of their characters, each with all that is below it. The root has no prefix, even where all keys
begin alike: readers of kmod's own history depend on neither, but the bytes do.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from modtools.errors import FormatError
from modtools.formats.index import MAGIC, MAJOR

MINOR: Final = 1
_HAS_PREFIX, _HAS_VALUES, _HAS_CHILDREN, _OFFSET = 0x80000000, 0x40000000, 0x20000000, 0x0FFFFFFF
_HEADER: Final = struct.Struct(">III")
_NUMBER: Final = struct.Struct(">I")
_VALUE: Final = struct.Struct(">II")

Values = Sequence[tuple[int, str]]
"""What a key stands for: priority and text, as they will stand in the file."""


class IndexBuilder:
    """Collects keys and values. A key may have several values, in the order of their priority."""

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[int, str]]] = {}

    def add(self, key: str, value: str, priority: int = 0) -> bool:
        """Add a value in front of those with the same priority; whether the key had this very value already.

        Raises FormatError if the key or the value is not ASCII: an index cannot hold it.
        """
        if not (key.isascii() and value.isascii()):
            raise FormatError(not_ascii(key if value.isascii() else value))
        values = self._values.setdefault(key, [])
        known = bool(values) and any(text == value for _, text in values)
        if not values or values[-1][0] < priority:
            values.append((priority, value))
        else:
            values.insert(bisect_left(values, priority, key=itemgetter(0)), (priority, value))
        return known

    def encode(self) -> bytes:
        """The file."""
        return encode(self._values)


def not_ascii(text: str) -> str:
    """kmod's complaint about the first byte of a text that no index can hold."""
    data = text.encode("utf-8", "surrogateescape")
    byte = next(byte for byte in data if byte > 127)
    char = bytes([byte]).decode("utf-8", "surrogateescape")
    return f"Module index: bad character '{char}'=0x{byte:x} - only 7-bit ASCII is supported:\n{text}"


def encode(index: Mapping[str, Values]) -> bytes:
    """The file with these keys and their values; all must be ASCII. Raises FormatError if it would get too large."""
    data = b"".join(_Tree(index).pieces())
    if len(data) > _OFFSET:
        raise FormatError(f"an index of {len(data)} bytes cannot refer to all of itself")
    return data


class _Node(NamedTuple):
    """A node that is being written: where its references will be among the pieces, the character of the first one,
    the references so far, and its children that are still to come, as ranges of keys."""

    place: int
    first: int
    references: list[int]
    children: Iterator[tuple[int, int]]
    depth: int


class _Tree:
    """The tree of some keys. Sorted keys that begin alike stand together, so that each node is a range of them."""

    def __init__(self, index: Mapping[str, Values]) -> None:
        keys = sorted(index)
        self._values = [_packed(index[key]) for key in keys]
        self._keys = [key.encode() for key in keys]
        self._alike = [0, *map(_common, self._keys, self._keys[1:])]
        self._pieces: list[bytes] = [b""]
        self._offset = _HEADER.size

    def pieces(self) -> list[bytes]:
        """The parts of the file one after another."""
        root, node = self._begin(0, len(self._keys), 0, 0)
        self._pieces[0] = _HEADER.pack(MAGIC, MAJOR << 16 | MINOR, root)
        open_nodes = [node]
        while open_nodes:
            node = open_nodes[-1]
            for low, high in node.children:
                if self._add_child(node, low, high, open_nodes):
                    break
            else:
                self._pieces[node.place] = struct.pack(f">{len(node.references)}I", *node.references)
                open_nodes.pop()
        return self._pieces

    def _add_child(self, node: _Node, low: int, high: int, open_nodes: list[_Node]) -> bool:
        """Write a child; whether it has children of its own, which then come next."""
        slot = self._keys[low][node.depth] - node.first
        if high - low == 1:
            prefix = self._keys[low][node.depth + 1 :]
            piece = prefix + b"\0" + self._values[low] if prefix else self._values[low]
            node.references[slot] = (_HAS_PREFIX | _HAS_VALUES if prefix else _HAS_VALUES) | self._offset
            self._pieces.append(piece)
            self._offset += len(piece)
            return False
        node.references[slot], child = self._begin(low, high, node.depth + 1, min(self._alike[low + 1 : high]))
        open_nodes.append(child)
        return True

    def _begin(self, low: int, high: int, start: int, end: int) -> tuple[int, _Node]:
        """Write a node of keys that are alike up to `end`; its reference, and itself."""
        offset, flags, head, own = self._offset, 0, b"", b""
        if end > start:
            flags, head = _HAS_PREFIX, self._keys[low][start:end] + b"\0"
        if low < high and len(self._keys[low]) == end:
            flags, own = flags | _HAS_VALUES, self._values[low]
            low += 1
        first, references = 0, []
        if low < high:
            first, last = self._keys[low][end], self._keys[high - 1][end]
            flags, head = flags | _HAS_CHILDREN, head + bytes([first, last])
            references = [0] * (last - first + 1)
        self._pieces += (head, b"", own)
        self._offset += len(head) + 4 * len(references) + len(own)
        return flags | offset, _Node(len(self._pieces) - 2, first, references, self._groups(low, high, end), end)

    def _groups(self, low: int, high: int, end: int) -> Iterator[tuple[int, int]]:
        """The ranges of keys that have the character at `end` in common."""
        if low == high:
            return
        for _ in range(self._alike[low + 1 : high].count(end)):
            at = self._alike.index(end, low + 1, high)
            yield low, at
            low = at
        yield low, high


def _common(first: bytes, second: bytes) -> int:
    """How many bytes two different keys have in common at their beginning."""
    size = max(len(first), len(second))
    difference = int.from_bytes(first.ljust(size, b"\0"), "big") ^ int.from_bytes(second.ljust(size, b"\0"), "big")
    return size - (difference.bit_length() + 7) // 8


def _packed(values: Values) -> bytes:
    """The values of one key as they stand in a node."""
    if len(values) == 1:
        ((priority, text),) = values
        return _VALUE.pack(1, priority) + text.encode() + b"\0"
    texts = (_NUMBER.pack(priority) + text.encode() + b"\0" for priority, text in values)
    return _NUMBER.pack(len(values)) + b"".join(texts)

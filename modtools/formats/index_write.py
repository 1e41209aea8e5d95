"""kmod's binary indexes, the writing side: modules.dep.bin and its sisters. How they are laid out tells `index.py`.

Source: kmod 34's `tools/depmod.c` (index_insert, index_write). Since kmod 33 a node stands before its children, which
follow in the order of their characters, each with all that is below it. The root has no prefix, even where all keys
begin alike: readers of kmod's own history depend on neither, but the bytes do.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final

from modtools.errors import FormatError
from modtools.formats.index import MAGIC, MAJOR

MINOR: Final = 1
_HAS_PREFIX, _HAS_VALUES, _HAS_CHILDREN, _OFFSET = 0x80000000, 0x40000000, 0x20000000, 0x0FFFFFFF
_HEADER: Final = struct.Struct(">III")
_NUMBER: Final = struct.Struct(">I")
_VALUE: Final = struct.Struct(">II")
_ONE_SIZE: Final = 1 + _NUMBER.size
"""Bytes in front of the only value of a key: a zero byte and the number of values."""

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
        values = self._values.get(key)
        if values is None:
            self._values[key] = [(priority, value)]
            return False
        known = any(text == value for _, text in values)
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
    names = sorted(index)
    tree = _Tree([name.encode() for name in names], [_packed(index[name]) for name in names])
    tree.write()
    data = b"".join(tree.pieces)
    if len(data) > _OFFSET:
        raise FormatError(f"an index of {len(data)} bytes cannot refer to all of itself")
    return data


@dataclass(slots=True)
class _Node:
    """A node whose children are being written.

    Its keys are alike up to the character at `depth`, by which a child is told; `first` is the smallest of these.
    `children` are ranges of keys, the next one last. `place` is where among the pieces its references belong.
    """

    depth: int
    place: int
    first: int
    references: list[int]
    children: list[tuple[int, int]]


class _Tree:
    """Writes sorted keys and their packed values. Keys that begin alike stand together: a node is a range of them."""

    def __init__(self, keys: list[bytes], values: list[bytes]) -> None:
        self._keys = keys
        self._values = values
        self._offset = _HEADER.size
        self.pieces: list[bytes] = [b""]

    def write(self) -> None:
        """Fill `pieces` with the parts of the file."""
        root, node = self._begin(0, len(self._keys), 0, 0)
        self.pieces[0] = _HEADER.pack(MAGIC, MAJOR << 16 | MINOR, root)
        above = [node]
        while above:
            node = self._write_leaves(above[-1])
            if node.children:
                low, high = node.children.pop()
                slot = self._keys[low][node.depth] - node.first
                start = node.depth + 1
                node.references[slot], child = self._begin(low, high, start, self._alike(low, high, start))
                above.append(child)
            else:
                self.pieces[node.place] = struct.pack(f">{len(node.references)}I", *node.references)
                above.pop()

    def _write_leaves(self, node: _Node) -> _Node:
        """Write the next children of a node up to one that has children, too. Returns the node."""
        keys, values, children, first, depth = self._keys, self._values, node.children, node.first, node.depth
        references, append, offset = node.references, self.pieces.append, self._offset
        while children and children[-1][1] - children[-1][0] == 1:
            at = children.pop()[0]
            key = keys[at]
            prefix = key[depth + 1 :]
            references[key[depth] - first] = offset | (_HAS_PREFIX | _HAS_VALUES if prefix else _HAS_VALUES)
            piece = prefix + values[at] if prefix else values[at][1:]
            append(piece)
            offset += len(piece)
        self._offset = offset
        return node

    def _alike(self, low: int, high: int, start: int) -> int:
        """Up to where the keys of a range, alike up to `start`, are alike: the first and the last of them decide."""
        first, last = self._keys[low], self._keys[high - 1]
        end, shorter = start, min(len(first), len(last))
        while end < shorter and first[end] == last[end]:
            end += 1
        return end

    def _begin(self, low: int, high: int, start: int, end: int) -> tuple[int, _Node]:
        """Write a node of keys that are alike up to `end`; its reference, and itself."""
        offset, flags, head, own = self._offset, 0, b"", b""
        if end > start:
            flags, head = _HAS_PREFIX, self._keys[low][start:end] + b"\0"
        if low < high and len(self._keys[low]) == end:
            flags, own = flags | _HAS_VALUES, self._values[low][1:]
            low += 1
        first, references, children = self._divide(low, high, end) if low < high else (0, [], [])
        if children:
            flags, head = flags | _HAS_CHILDREN, head + bytes((first, first + len(references) - 1))
        node = _Node(end, len(self.pieces) + 1, first, references, children)
        self.pieces += (head, b"", own)
        self._offset += len(head) + 4 * len(references) + len(own)
        return flags | offset, node

    def _divide(self, low: int, high: int, depth: int) -> tuple[int, list[int], list[tuple[int, int]]]:
        """The smallest character at `depth`, room for the references from it to the largest, and the children."""
        chars = bytes([key[depth] for key in self._keys[low:high]])
        first, end = chars[0], high - low
        children = []
        while end:
            start = chars.index(chars[end - 1])
            children.append((low + start, low + end))
            end = start
        return first, [0] * (chars[-1] - first + 1), children


def _packed(values: Values) -> bytes:
    """A zero byte, which ends a node's prefix if it has one, and the values of a key as they stand in the node."""
    if len(values) == 1:
        return _packed_one(values[0])
    return b"\0" + _NUMBER.pack(len(values)) + b"".join(_packed_one(value)[_ONE_SIZE:] for value in values)


@cache
def _packed_one(value: tuple[int, str]) -> bytes:
    priority, text = value
    return b"\0" + _VALUE.pack(1, priority) + text.encode() + b"\0"

"""kmod's binary indexes, the writing side: modules.dep.bin and the like. `index.py` describes their layout.

Source: kmod 34's `tools/depmod.c` (index_insert, index_write). Since kmod 33 a node stands before its children, which
follow in the order of their characters, each with all that is below it. The root has no prefix, even where all keys
begin alike: readers of kmod's own history depend on neither, but the bytes do.
"""

from __future__ import annotations

import struct
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Final

from modtools.errors import FormatError
from modtools.formats.index import HAS_CHILDREN, HAS_PREFIX, HAS_VALUES, HEADER, MAGIC, MAJOR, NUMBER, OFFSET

MINOR: Final = 1

Values = Sequence[tuple[int, str]]
"""What a key stands for: priority and text, as they will stand in the file."""
_Values = tuple[tuple[int, str], ...]


class IndexBuilder:
    """Collects keys and values. A key may have several values, in the order of their priority."""

    def __init__(self) -> None:
        self._values: dict[str, _Values] = {}

    def add(self, key: str, value: str, priority: int = 0) -> bool:
        """Add a value in front of those with the same priority; whether the key had this very value already.

        Raises FormatError if the key or the value is not ASCII: an index cannot hold it.
        """
        if not (key.isascii() and value.isascii()):
            raise FormatError(not_ascii(key if value.isascii() else value))
        values = self._values.get(key)
        if values is None:
            self._values[key] = ((priority, value),)
            return False
        known = any(text == value for _, text in values)
        at = bisect_left(values, priority, key=itemgetter(0))
        self._values[key] = (*values[:at], (priority, value), *values[at:])
        return known

    def add_all(self, keys: Sequence[str], value: str, priority: int = 0) -> list[str]:
        """Add a value to many keys, all of them ASCII, as `add` does to one. Returns the keys that had it already."""
        new = dict.fromkeys(keys, ((priority, value),))
        if len(new) == len(keys) and self._values.keys().isdisjoint(new):
            self._values.update(new)
            return []
        return [key for key in keys if self.add(key, value, priority)]

    def encode(self) -> bytes:
        """Return the content of the index file. Raises FormatError if it would get too large."""
        return encode(self._values)


def not_ascii(text: str) -> str:
    """Return kmod's message about the first byte of a text that is not ASCII, so that no index can hold it."""
    data = text.encode("utf-8", "surrogateescape")
    byte = next(byte for byte in data if byte > 127)
    char = bytes([byte]).decode("utf-8", "surrogateescape")
    return f"Module index: bad character '{char}'=0x{byte:x} - only 7-bit ASCII is supported:\n{text}"


def encode(index: Mapping[str, Values]) -> bytes:
    """Return the file with these keys and values, which must be ASCII. Raises FormatError if it gets too large."""
    names = sorted(index)
    values = list(map(_Packed().__getitem__, map(tuple, map(index.__getitem__, names))))
    tree = _Tree([name.encode() for name in names], values)
    with _room_for(max(map(len, names), default=0)):
        root = tree.write(0, len(names), 0)
    tree.pieces[0] = HEADER.pack(MAGIC, MAJOR << 16 | MINOR, root)
    data = b"".join(tree.pieces)
    if len(data) > OFFSET:
        raise FormatError(f"an index of {len(data)} bytes is too large: its offsets have 28 bits")
    return data


class _Packed(dict[_Values, bytes]):
    """Values as they stand in a node, with a zero byte before, which ends the node's prefix if it has one."""

    def __missing__(self, values: _Values) -> bytes:
        texts = (NUMBER.pack(priority) + text.encode() + b"\0" for priority, text in values)
        self[values] = packed = b"\0" + NUMBER.pack(len(values)) + b"".join(texts)
        return packed


@contextmanager
def _room_for(depth: int) -> Iterator[None]:
    """Raise Python's limit of recursion for `write` and `_children`, which call each other once for each level."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 2 * depth)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


class _Tree:
    """Writes sorted keys and their packed values. Keys that begin alike stand together: a node is a range of them."""

    def __init__(self, keys: list[bytes], values: list[bytes]) -> None:
        self._keys = keys
        self._values = values
        self._offset = HEADER.size
        self.pieces: list[bytes] = [b""]

    def write(self, low: int, high: int, start: int) -> int:
        """Write the node of keys[low:high], which are alike up to `start`, and all below it; the reference to it."""
        offset, flags, head, own = self._offset, 0, b"", b""
        end = _common_end(self._keys[low], self._keys[high - 1], start) if start else 0
        if end > start:
            flags, head = HAS_PREFIX, self._keys[low][start:end] + b"\0"
        if low < high and len(self._keys[low]) == end:
            flags, own = flags | HAS_VALUES, self._values[low][1:]
            low += 1
        if low == high:
            self.pieces.append(head + own)
            self._offset += len(head) + len(own)
            return flags | offset
        chars = bytes([key[end] for key in self._keys[low:high]])
        head += bytes((chars[0], chars[-1]))
        count = chars[-1] - chars[0] + 1
        place = len(self.pieces) + 1
        self.pieces += (head, b"", own)
        self._offset += len(head) + 4 * count + len(own)
        self.pieces[place] = struct.pack(f">{count}I", *self._children(chars, low, end, count))
        return flags | HAS_CHILDREN | offset

    def _children(self, chars: bytes, low: int, depth: int, count: int) -> list[int]:
        """Write the children of a node whose keys from `low` on have these characters; the references to them."""
        keys, values, append = self._keys, self._values, self.pieces.append
        references = [0] * count
        first, depth, at, end = chars[0], depth + 1, 0, len(chars)
        while at < end:
            char, begin = chars[at], at
            at += 1
            if at < end and chars[at] == char:
                at = chars.rindex(char, at) + 1
                references[char - first] = self.write(low + begin, low + at, depth)
                continue
            prefix = keys[low + begin][depth:]
            flags, piece = HAS_VALUES, values[low + begin]
            if prefix:
                flags, piece = HAS_PREFIX | HAS_VALUES, prefix + piece
            else:
                piece = piece[1:]
            references[char - first] = self._offset | flags
            append(piece)
            self._offset += len(piece)
        return references


def _common_end(first: bytes, last: bytes, start: int) -> int:
    """Return how many bytes sorted keys have in common, at least `start`, from the first and the last one."""
    end, shorter = start, min(len(first), len(last))
    while end < shorter and first[end] == last[end]:
        end += 1
    return end

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
from typing import Final

from modtools.errors import FormatError
from modtools.formats.index import MAGIC, MAJOR

MINOR: Final = 1
_HAS_PREFIX, _HAS_VALUES, _HAS_CHILDREN, _OFFSET = 0x80000000, 0x40000000, 0x20000000, 0x0FFFFFFF
_ROOT_PLACE: Final = 8
_NUMBER: Final = struct.Struct(">I")
_VALUE: Final = struct.Struct(">II")
_FEW: Final = 8
"""Up to how many keys a look at each is faster than a search for the last that shares a character."""

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
    keys = sorted(key.encode() for key in index)
    values = [_packed(index[key.decode()]) for key in keys]
    out = bytearray(struct.pack(">III", MAGIC, MAJOR << 16 | MINOR, 0))
    # What is still to be written: the node of keys[low:high], alike up to `depth`, and the place of its reference.
    waiting = [(0, len(keys), 0, _ROOT_PLACE)]
    while waiting:
        low, high, depth, place = waiting.pop()
        offset = len(out)
        if high - low == 1 and depth:
            _NUMBER.pack_into(out, place, _write_leaf(out, keys[low][depth:], values[low]) | offset)
            continue
        end = _common(keys[low], keys[high - 1], depth) if depth else 0
        flags = _HAS_PREFIX if end > depth else 0
        if flags:
            out += keys[low][depth:end] + b"\0"
        own = values[low] if low < high and len(keys[low]) == end else b""
        children = list(_children(keys, low + bool(own), high, end))
        if children:
            flags |= _HAS_CHILDREN
            waiting += _write_references(out, keys, children, end)
        if own:
            flags |= _HAS_VALUES
            out += own
        _NUMBER.pack_into(out, place, flags | offset)
    if len(out) > _OFFSET:
        raise FormatError(f"an index of {len(out)} bytes cannot refer to all of itself")
    return bytes(out)


def _packed(values: Values) -> bytes:
    """The values of one key as they stand in a node."""
    if len(values) == 1:
        ((priority, text),) = values
        return _VALUE.pack(1, priority) + text.encode() + b"\0"
    texts = (_NUMBER.pack(priority) + text.encode() + b"\0" for priority, text in values)
    return _NUMBER.pack(len(values)) + b"".join(texts)


def _write_leaf(out: bytearray, prefix: bytes, values: bytes) -> int:
    """Write a node without children; the flags that its reference needs."""
    if not prefix:
        out += values
        return _HAS_VALUES
    out += prefix + b"\0" + values
    return _HAS_PREFIX | _HAS_VALUES


def _common(first: bytes, last: bytes, start: int) -> int:
    """Up to where two keys, alike up to `start`, are alike; of sorted keys those between are so, too."""
    end, shorter = start, min(len(first), len(last))
    while end < shorter and first[end] == last[end]:
        end += 1
    return end


def _children(keys: list[bytes], low: int, high: int, at: int) -> Iterator[tuple[int, int]]:
    """The groups of sorted keys that share the character `at`, as pairs of first and last + 1."""
    while low < high:
        char = keys[low][at]
        if keys[high - 1][at] == char:
            end = high
        elif high - low <= _FEW:
            end = low + 1
            while keys[end][at] == char:
                end += 1
        else:
            end = bisect_left(keys, keys[low][:at] + bytes([char + 1]), low, high)
        yield low, end
        low = end


def _write_references(
    out: bytearray, keys: list[bytes], children: list[tuple[int, int]], at: int
) -> Iterator[tuple[int, int, int, int]]:
    """Write a node's references, still empty, and tell its children as they are to be written, the last one first."""
    first, last = keys[children[0][0]][at], keys[children[-1][0]][at]
    out += bytes([first, last])
    start = len(out) - 4 * first
    out += bytes(4 * (last - first + 1))
    return ((low, high, at + 1, start + 4 * keys[low][at]) for low, high in reversed(children))

"""kmod's binary indexes, modules.dep.bin and the like: a radix tree that is searched where it lies in the file.

Source: the opening comment of kmod's `libkmod/libkmod-index.c` and the writer in `tools/depmod.c`. All numbers are 32
bits, most significant byte first.

    0   magic     b0 07 f4 57
    4   version   major << 16 | minor: 00 02 00 01; another major is another format
    8   root      a reference to the root node

A reference is a file offset in its low 28 bits (0: no node) and in its high bits which parts the node has:

    8.......  prefix:   characters, then a zero byte
    4.......  values:   their number, then for each its priority, characters and a zero byte
    2.......  children: one byte first, one byte last, then last - first + 1 references

They stand in the order prefix, children, values. A child belongs to one character and goes on after it; a key is the
characters on the way from the root, prefixes included. Its values are in the order of their priority. Where the nodes
lie means nothing: depmod wrote children before parents up to kmod 33 and writes parents first since.

An index of the keys `ask` (value `A`) and `ate` (value `B`):

    00  b0 07 f4 57  00 02 00 01  a0 00 00 0c     root at 0c, has prefix and children
    0c  61 00  73 74  c0 00 00 18  c0 00 00 24    prefix "a"; children "s" at 18 and "t" at 24
    18  6b 00  00 00 00 01  00 00 00 00  41 00    prefix "k"; one value, priority 0, "A"
    24  65 00  00 00 00 01  00 00 00 01  42 00    prefix "e"; one value, priority 1, "B"

In modules.alias.bin and modules.symbols.bin the keys are patterns, so a lookup goes down the tree along the text until
a key's wildcard, and compares whole keys from there on.
"""

from __future__ import annotations

import mmap
import struct

from modtools.errors import FormatError
from modtools.formats.pattern import WILD, matches
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final, TypeAlias

Buffer: TypeAlias = bytes | mmap.mmap

MAGIC: Final = 0xB007F457
MAJOR: Final = 2
HAS_PREFIX, HAS_VALUES, HAS_CHILDREN, OFFSET = 0x80000000, 0x40000000, 0x20000000, 0x0FFFFFFF
"""The bits of a reference."""
LIMIT: Final = OFFSET + 1
"""Bytes above which a file is no index: its offsets have 28 bits."""
_KEY_CHARACTERS: Final = 128
_LONGEST_KEY: Final = 1 << 14
"""Characters; four times as many as depmod leaves of an alias."""
_TIMES: Final = 8
"""How often each byte of an index may be read for one question."""
_ENDLESS: Final = "the nodes of the index form a cycle, or one stands in too many places"
HEADER: Final = struct.Struct(">III")
NUMBER: Final = struct.Struct(">I")
_WILD_BYTES: Final = tuple(sorted(map(ord, WILD)))
_NOT_LITERAL: Final = frozenset(b"?[\\")
"""Characters of a pattern, besides the star, that do not stand for themselves."""


class IndexHeader(NamedTuple):
    """The head of an index: numbers as they stand there."""

    magic: int
    version: int
    root: int


class _Node(NamedTuple):
    """A node as it lies in the file: `children` and `values` are offsets, of references and of `number` values."""

    prefix: bytes
    first: int
    last: int
    children: int
    values: int
    number: int


def read_header(data: Buffer) -> IndexHeader:
    """Return the head of an index, whatever it says. Raises FormatError if there are not even 12 bytes."""
    if len(data) < HEADER.size:
        raise FormatError(f"an index of {len(data)} bytes is too short for its header", 0)
    return IndexHeader(*HEADER.unpack_from(data))


class Index:
    """One index. Raises FormatError if the data is none; what is damaged further inside is not found, as for kmod.

    Each of its methods raises FormatError where nodes lie within one another so that kmod would come to no end.
    """

    def __init__(self, data: Buffer) -> None:
        header = read_header(data)
        if header.magic != MAGIC:
            raise FormatError(f"magic {header.magic:08x} instead of {MAGIC:08x}", 0)
        if header.version >> 16 != MAJOR:
            raise FormatError(f"index version {header.version >> 16} instead of {MAJOR}", 4)
        self._data = data
        self._root = header.root

    def first(self, key: str) -> str | None:
        """Return the first value of exactly this key, or None."""
        rest = _encoded(key)
        nodes = _Nodes(self._data)
        node = nodes.at(self._root)
        while node is not None and rest.startswith(node.prefix):
            rest = rest[len(node.prefix) :]
            if not rest:
                return next((value for _, value in nodes.values(node)), None)
            node, rest = nodes.child(node, rest[0]), rest[1:]
        return None

    def matching(self, text: str, *, mapped: bool = True) -> list[str]:
        """Return the values of all keys that, as patterns, match the text, by priority.

        kmod has two readers, of indexes that are `mapped` and of others, which list equal ones in another order.
        """
        sought = _encoded(text)
        nodes = _Nodes(self._data, sum(map(sought.count, _WILD_BYTES)))
        found = [value for node in nodes.candidates(self._root, sought) for value in nodes.ordered(node, mapped)]
        # Of equal priorities kmod lists the one found last first.
        found.reverse()
        return [value for _, value in sorted(found, key=_priority)]

    def items(self, *, mapped: bool = True) -> Iterator[tuple[str, str]]:
        """Yield all pairs of key and value, by key and then priority."""
        nodes = _Nodes(self._data)
        for key, node in nodes.below(nodes.at(self._root), b""):
            for _, value in nodes.ordered(node, mapped):
                yield _decoded(key), value


class _Nodes:
    """Reads the nodes for one question, and raises FormatError where there is no end to them.

    In a sound index no byte belongs to two nodes, so none is read twice, but for below the wildcards that the text has
    itself (`more`). Damage makes a node stand in several places, and kmod reads it in each. What would be read more
    than `_TIMES` is taken for endless.
    """

    def __init__(self, data: Buffer, more: int = 0) -> None:
        self._data = data
        self._left = len(data) * (_TIMES + more)

    def candidates(self, root: int, text: bytes) -> Iterator[_Node]:
        """Yield the nodes whose keys match the text."""
        node = self.at(root)
        while node is not None:
            plain = _literal(node.prefix)
            if not text.startswith(plain):
                return
            text = text[len(plain) :]
            if len(plain) < len(node.prefix):
                yield from self._matching_below(node._replace(prefix=node.prefix[len(plain) :]), b"", text)
                return
            for char in _WILD_BYTES:
                if (below := self.child(node, char)) is not None:
                    yield from self._matching_below(below, bytes([char]), text)
            if not text:
                yield node
                return
            node, text = self.child(node, text[0]), text[1:]

    def _matching_below(self, node: _Node, start: bytes, text: bytes) -> Iterator[_Node]:
        """Yield the nodes from this one on whose keys, counted from `start`, match the text."""
        shown = _decoded(text)
        for key, below in self.below(node, start, lambda key: _may_match(key, text)):
            if below.number and matches(_decoded(key), shown):
                yield below

    def below(
        self, root: _Node | None, start: bytes, wanted: Callable[[bytes], bool] = lambda _: True
    ) -> Iterator[tuple[bytes, _Node]]:
        """This node and all below it with their keys, which begin with `start`.

        What is below a key that is not `wanted` is left out.
        """
        waiting = [] if root is None else [(start + root.prefix, root)]
        while waiting:
            key, node = waiting.pop()
            if len(key) > _LONGEST_KEY:
                raise FormatError(_ENDLESS)
            if not wanted(key):
                continue
            yield key, node
            for char in range(node.last, node.first - 1, -1):
                child = self.child(node, char)
                if child is not None:
                    waiting.append((key + bytes([char]) + child.prefix, child))

    def child(self, node: _Node, char: int) -> _Node | None:
        """Return the child for this character, if there is one."""
        if not node.first <= char <= node.last:
            return None
        return self.at(self._number(node.children + 4 * (char - node.first)))

    def at(self, reference: int) -> _Node | None:
        """Return the node that a reference leads to, or None if that is none or not in the file."""
        start = at = reference & OFFSET
        if not 0 < at < len(self._data):
            return None
        prefix = b""
        if reference & HAS_PREFIX:
            prefix, at = self._string(at)
        first, last, children = _KEY_CHARACTERS, 0, 0
        if reference & HAS_CHILDREN:
            if at + 2 > len(self._data):
                return None
            first, last, children = self._data[at], self._data[at + 1], at + 2
            if not first <= last < _KEY_CHARACTERS:
                return None
            at = children + 4 * (last - first + 1)
        self._take(min(at, len(self._data)) - start)
        number = self._number(at) if reference & HAS_VALUES else 0
        return _Node(prefix, first, last, children, at + 4, number)

    def ordered(self, node: _Node, mapped: bool) -> list[tuple[int, str]]:
        """Return the values of a node in the order of the file; for the reader without mmap equal ones backwards."""
        values = list(self.values(node))
        if not mapped:
            values.reverse()
            values.sort(key=_priority)
        return values

    def values(self, node: _Node) -> Iterator[tuple[int, str]]:
        """Yield the values of a node with their priorities, as they stand in the file."""
        at = node.values
        for _ in range(node.number):
            if at + 4 > len(self._data):
                return
            value, end = self._string(at + 4)
            self._take(end - at)
            yield self._number(at), _decoded(value)
            at = end

    def _take(self, count: int) -> None:
        """Count bytes that were read. Raises FormatError if all of them are too many."""
        self._left -= count
        if self._left < 0:
            raise FormatError(_ENDLESS)

    def _string(self, at: int) -> tuple[bytes, int]:
        """Return the characters up to a zero byte, and what offset follows it."""
        end = self._data.find(b"\0", at)
        end = len(self._data) if end < 0 else end
        return self._data[at:end], end + 1

    def _number(self, at: int) -> int:
        """Return the number at an offset, 0 outside the file."""
        return NUMBER.unpack_from(self._data, at)[0] if at + 4 <= len(self._data) else 0


def _priority(value: tuple[int, str]) -> int:
    return value[0]


def _literal(prefix: bytes) -> bytes:
    """Return what stands before the first wildcard."""
    if len(prefix.translate(None, bytes(_WILD_BYTES))) == len(prefix):
        return prefix
    return prefix[: next(at for at, char in enumerate(prefix) if char in _WILD_BYTES)]


def _may_match(start: bytes, text: bytes) -> bool:
    """Return whether a pattern that starts so may match the text; False where no end could make it match."""
    return not _NOT_LITERAL.isdisjoint(start) or start.rpartition(b"*")[2] in text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")

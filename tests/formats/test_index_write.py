"""kmod's binary indexes, written: the bytes that a tree has into which keys are put one by one, as depmod does."""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats.index import Index
from modtools.formats.index_write import IndexBuilder, encode

ADDED = st.lists(
    st.tuples(st.text("ab*?~\x01", max_size=6), st.text("xyz", max_size=2), st.integers(0, 3)), max_size=12
)
"""Keys, values and priorities in the order in which they are added."""


@dataclass
class Node:
    """A node of the dumb tree: one for each character, so that there are no prefixes."""

    values: list[tuple[int, str]] = field(default_factory=list)
    children: dict[str, Node] = field(default_factory=dict)

    def put(self, key: str, value: str, priority: int) -> None:
        """Add a value, in front of the first one whose priority is not smaller."""
        if key:
            self.children.setdefault(key[0], Node()).put(key[1:], value, priority)
            return
        at = 0
        while at < len(self.values) and self.values[at][0] < priority:
            at += 1
        self.values.insert(at, (priority, value))

    def written(self, offset: int, prefix: str = "") -> tuple[int, bytes]:
        """The reference to this node at an offset, and its bytes with all below it.

        A node without values and with one child only is its child's prefix.
        """
        flags, head = (0x80000000, prefix.encode() + b"\0") if prefix else (0, b"")
        own = b""
        if self.values:
            flags |= 0x40000000
            own = struct.pack(">I", len(self.values))
            own += b"".join(struct.pack(">I", number) + text.encode() + b"\0" for number, text in self.values)
        if not self.children:
            return flags | offset, head + own
        first, last = ord(min(self.children)), ord(max(self.children))
        count = last - first + 1
        at = offset + len(head) + 2 + 4 * count + len(own)
        references, below = [0] * count, b""
        for char in sorted(self.children):
            references[ord(char) - first], data = self.children[char].joined(at + len(below))
            below += data
        table = bytes([first, last]) + struct.pack(f">{count}I", *references)
        return flags | 0x20000000 | offset, head + table + own + below

    def joined(self, offset: int) -> tuple[int, bytes]:
        """The same, with the characters of nodes that are only on the way to others as the prefix."""
        node, prefix = self, ""
        while not node.values and len(node.children) == 1:
            ((char, node),) = node.children.items()
            prefix += char
        return node.written(offset, prefix)


def dumb(added: list[tuple[str, str, int]]) -> bytes:
    """The whole file; the root is never joined with its child."""
    root = Node()
    for row in added:
        root.put(*row)
    reference, data = root.written(12)
    return struct.pack(">III", 0xB007F457, 0x00020001, reference) + data


def built(added: list[tuple[str, str, int]]) -> bytes:
    """The file that pymod writes."""
    index = IndexBuilder()
    for row in added:
        index.add(*row)
    return index.encode()


@given(added=ADDED)
def test_the_bytes_are_those_of_a_tree_filled_one_by_one(added: list[tuple[str, str, int]]) -> None:
    """Whatever is added in whatever order, the file has the nodes, prefixes and values that a plain tree comes to."""
    assert built(added) == dumb(added)


@given(added=ADDED)
def test_all_that_was_added_is_found(added: list[tuple[str, str, int]]) -> None:
    """The reading side finds each key with its values by their priority, the ones added last first among equals."""
    index = Index(built(added))
    expected: dict[str, list[tuple[int, int, str]]] = {}
    for number, (key, value, priority) in enumerate(added):
        expected.setdefault(key, []).append((priority, -number, value))
    assert list(index.items()) == [(key, row[2]) for key in sorted(expected) for row in sorted(expected[key])]
    assert all(index.first(key) == min(rows)[2] for key, rows in expected.items())


@given(added=ADDED)
def test_a_value_that_is_there_is_told(added: list[tuple[str, str, int]]) -> None:
    """Adding a value tells whether its key had that very value."""
    index, seen = IndexBuilder(), set()
    for key, value, priority in added:
        assert index.add(key, value, priority) == ((key, value) in seen)
        seen.add((key, value))


def test_keys_within_keys() -> None:
    """Four thousand keys, each the beginning of the next, are no deeper than Python allows."""
    limit = sys.getrecursionlimit()
    added = [("a" * length, "x", 0) for length in range(1, 4096)]
    assert len(list(Index(built(added)).items())) == 4095
    assert sys.getrecursionlimit() == limit


def test_only_ascii() -> None:
    """What is not ASCII cannot be added, and kmod's words say which character it was."""
    index = IndexBuilder()
    for key, value in (("a\udcffb", "x"), ("x", "a\udcffb")):
        with pytest.raises(FormatError, match="bad character '\udcff'=0xff - only 7-bit ASCII is supported:\na\udcffb"):
            index.add(key, value)
    assert index.encode() == encode({})


def test_an_index_that_is_too_large() -> None:
    """References have 28 bits; an index for which they do not suffice is refused."""
    value = "x" * (1 << 26)
    with pytest.raises(FormatError, match="is too large"):
        encode({key: [(0, value)] for key in "abcde"})

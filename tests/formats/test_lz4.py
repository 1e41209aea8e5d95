"""Kernels packed with lz4 are unpacked; the reference is a packer and an unpacker that go byte by byte."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import kernelimage, lz4


class Sequence(NamedTuple):
    """Literals, and how many bytes to copy from how far back."""

    literals: bytes
    copied: int = 0
    back: int = 0


def block(sequences: list[Sequence]) -> bytes:
    """The block of some sequences; the last one has literals only."""
    parts = []
    for sequence in sequences:
        copied = sequence.copied - 4 if sequence.copied else 0
        literals = len(sequence.literals)
        parts += [bytes([min(literals, 15) << 4 | min(copied, 15)]), more(literals), sequence.literals]
        if sequence.copied:
            parts += [sequence.back.to_bytes(2, "little"), more(copied)]
    return b"".join(parts)


def more(count: int) -> bytes:
    """The bytes that are added to a count of 15."""
    return b"" if count < 15 else b"\xff" * ((count - 15) // 255) + bytes([(count - 15) % 255])


def meant(sequences: list[Sequence]) -> bytes:
    """What they stand for."""
    output = bytearray()
    for sequence in sequences:
        output += sequence.literals
        for _ in range(sequence.copied):
            output.append(output[-sequence.back])
    return bytes(output)


def file(*blocks: bytes) -> bytes:
    """A file of blocks, with the size behind it that Linux adds."""
    return lz4.MAGIC + b"".join(len(one).to_bytes(4, "little") + one for one in blocks) + bytes(4)


@st.composite
def several(draw: st.DrawFn) -> list[Sequence]:
    """Sequences that copy only what is there, as often more than once as not."""
    found, size = [], 0
    for _ in range(draw(st.integers(0, 6))):
        literals = draw(st.binary(min_size=not size, max_size=draw(st.sampled_from([3, 16, 300]))))
        size += len(literals)
        back, count = draw(st.integers(1, size)), draw(st.sampled_from([4, 5, 18, 19, 20, 274, 600]))
        found.append(Sequence(literals, count, back))
        size += count
    return [*found, Sequence(draw(st.binary(max_size=20)))]


@given(st.lists(several(), min_size=1, max_size=3))
def test_what_was_packed_is_unpacked(blocks: list[list[Sequence]]) -> None:
    """Literals and copies of all lengths, also of what is being copied, in blocks for themselves."""
    packed, whole = file(*map(block, blocks)), b"".join(map(meant, blocks))
    assert lz4.unpack(packed, 1 << 20) == (whole, True)
    assert lz4.unpack(packed[:-4] + packed, 1 << 20) == (whole * 2, True)


def test_the_examples_of_the_document() -> None:
    """As the module's docstring has them."""
    assert lz4.unpack(file(bytes.fromhex("5068656c6c6f")), 99) == (b"hello", True)
    assert lz4.unpack(file(bytes.fromhex("1461010000")), 99) == (b"a" * 9, True)


@given(several(), st.data())
def test_a_damaged_file_is_refused_or_unpacked(sequences: list[Sequence], data: st.DataObject) -> None:
    """Cut or changed anywhere."""
    packed = bytearray(file(block(sequences)))
    packed[data.draw(st.integers(4, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        output, _ = lz4.unpack(bytes(packed[: data.draw(st.integers(4, len(packed)))]), 1 << 20)
    except FormatError:
        return
    assert len(output) <= 8 << 20


@pytest.mark.parametrize("tail", [b"\xff" * (1 << 20) + b"\0", b"\xff" * 100])
def test_a_copy_without_end_is_refused(tail: bytes) -> None:
    """Before memory is taken for it; and one whose length never ends."""
    with pytest.raises(FormatError, match="a block of lz4 is damaged"):
        lz4.unpack(file(b"\x1fa\x01\x00" + tail), 1 << 30)


def test_more_than_the_limit_is_not_unpacked() -> None:
    """It is said that this is not all."""
    large = block([Sequence(b"a", 1 << 20, 1), Sequence(b"")])
    output, whole = lz4.unpack(file(*[large] * 9), 1 << 20)
    assert not whole
    assert len(output) <= 3 << 20


def test_a_kernel_packed_so_is_unpacked() -> None:
    """As an image that is packed as a whole."""
    kernel = b"\x7fELF" + bytes(60)
    assert kernelimage.unpack(file(block([Sequence(kernel)]))).data == kernel
    assert kernelimage.unpack(file(block([Sequence(kernel)]))).packed == "file packed with lz4".removeprefix("file ")

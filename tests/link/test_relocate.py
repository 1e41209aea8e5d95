"""Where bytes of a linked module lie, and what its symbols stand for."""

from __future__ import annotations

import pytest

from modtools.formats.elf import Symbol
from modtools.link.areas import Kind
from modtools.link.memory import Fault
from modtools.link.relocate import Linked, LinkedPart, symbol_value

FIRST, SECOND = (
    LinkedPart(Kind.TEXT, 0x1000, bytearray(0x20), (0, 0)),
    LinkedPart(Kind.DATA, 0x3000, bytearray(8), (0, 0)),
)


@pytest.mark.parametrize(
    ("address", "size", "part", "offset"),
    [
        (0x1000, 0, FIRST, 0), (0x1000, 0x20, FIRST, 0), (0x101F, 1, FIRST, 0x1F), (0x1020, 0, FIRST, 0x20),
        (0x101F, 2, None, 0), (0xFFF, 1, None, 0), (0x1020, 1, None, 0), (0x1000, 0x21, None, 0),
        (0x3000, 8, SECOND, 0), (0x3004, 4, SECOND, 4), (0x3004, 5, None, 0), (0x2FFC, 8, None, 0),
    ],
)  # fmt: skip
def test_bytes_lie_in_one_part(address: int, size: int, part: LinkedPart | None, offset: int) -> None:
    """All of them; else the kernel would reach for memory that is not there, to read or to write."""
    linked = Linked((FIRST, SECOND), (), {})
    for write in (False, True):
        if part is not None:
            content, at = linked.locate(address, size, write=write)
            assert (content is part.content, at) == (True, offset)
        else:
            with pytest.raises(Fault) as fault:
                linked.locate(address, size, write=write)
            assert (fault.value.address, fault.value.write) == (address, write)


@pytest.mark.parametrize(
    ("section", "value", "expected"),
    [
        (0, 5, 0x9000), (0xFFF1, 5, 5), (0xFFF2, 5, 5), (0xFF00, 5, 5), (2, 5, 0x1005), (3, 5, 5),
        (2, (1 << 64) - 0x1000, 0), (2, (1 << 64) - 0x1001, (1 << 64) - 1),
    ],
)  # fmt: skip
def test_what_a_symbol_stands_for(section: int, value: int, expected: int) -> None:
    """Another's address, a number, or a place in a section; of what nobody knows, 0."""
    symbol = Symbol("x", value, 0, 1, 1, section)
    assert symbol_value(symbol, {2: 0x1000}, {"x": 0x9000}) == expected
    assert symbol_value(symbol._replace(name="y"), {2: 0x1000}, {"x": 0x9000, "y": None}) == (
        expected if section else 0
    )

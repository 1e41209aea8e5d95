"""Fields and rules of relocations: widths as their names say, bits by a second way of putting them in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.link import aarch64, x86_64
from modtools.link.relocations import NOTHING, Field, Rule, numbers, signed, unsigned

RULES = [*x86_64.RELOCATIONS.rules.values(), *aarch64.relocations((6, 12)).rules.values()]
DATA = re.compile(r"R_X86_64_(?:PC|PLT|)(\d+)S?|R_AARCH64_(?:ABS|PREL)(\d+)")
"""The types whose place is a whole word, of the bits that their names end with."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_place_is_as_wide_as_its_type_says(rule: Rule) -> None:
    """Data is a whole word; an instruction has 32 bits, and in it a field that no two pieces of a value share."""
    if rule.name.endswith("_NONE"):
        assert rule.field == NOTHING == Field(0)
    elif match := DATA.fullmatch(rule.name):
        assert rule.field == Field(int(match[1] or match[2]) // 8)
    else:
        assert rule.field.size == 4
        bits = [at + number for _, count, at in rule.field.pieces for number in range(count)]
        assert len(bits) == len(set(bits)) > 0
        assert max(bits) < 32


ENCODINGS = {
    "ADR_PREL_LO21": (range(21), [29, 30, *range(5, 24)]),
    "ADR_PREL_PG_HI21": (range(12, 33), [29, 30, *range(5, 24)]),
    "ADD_ABS_LO12_NC": (range(12), range(10, 22)),
    "LDST8_ABS_LO12_NC": (range(12), range(10, 22)),
    "LDST16_ABS_LO12_NC": (range(1, 12), range(10, 21)),
    "LDST32_ABS_LO12_NC": (range(2, 12), range(10, 20)),
    "LDST64_ABS_LO12_NC": (range(3, 12), range(10, 19)),
    "LDST128_ABS_LO12_NC": (range(4, 12), range(10, 18)),
    "TSTBR14": (range(2, 16), range(5, 19)),
    "CONDBR19": (range(2, 21), range(5, 24)),
    "LD_PREL_LO19": (range(2, 21), range(5, 24)),
    "CALL26": (range(2, 28), range(26)),
    "JUMP26": (range(2, 28), range(26)),
    "MOVW_UABS_G0": (range(16), range(5, 21)),
    "MOVW_UABS_G1_NC": (range(16, 32), range(5, 21)),
    "MOVW_UABS_G2": (range(32, 48), range(5, 21)),
    "MOVW_UABS_G3": (range(48, 64), range(5, 21)),
    "MOVW_SABS_G1": (range(16, 32), range(5, 21)),
    "MOVW_PREL_G2": (range(32, 48), range(5, 21)),
}
"""Bits of the value, and where the Arm Architecture Reference Manual has them in the instruction."""


@pytest.mark.parametrize("name", ENCODINGS)
@given(word=st.integers(0, (1 << 32) - 1), value=st.integers(0, (1 << 64) - 1))
def test_each_bit_of_a_value_has_its_place(name: str, word: int, value: int) -> None:
    """All others stay, but that of MOVZ, which says whether the value was inverted because it is negative."""
    rule = next(rule for rule in RULES if rule.name == f"R_AARCH64_{name}")
    expected = word
    if rule.field.invert is not None:
        negative = value >> 63
        expected = expected | 1 << 30 if not negative else expected & ~(1 << 30)
    for source, target in zip(*ENCODINGS[name], strict=True):
        bit = value >> source & 1
        if rule.field.invert is not None and value >> 63:
            bit = 1 - bit
        expected = expected & ~(1 << target) | bit << target
    assert rule.field.insert(word, value) == expected


@given(size=st.integers(1, 8), word=st.integers(0, (1 << 64) - 1), value=st.integers(0, (1 << 64) - 1))
def test_data_is_the_value_alone(size: int, word: int, value: int) -> None:
    """As many of its lowest bytes as there are; what was there before does not matter."""
    assert Field(size).insert(word, value).to_bytes(8, "little") == value.to_bytes(8, "little")[:size].ljust(8, b"\0")


@given(bits=st.integers(1, 63), value=st.integers(0, (1 << 64) - 1), near=st.integers(-2, 2))
def test_what_fits(bits: int, value: int, near: int) -> None:
    """What comes back when the value is cut and extended again."""
    for each in (value, (1 << bits) + near, (1 << bits - 1) + near, -(1 << bits - 1) + near):
        whole = each % (1 << 64)
        cut = whole.to_bytes(8, "little")
        low = int.from_bytes(cut, "little") % (1 << bits)
        extended = low - (1 << bits) if low >> bits - 1 else low
        assert unsigned(bits)(whole) is (low == whole)
        assert signed(bits)(whole) is (extended % (1 << 64) == whole)


def test_numbers_and_spans_of_them() -> None:
    """Both ends of a span are in it."""
    assert numbers(3, (5, 7), 9, (1, 1)) == {1, 3, 5, 6, 7, 9}

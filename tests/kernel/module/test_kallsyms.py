"""The letters of symbols, as `nm` has them."""

from __future__ import annotations

import pytest

from modtools.formats.elf import Section
from modtools.kernel.module.kallsyms import _letter, section_letters

SMALL = 0x10000000
WRITE, ALLOC, EXEC = 1, 2, 4
NOBITS, PROGBITS = 8, 1
GLOBAL, WEAK, OBJECT, FUNCTION = 1, 2, 1, 2


@pytest.mark.parametrize(
    ("name", "type_", "flags", "letter"),
    [
        (".text", PROGBITS, ALLOC | EXEC, "t"),
        (".bss", NOBITS, ALLOC | WRITE, "b"),
        (".sbss", NOBITS, ALLOC | WRITE | SMALL, "s"),
        (".rodata", PROGBITS, ALLOC, "r"),
        (".data", PROGBITS, ALLOC | WRITE, "d"),
        (".sdata", PROGBITS, ALLOC | WRITE | SMALL, "g"),
        (".data..percpu", PROGBITS, ALLOC | WRITE, "a"),
        (".debug_info", PROGBITS, 0, "n"),
        (".comment", PROGBITS, 0, "?"),
        (".text.bss", NOBITS, ALLOC | EXEC, "t"),
    ],
)
def test_letters_of_sections(name: str, type_: int, flags: int, letter: str) -> None:
    """By flags and type; where no flag stands for small data, nothing is small."""
    section = Section(1, name, type_, flags, 0, 0, 0, 0, 0, 0, 0, 0)
    assert section_letters([section], SMALL) == (letter,)
    assert section_letters([section]) == ({"s": "b", "g": "d"}.get(letter, letter),)


@pytest.mark.parametrize(
    ("bind", "kind", "section", "letter"),
    [
        (WEAK, OBJECT, 1, "v"), (WEAK, FUNCTION, 1, "w"), (WEAK, OBJECT, 0, "v"), (GLOBAL, OBJECT, 0, "U"),
        (GLOBAL, FUNCTION, 0xFFF1, "a"), (GLOBAL, FUNCTION, 1, "t"), (GLOBAL, OBJECT, 2, "d"), (GLOBAL, OBJECT, 3, "?"),
        (GLOBAL, OBJECT, 0xFFF2, "?"),
    ],
)  # fmt: skip
def test_letters_of_symbols(bind: int, kind: int, section: int, letter: str) -> None:
    """Weak ones have letters of their own; others that of their section, if there is one."""
    assert _letter(bind, kind, section, ["?", "t", "d"]) == letter


def test_numbers_that_are_no_sections() -> None:
    """Though there be as many sections."""
    assert _letter(GLOBAL, OBJECT, 0xFF00, ["d"] * 0x10000) == "?"
    assert _letter(GLOBAL, OBJECT, 0xFEFF, ["d"] * 0x10000) == "d"

"""The tool that changes the code: what it changes, and that its list of survivors is about code that there is."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.__main__ import AREAS, drawn, reasons
from tests.mutants.mutation import mutants
from tests.reference import CHECKOUT

TEXT = '''"""Docs."""
from x import y
LIMIT: Final = 3
@function("int f(int a)")
def f(a: int | None = None, b: int = 1) -> int:
    """More docs."""
    if a is None and not b:
        a += (b) << 2
        call(f"{a + 1}")
    return a % 7
'''


def test_all_that_is_done_is_changed_and_nothing_that_is_declared() -> None:
    """Comparisons, operators, numbers, conditions, statements and returns; no annotation, decorator, docstring."""
    assert {(m.old, m.new) for m in mutants("x.py", TEXT)} == {
        ("3", "4"),
        ("a is None and not b", "not (a is None and not b)"),
        ("and", "or"),
        ("is", "is not"),
        ("not b", "(b)"),
        ("a += (b) << 2", "pass"),
        ("<<", ">>"),
        ("2", "3"),
        ('call(f"{a + 1}")', "pass"),
        ("a % 7", "None"),
        ("%", "+"),
        ("7", "8"),
    }


@pytest.mark.parametrize("area", AREAS)
def test_a_changed_file_is_still_python(area: str) -> None:
    """Each change that can be made parses."""
    for mutant in drawn(1, 100, area):
        text = (CHECKOUT / mutant.file).read_text("utf-8")
        ast.parse(mutant.applied(text))


def test_the_same_seed_draws_the_same_changes() -> None:
    """And another seed others; each area has its part."""
    assert drawn(1, 20, "") == drawn(1, 20, "") != drawn(2, 20, "")
    assert all(any(mutant.file.startswith(area) for mutant in drawn(1, 20, "")) for area in AREAS)


def test_a_survivor_is_named_with_a_reason_and_can_still_be_made() -> None:
    """A line of the list is about code that there is; else it goes."""
    there = {str(mutant) for mutant in drawn(1, 1 << 30, "")}
    assert reasons().keys() <= there
    assert all(reasons().values())

"""The text of a difference."""

from __future__ import annotations

import pytest

from modtools.reports.difference import _listed

ROWS = [{"name": f"n{number}"} for number in range(7)]


@pytest.mark.parametrize(
    ("count", "unknown", "whole", "lines"),
    [
        (0, None, False, ["    gone: 0"]),
        (2, None, False, ["    gone: 2 (n0, n1)"]),
        (5, None, False, ["    gone: 5 (n0, n1, n2, n3, n4)"]),
        (7, None, False, ["    gone: 7 (n0, n1, n2, n3, n4, …)"]),
        (2, None, True, ["    gone: 2", "        n0", "        n1"]),
        (2, "no list has all", False, ["    gone: not known, for no list has all"]),
    ],
)
def test_many_are_counted_and_some_are_named(count: int, unknown: str | None, whole: bool, lines: list[str]) -> None:
    """A count with the first five, all of them where that is asked for, or why it is not known."""
    assert list(_listed("gone", ROWS[:count], unknown, lambda row: str(row["name"]), whole)) == lines

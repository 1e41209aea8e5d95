"""How many of the kernel's symbols are provided without anything that calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.called import untested

UNTESTED = 125
"""Symbols that no test and no recording calls. It only ever falls: lower it when the test says so."""


def test_fewer_and_fewer_symbols_are_called_by_nothing(tmp_path: Path) -> None:
    """A new symbol comes with a test or a recording that calls it, and what is gained is kept."""
    pytest.importorskip("unicorn")
    found = untested(tmp_path)
    assert len(found) <= UNTESTED, f"{len(found)} symbols are called by nothing: {' '.join(found)}"
    assert len(found) == UNTESTED, f"only {len(found)} symbols are called by nothing now: lower UNTESTED"

"""The checkout itself: what a person who has only cloned it meets."""

from __future__ import annotations

import subprocess

import pytest

from tests.reference import CHECKOUT


@pytest.mark.parametrize("target", ["help", "demo", "test", "check", "bench", "examples"])
def test_make_without_a_target_explains_each_target(target: str) -> None:
    """`make` alone lists every target with what it is for."""
    listing = subprocess.run(["make", "-C", str(CHECKOUT)], capture_output=True, text=True, check=True).stdout
    assert any(line.split()[1:2] == [target] and len(line.split()) > 4 for line in listing.splitlines())

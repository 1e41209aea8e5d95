"""Tests of modtools/emulate/printf/flagnames.py."""

from __future__ import annotations

import pytest

from modtools.emulate.printf import flagnames

pytest.importorskip("unicorn")


def test_flags_of_a_page_are_spelled_as_the_document_shows() -> None:
    """`Documentation/core-api/printk-formats.rst` has this very example."""
    expected = "0x17ffffc0002036(referenced|uptodate|lru|active|private|node=0|zone=2|lastcpupid=0x1fffff)"
    assert flagnames.spell_page(0x17FFFFC0002036) == expected


def test_flags_without_a_name_are_a_number() -> None:
    """What is left when all names were taken out stands at the end; nothing at all is nothing."""
    assert flagnames.spell(0x400CC0 | 1 << 30, flagnames.ALLOCATION) == "GFP_KERNEL_ACCOUNT|0x40000000"
    assert flagnames.spell(0, flagnames.AREA) == ""

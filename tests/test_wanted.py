"""Which kernel symbols are said to be wanted most."""

from __future__ import annotations

from collections import Counter

from tests.transcripts import HERE
from tools.wanted import Wants, missing, table, wants

KO = HERE / "ko"


def test_what_init_gets_to_is_told_from_what_exit_calls() -> None:
    """proc_hold's init registers a device, and only its exit removes it."""
    found = wants(KO / "proc_hold.ko")
    assert "misc_register" in found.by_init <= found.imports
    assert "misc_deregister" in found.imports - found.by_init
    assert "hello_export" in wants(KO / "hello_export.ko").exports


def test_what_somebody_has_is_not_wanted() -> None:
    """Neither what pymod provides nor what another of the modules exports is missing."""
    user = Wants(frozenset(("_printk", "other", "nobody")), frozenset(("_printk", "nobody")), frozenset())
    exporter = Wants(frozenset(), frozenset(), frozenset(("other",)))
    assert missing([user, user, exporter]) == (Counter(nobody=2), Counter(nobody=2))


def test_the_most_wanted_come_first() -> None:
    """First counts where inits stop, then what init gets to, then what is imported; equal ones stand by their names."""
    rows = table(Counter(d=1), Counter(c=1), Counter(a=9, b=9, c=1), 3)
    assert [row.split()[-1] for row in rows] == ["4", "d", "c", "a"]

"""What is known of a text as paragraphs for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from modtools.diagnose.messages.recognise import Explained
from modtools.diagnose.messages.table import RANKS

WIDTH = 96
"""How wide a paragraph is, in characters."""

_BRIEF = RANKS[RANKS.index("warns") :]
"""Ranks that are told in a few words where something else comes first."""
_FEW = 3
"""How many lines are shown of those that say the same."""


def tell(explained: Sequence[Explained]) -> Iterator[str]:
    """Yield a text for each message: in full for those that decide, and at any rate for the first."""
    decided = bool(explained) and explained[0].message.rank == RANKS[0]
    for index, one in enumerate(explained):
        brief = index and (one.message.rank in _BRIEF or (decided and one.message.rank != RANKS[0]))
        yield "\n".join(_briefly(one) if brief else _fully(one))


def _fully(one: Explained) -> Iterator[str]:
    yield from _quoted(one)
    if one.place:
        yield f"  ({one.place})"
    yield from paragraph(one.means, "  ")
    for number, cause in enumerate(one.causes, 1):
        mark = f"  {number}. " if len(one.causes) > 1 else "  - "
        if cause.name in one.missed:
            yield from paragraph(f"Not found by the check: {cause.what}", mark)
            continue
        yield from paragraph(cause.what, mark)
        for found in one.found.get(cause.name, ())[:_FEW]:
            yield from paragraph(f"Found: {found}", " " * len(mark))
        yield from paragraph(cause.do, " " * len(mark) + "-> ")


def _briefly(one: Explained) -> Iterator[str]:
    yield from _quoted(one)
    yield from paragraph(one.means, "  ")


def _quoted(one: Explained) -> Iterator[str]:
    yield from one.lines[:_FEW]
    if len(one.lines) > _FEW:
        yield f"... and {len(one.lines) - _FEW} more lines of this kind"


def paragraph(text: str, first: str) -> Iterator[str]:
    """Yield the lines of a paragraph that begins with `first`; the others are indented as far as its text."""
    indent = " " * len(first)
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )

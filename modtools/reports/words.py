"""The words of reports: counts, lists, sentences, evidence, and lines of a width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modtools.visible import printable

INDENT = "    "

_NARROW = 20
"""Columns in which no text is wrapped."""


def counted(number: int, thing: str) -> str:
    """Return `1 module` or `2 modules`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def sentences(*texts: str) -> str:
    """Return texts one after the other, each but the empty ones with an end: a period where it has no other."""
    stripped = filter(None, (text.strip() for text in texts))
    return " ".join(text if text.endswith((".", "!", "?", ":", "…")) else f"{text}." for text in stripped)


def listed(words: Sequence[str]) -> str:
    """Return `a`, `a and b` or `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def evidence_lines(evidence: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and value, in words, of each piece of evidence; a list of objects is a line for each.

    A section with an offset in it is one, and so is a file with the number of a line. What is empty is left out.
    """
    joined = dict(evidence)
    for name, place, form in (("section", "offset", "{}+{:#x}"), ("file", "line", "{}:{}")):
        if name in joined and isinstance(evidence.get(place), int):
            joined[name] = form.format(_value(joined[name]), joined.pop(place))
    for name, value in joined.items():
        if value is None or value in ("", [], {}):
            continue
        label = printable(name.replace("_", " "))
        if isinstance(value, list | tuple) and value and all(isinstance(part, Mapping) for part in value):
            yield from ((label, _value(part)) for part in value)
        else:
            yield label, _value(value)


_NAMED = {True: "yes", False: "no", None: "(none)"}


def _value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return _NAMED[value]
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(str(name))} {_value(part) or '(none)'}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return printable(str(value))


def wrapped(text: str, first: str, others: str, width: int) -> list[str]:
    """Return a text as lines of so many columns, 0 for any; `first` and `others` are what they begin with."""
    if width - max(len(first), len(others)) < _NARROW:
        return [first + text]
    import textwrap  # a form for machines wraps nothing, and starts sooner

    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    ) or [first]

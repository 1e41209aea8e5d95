"""What several sources tell of one kernel: where they overlap they must say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from modtools import profiles
from modtools.errors import PymodError
from modtools.kernel.facts import SYMBOLS
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import PartialIdentity, known
from modtools.sources.words import Reading, recognised

_TEXTS = ("release", "machine", "vermagic", "version")
_SHOWN = 3
_SIGNING = frozenset(("BUILD_SALT", "MODULE_SIG_ALL", "MODULE_SIG_KEY", "SYSTEM_TRUSTED_KEYS"))
"""Build options of Debian's headers that are not as the kernel's own: that is signed after it was built."""

COLUMNS: Mapping[str, tuple[str, Callable[[ExportedSymbol], object]]] = {
    "CRC": ("", lambda symbol: symbol.crc),
    "address": ("", lambda symbol: symbol.address),
    "licence": ("gpl", lambda symbol: symbol.gpl),
    "namespace": ("namespaces", lambda symbol: symbol.namespace),
}
"""What is told of a symbol, and the fact that must be known of a source for it to count; None does not count."""


def read(words: Sequence[Path]) -> list[PartialIdentity]:
    """What the sources in some files and folders tell. Raises PymodError."""
    reading = Reading(profiles.load())
    return [part for word in words for part in recognised(str(word), reading)]


def differences(parts: Mapping[str, Sequence[PartialIdentity]]) -> Iterator[str]:
    """Each thing in which two sources differ, in a sentence."""
    told = [(f"{name}", part) for name, several in parts.items() for part in several]
    for (one, mine), (other, theirs) in combinations(told, 2):
        for text in _TEXTS:
            a, b = getattr(mine, text), getattr(theirs, text)
            if a and b and a != b:
                yield f"{text}: {one} says {a!r}, {other} {b!r}"
        if mine.symbols is not None and theirs.symbols is not None:
            yield from _symbols(one, mine, other, theirs)
        yield from _options(one, mine, other, theirs)


def _symbols(one: str, mine: PartialIdentity, other: str, theirs: PartialIdentity) -> Iterator[str]:
    ours, others = mine.symbols or {}, theirs.symbols or {}
    for a, b, complete, these, those in ((one, other, theirs, ours, others), (other, one, mine, others, ours)):
        if SYMBOLS in known(complete) and (more := sorted(these.keys() - those.keys())):
            yield f"symbols: {len(more)} that {a} has are not in {b}: {_some(more)}"
    common = sorted(ours.keys() & others.keys())
    for what, (fact, column) in COLUMNS.items():
        if fact and not (fact in known(mine) and fact in known(theirs)):
            continue
        rows = ((name, column(ours[name]), column(others[name])) for name in common)
        if unlike := [f"{name} ({a}, {b})" for name, a, b in rows if None not in (a, b) and a != b]:
            yield f"{what}: {one} and {other} differ in {len(unlike)} of {len(common)} symbols: {_some(unlike)}"


def _options(one: str, mine: PartialIdentity, other: str, theirs: PartialIdentity) -> Iterator[str]:
    ours, others = (
        {k: v for k, v in (part.config or {}).items() if v != "n" and k not in _SIGNING} for part in (mine, theirs)
    )
    if ours and others and (unlike := sorted(name for name, _ in ours.items() ^ others.items())):
        yield f"build options: {one} and {other} differ in {_some(unlike)}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")


def told(read_from: Callable[[], list[PartialIdentity]]) -> tuple[list[PartialIdentity], str]:
    """What sources tell, and in words why they do not."""
    try:
        return read_from(), ""
    except PymodError as error:
        return [], str(error)

"""The virtual kernel's identity as `boot` and `status` show it: what is known of it, who told it, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from modtools import emulate
from modtools.kernel.facts import FACTS
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.report import Field, Value

_ALL: Final = f"all {len(FACTS)} facts"


class Known(NamedTuple):
    """How much is known of a fact: "wholly", "in part" or "not"; and which source told it, "" for none."""

    how: str
    source: str


def facts(kernel: Kernel) -> dict[str, Known]:
    """Return how each fact (`kernel/facts.py`) is known of a kernel, in the order of a reader."""
    profile = kernel.sources.profile()
    sources = {} if profile is None else profile.sources
    everything = "" if profile is None or sources else f"the built-in profile {profile.title}"
    told = {fact: sources.get(fact, everything) for fact in FACTS}
    if profile is not None and kernel.identity.cmdline != profile.cmdline:
        told["cmdline"] = "--cmdline"
    return {fact: _known(fact in kernel.identity.unknown, source) for fact, source in told.items()}


def _known(doubtful: bool, source: str) -> Known:
    if not doubtful:
        return Known("wholly", source)
    return Known("in part" if source else "not", source)


def fields(kernel: Kernel, *, whole: bool = False) -> Iterator[Field]:
    """Yield the fields that `boot` and `status` show of a kernel; `whole`, with a line for each fact."""
    identity, features = kernel.identity, kernel.identity.features
    yield Field("release", "Kernel", identity.release, f"{identity.release} for {identity.machine}")
    yield Field("machine", "Processor", identity.machine)
    yield Field("version", "Version", identity.version)
    yield Field("booted_from", "Booted from", identity.booted_from)
    known = facts(kernel)
    values: dict[str, Value] = {fact: {"known": how, "source": source} for fact, (how, source) in known.items()}
    yield Field("facts", "Known", values, (_table if whole else _by_source)(known))
    yield Field("unknown", "Not known", identity.unknown, _not_known(known))
    yield Field("judged_by", "Judged by", features.rules, f"the rules of {features.judges(identity.release)}")
    why_not = emulate.why_not(kernel)
    code: dict[str, Value] = {"run": not why_not, "why_not": why_not}
    yield Field("code", "Modules' code", code, f"not run: {why_not}" if why_not else "is run")
    yield Field("vermagic", "Version magic", identity.vermagic)
    yield Field("cmdline", "Command line", identity.cmdline)


def _by_source(known: Mapping[str, Known]) -> str:
    """Return a line for each source with what it tells, and one more for what it tells in part."""
    groups: dict[Known, list[str]] = {}
    for fact, told in known.items():
        if told.how != "not":
            groups.setdefault(told, []).append(FACTS[fact])
    return "\n".join(_group(told, names) for told, names in groups.items())


def _group(told: Known, names: Sequence[str]) -> str:
    words = _ALL if len(names) == len(FACTS) else ", ".join(names)
    source = f" (from {told.source})" if told.source else ""
    return f"{'in part: ' if told.how == 'in part' else ''}{words}{source}"


def _table(known: Mapping[str, Known]) -> str:
    """Return a line for each fact with its source."""
    width = max(map(len, FACTS.values())) + 2
    return "\n".join(f"{FACTS[fact]:<{width}}{_told(told)}" for fact, told in known.items())


def _told(told: Known) -> str:
    words = {"wholly": told.source or "known", "in part": f"in part: {told.source}", "not": "not known"}
    return words[told.how]


def _not_known(known: Mapping[str, Known]) -> str:
    return ", ".join(FACTS[fact] for fact, told in known.items() if told.how == "not") or "nothing"


def summary(unknown: frozenset[str]) -> str:
    """Return in a few words what is known of a kernel."""
    known = [words for fact, words in FACTS.items() if fact not in unknown]
    others = [words for fact, words in FACTS.items() if fact in unknown]
    if not others:
        return _ALL
    return f"all but {', '.join(others)}" if len(others) <= len(known) else f"only {', '.join(known)}"

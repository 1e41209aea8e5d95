"""What became of a module, told from what was said, and which of the causes it was, by what a check finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modtools.diagnose.messages.recognise import Explained, Found, explain, find
from modtools.diagnose.messages.table import RANKS, Cause
from modtools.diagnose.messages.tell import paragraph
from modtools.diagnose.rules import RULES
from modtools.diagnose.ruletexts import TEXTS

Checked = Mapping[str, Any]
"""A module of a check's document: its row of docs/json.md."""

_REFUSES = RANKS[:2]
"""Ranks of messages that tell of a refusal."""


def said(row: Checked) -> str:
    """Return what the kernel logs, and what insmod says, of a module that was checked."""
    lines = [str(line) for line in row["log"]]
    if row["error"]:
        lines.append(f"insmod: ERROR: could not insert module {row['path']}: {row['error']}")
    return "\n".join(lines)


def last_refusal(lines: Sequence[str]) -> str:
    """Return the lines of a log about the module that was refused last, from its first line on; "" if none was."""
    found = [next(iter(find(line)), None) for line in lines]
    refused = [number for number, one in enumerate(found) if one and one.message.rank in _REFUSES]
    if not refused:
        return ""
    first = refused[-1]
    module = _module(found[first])
    while first and _module(found[first - 1]) in (module, ""):
        first -= 1
    return "\n".join(lines[first : refused[-1] + 1])


def _module(one: Found | None) -> str | None:
    """Return the module that a line is about, "" where it names none; None for a line that is not known."""
    return None if one is None else one.fields.get("module", "")


def judged(explained: Sequence[Explained], row: Checked) -> tuple[Explained, ...]:
    """Return the same with the causes first that a check found, and those last that it would have found."""
    by_rule: dict[str, list[str]] = {}
    for each in row["findings"]:
        if each["severity"] == "error":
            by_rule.setdefault(each["rule"], []).append(f"{each['message']} [{each['rule']}]")
    return tuple(_judged(one, by_rule, known=row["verdict"] != "unknown") for one in explained)


def _judged(one: Explained, by_rule: Mapping[str, list[str]], *, known: bool) -> Explained:
    found = {cause.name: tuple(_hits(cause, by_rule)) for cause in one.causes}
    missed = frozenset(cause.name for cause in one.causes if known and not found[cause.name] and _decidable(cause))
    order = sorted(one.causes, key=lambda cause: (cause.name in missed, not found[cause.name]))
    return one._replace(causes=tuple(order), found=found, missed=missed)


def _hits(cause: Cause, by_rule: Mapping[str, list[str]]) -> Iterator[str]:
    for rule in cause.rules:
        yield from by_rule.get(rule, ())


def _decidable(cause: Cause) -> bool:
    """Whether a check that runs no code would have found it: what init does is not among that."""
    return bool(cause.rules) and not any(rule.startswith("init-") for rule in cause.rules)


def rule(name: str) -> str:
    """Return what there is to say of a rule, for a terminal."""
    text, about = TEXTS[name], RULES[name]
    parts = (about.summary, text.cause, f"-> {text.fix}", f"(Linux, {about.source})")
    return "\n".join((name, *("\n".join(paragraph(part, "  ")) for part in parts)))


def verdict(row: Checked) -> str:
    """Return in a sentence what a check says of a module."""
    where = f"{row['path']} on {row['kernel']}"
    if row["verdict"] == "loads":
        return f"{where}: it loads, nothing refuses it."
    if row["verdict"] == "unknown":
        return f"{where}: not known. {' '.join(map(str, row['needs']))}".strip()
    return f"{where}: refused ({row['error']})."


def story(text: str, row: Checked) -> tuple[Explained, ...]:
    """Return what a text means, and what the kernel says of the module, with what a check found."""
    return judged(explain(f"{said(row)}\n{text}"), row)

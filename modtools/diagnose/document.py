"""A check as one JSON document, which all its forms are made of (docs/json.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from modtools.diagnose.findings import Row, Severity, Verdict
from modtools.kernel.facts import FACTS
from modtools.kernel.state import Kernel

FORMAT: Final = 1
"""Number of the document's form. It grows when a field changes its meaning or goes; new fields may come."""

Document = dict[str, Any]


def document(
    kernels: Sequence[Document], rows: Sequence[Row], notes: Sequence[str] = (), *, strict: bool = False
) -> Document:
    """Return the whole document; `notes` are warnings about what was named."""
    return {
        "format": FORMAT,
        "tool": "check",
        "exit_status": status(rows, strict=strict),
        "kernels": list(kernels),
        "modules": [_row(row) for row in rows],
        "messages": [{"level": "warning", "text": note} for note in notes],
    }


def status(rows: Sequence[Row], *, strict: bool) -> int:
    """Return the exit status: 1 if a module is refused, with `strict` also if one has a warning, 3 if one is unknown."""
    refused = any(row.verdict is Verdict.REFUSED for row in rows)
    warned = strict and any(found.severity is not Severity.NOTE for row in rows for found in row.findings)
    unknown = any(row.verdict is Verdict.UNKNOWN for row in rows)
    return 1 if refused or warned else 3 if unknown else 0


def kernel_facts(word: str, kernel: Kernel) -> Document:
    """Return which kernel a word names, and what is known of it."""
    identity = kernel.identity
    return {
        "name": word,
        "title": identity.booted_from,
        "release": identity.release,
        "machine": identity.machine,
        "vermagic": identity.vermagic,
        "unknown": [fact for fact in FACTS if fact in identity.unknown],
        "sources": _sources(kernel),
    }


def _sources(kernel: Kernel) -> dict[str, str]:
    """Return of each fact who told it, where that is known."""
    profile = kernel.sources.profile()
    return {} if profile is None else dict(profile.sources)


def _row(row: Row) -> Document:
    return {**row._asdict(), "findings": [found._asdict() for found in row.findings]}

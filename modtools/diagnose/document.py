"""A check as one JSON document, which all its forms are made of (docs/json.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from modtools.diagnose.findings import Row
from modtools.kernel.facts import FACTS
from modtools.kernel.state import Kernel

FORMAT: Final = 1
"""Number of the document's form. It grows when a field changes its meaning or goes; new fields may come."""

Document = dict[str, Any]


def document(kernels: Sequence[Document], modules: Sequence[Document], notes: Sequence[str] = ()) -> Document:
    """Return the whole document, but for its exit status; `notes` are warnings about what was named."""
    return {
        "format": FORMAT,
        "tool": "check",
        "exit_status": 0,
        "kernels": list(kernels),
        "modules": list(modules),
        "messages": [{"level": "warning", "text": note} for note in notes],
    }


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


def module_facts(row: Row) -> Document:
    """Return a row with plain values only, as JSON and other processes take them."""
    found = [
        {**each._asdict(), "severity": each.severity.value, "evidence": dict(each.evidence)} for each in row.findings
    ]
    return {**row._asdict(), "verdict": row.verdict.value, "findings": found}

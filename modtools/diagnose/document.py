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
    kernels: Sequence[Document], modules: Sequence[Document], notes: Sequence[str] = (), *, strict: bool = False
) -> Document:
    """Return the whole document; `notes` are warnings about what was named."""
    return {
        "format": FORMAT,
        "tool": "check",
        "exit_status": status(modules, strict=strict),
        "kernels": list(kernels),
        "modules": list(modules),
        "messages": [{"level": "warning", "text": note} for note in notes],
    }


def status(modules: Sequence[Document], *, strict: bool) -> int:
    """Return the exit status: 1 if a module is refused, or with `strict` warned of; 3 if a verdict is unknown."""
    verdicts = {module["verdict"] for module in modules}
    severities = {found["severity"] for module in modules for found in module["findings"]}
    if Verdict.REFUSED in verdicts or (strict and Severity.WARNING in severities):
        return 1
    return 3 if Verdict.UNKNOWN in verdicts else 0


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

"""A module on a kernel, as the tellers of evidence have it, and what they make of a cause: findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Evidence, Finding, Severity
from modtools.diagnose.given import Candidate
from modtools.diagnose.namesakes import Namesakes
from modtools.diagnose.remedies import REMEDIES
from modtools.diagnose.rules import OF_CAUSE
from modtools.errors import Cause
from modtools.kernel.module.load_info import Load
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple

SHOWN: Final = 10
"""Names that evidence lists of many."""


class Case(NamedTuple):
    """A module on a kernel: its file, the loading as far as it went, and who exports what.

    `refused` are the names of the modules that it needs and that were refused, with their errno; `image` is what the
    kernel was given, b"" where nothing was.
    """

    kernel: Kernel
    candidate: Candidate
    image: bytes
    load: Load | None
    exporters: Exporters
    namesakes: Namesakes
    refused: Mapping[str, int]

    @property
    def file(self) -> str:
        """The module's file, as it is shown."""
        return self.candidate.path


Teller = Callable[[Case, Cause], Iterator[Finding]]


def error(rule: str, subject: str, message: str, advice: str, **evidence: Evidence) -> Finding:
    """Return a finding for which the module does not load. Evidence that says nothing is left out."""
    told = {name: value for name, value in evidence.items() if value not in (None, "", [])}
    return Finding(rule, Severity.ERROR, "", subject, message, advice, told)


def remedy(case: Case, cause: Cause) -> tuple[str, str]:
    """Return what a cause means, and what to do about it."""
    told = REMEDIES[cause.kind]
    return told.message(cause), told.advice(cause, case.file)


def plain(case: Case, cause: Cause) -> Finding:
    """Return what needs no evidence but the kernel's own words."""
    evidence = {"detail": cause.detail} if cause.detail else {}
    return error(OF_CAUSE[cause.kind], cause.subject, *remedy(case, cause), **evidence)


def quoted(text: Evidence) -> str:
    """Return a text in quotes, `nothing` for none."""
    return f"'{text}'" if text else "nothing"


def offset(case: Case, entry: str) -> int | None:
    """Return where in the file an entry of .modinfo lies, in bytes."""
    elf = case.load and case.load.elf
    section = elf.section(".modinfo") if elf else None
    if not elf or not section:
        return None
    at = b"\0" + bytes(elf.contents(section))
    found = at.find(b"\0" + entry.encode("utf-8", "surrogateescape") + b"\0")
    return None if found < 0 else section.offset + found

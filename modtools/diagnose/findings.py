"""What a check says: findings, and a row for each module and kernel.

Frozen values whose fields are the JSON of `pymod check` (docs/json.md), in its order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from modtools.errors import Cause
from modtools.light import NamedTuple

Evidence = None | bool | int | float | str | Sequence["Evidence"] | Mapping[str, "Evidence"]
"""What a finding rests on: what JSON can say."""


class Severity(StrEnum):
    """How much a finding matters: the module does not load; something is odd; something worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What becomes of a module. UNKNOWN: what would decide is not known of this kernel."""

    LOADS = "loads"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """One thing that is to be said of a module: by which rule, where it is met, and what it rests on.

    `step` is the step of loading, "" for what no step looks at; `subject` the symbol, parameter or module that it is
    about. `message` is one sentence, `help` what to do.
    """

    rule: str
    severity: Severity
    step: str
    subject: str
    message: str
    help: str
    evidence: Mapping[str, Evidence]


class Row(NamedTuple):
    """What a kernel makes of a module. `path` is as it was given, `errno` and `error` are insmod's.

    `log` is what the kernel logs meanwhile, `order` the names of what is loaded for it, itself last, `uses` the modules
    whose symbols it takes. `needs` says in sentences what would decide an unknown verdict.
    """

    kernel: str
    name: str
    path: str
    verdict: Verdict
    errno: int
    error: str
    log: tuple[str, ...]
    order: tuple[str, ...]
    uses: tuple[str, ...]
    needs: tuple[str, ...]
    findings: tuple[Finding, ...]


class Met(NamedTuple):
    """A cause for which a kernel refuses, and the step of loading in which it does."""

    step: str
    cause: Cause

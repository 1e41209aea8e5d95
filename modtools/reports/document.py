"""The JSON document of `pymod check`, as Python reads it, and what all forms tell of it.

`schema.json` describes the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NotRequired, Protocol, TypedDict

from modtools.reports.words import counted, sentences
from modtools.visible import printable

LOADS: Final = "loads"
REFUSED: Final = "refused"
UNKNOWN: Final = "unknown"
VERDICTS: Final = (LOADS, REFUSED, UNKNOWN)

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
SEVERITIES: Final = (ERROR, WARNING, NOTE)

NOT_KNOWN: Final = "It is not known whether it loads."
"""What an unknown verdict says, as a sentence."""

ALL_LOAD, SOME_REFUSED, SOME_UNKNOWN = 0, 1, 3
"""The exit statuses of a check that could be made."""


class Kernel(TypedDict):
    """A kernel that modules were checked for: `unknown` are facts that nobody told, `sources` who told the others."""

    name: str
    title: str
    release: str
    machine: str
    vermagic: str
    unknown: list[str]
    sources: dict[str, str]


class Finding(TypedDict):
    """One thing that is said of a module, by which rule, and what it rests on."""

    rule: str
    severity: str
    step: str
    subject: str
    message: str
    help: str
    evidence: dict[str, Any]


class Module(TypedDict):
    """What one kernel makes of one module."""

    kernel: str
    name: str
    path: str
    verdict: str
    errno: int
    error: str
    log: list[str]
    order: list[str]
    uses: list[str]
    needs: list[str]
    findings: list[Finding]


class Message(TypedDict):
    """A line that the command wrote to standard error."""

    level: str
    text: str


class Shard(TypedDict):
    """Which part of a check this is: the `number`th `of` so many, counted from 1."""

    number: int
    of: int


class Document(TypedDict):
    """All that a check says."""

    format: int
    tool: str
    exit_status: int
    shard: NotRequired[Shard]
    kernels: list[Kernel]
    modules: list[Module]
    messages: list[Message]


class RuleText(Protocol):
    """What is to be said of a rule, whatever it is applied to: one line, what to do, and the path of its page."""

    @property
    def summary(self) -> str:
        """Return what the rule is about, as a sentence."""

    @property
    def help(self) -> str:
        """Return what to do about it."""

    @property
    def doc(self) -> str:
        """Return where its page lies."""


Rules = Mapping[str, RuleText]


def exit_status(modules: Iterable[Module], *, strict: bool = False) -> int:
    """Return what a check with these results ends with; `strict`: a warning is as bad as a refusal."""
    status = ALL_LOAD
    for module in modules:
        if module["verdict"] == REFUSED or (strict and any(row["severity"] == WARNING for row in module["findings"])):
            return SOME_REFUSED
        if module["verdict"] == UNKNOWN:
            status = SOME_UNKNOWN
    return status


def of_kernel(document: Document, name: str) -> list[Module]:
    """Return the results of one kernel."""
    return [module for module in document["modules"] if module["kernel"] == name]


Identity = tuple[str, str]
"""What tells modules apart: path and name. One path can be that of several, as a package's is."""


def identity(module: Module) -> Identity:
    """Return what tells a module from others, for whichever kernel it was checked."""
    return module["path"], module["name"]


def called(module: Module) -> str:
    """Return how a module is called in a report: its path, with its name where that does not follow from it."""
    path, name = module["path"], module["name"]
    stem = path.replace("\\", "/").rpartition("/")[2].partition(".ko")[0].replace("-", "_")
    if not path:
        return printable(name)
    return printable(path if stem == name or not name else f"{path} ({name})")


_WORDS = {LOADS: ("loads", "load"), REFUSED: ("is refused", "are refused"), UNKNOWN: ("is not known", "are not known")}


def summary(document: Document) -> str:
    """Return how many modules, on how many kernels, and what becomes of them, as a sentence."""
    rows = document["modules"]
    if not rows:
        return "No module was checked."
    parts = []
    for verdict in VERDICTS:
        number = sum(row["verdict"] == verdict for row in rows)
        if number:
            parts.append(f"{number} {_WORDS[verdict][number > 1]}")
    modules = counted(len({identity(row) for row in rows}), "module")
    kernels = counted(len({row["kernel"] for row in rows}), "kernel")
    return f"{modules} on {kernels}: {', '.join(parts)}."


def refusal(module: Module) -> str:
    """Return insmod's words for why a module is refused, and their errno."""
    words = printable(module["error"])
    number = f"errno {module['errno']}" if module["errno"] else ""
    return f"{words} ({number})" if words and number else words or number


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings in groups of those with the same rule, severity and help, so that help is told once for each."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding["severity"], finding["rule"], finding["help"]), []).append(finding)
    return [*groups.values()]


def untold(module: Module) -> list[str]:
    """Return what would decide an unknown verdict and is said by no finding."""
    said = {finding["message"] for finding in module["findings"]}
    return [need for need in module["needs"] if need not in said]


def left_open(module: Module) -> str:
    """Return that and why it is not known whether a module loads; "" where it is known, or a finding says so."""
    if module["verdict"] != UNKNOWN or (module["needs"] and not untold(module)):
        return ""
    return sentences(NOT_KNOWN, *untold(module))


def known_of(kernel: Kernel) -> str:
    """Return which kernel this is, in short: release and processor, as far as they are known."""
    return printable(", ".join(filter(None, (kernel["release"], kernel["machine"]))))


def ordered(names: Sequence[str]) -> list[str]:
    """Return names once each, as they come first."""
    return list(dict.fromkeys(names))

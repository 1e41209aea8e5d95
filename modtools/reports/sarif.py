"""A check as SARIF 2.1.0, the form of static analysers' results (OASIS Standard, with errata 01).

Sections of the standard that are not plain from its schema:

- 3.11.5 a literal `{` or `}` in a message is doubled, 3.11.6 `[text](place)` is a link.
- 3.10.1 a path is a URI: percent-encoded, `file://` before an absolute one.
- 3.27.9 what could not be decided is a result of the kind `open`, which has the level `none`.
- 3.27.17 a partial fingerprint is the same as long as the finding is, whatever its message says.
- 3.49.12 `helpUri` is absolute, and pages of rules that lie beside the program have no such address: their path is told
  as a property.

GitHub (docs: "SARIF support for code scanning") wants a line of each location, and takes the fingerprint
`primaryLocationLineHash`, whose form is that of github/codeql-action: a hash, a colon, a count of those that are alike.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from modtools import __version__
from modtools.reports.document import (
    ERROR,
    REFUSED,
    UNKNOWN,
    Document,
    Finding,
    Module,
    Rules,
    left_open,
    ordered,
    refusal,
)
from modtools.reports.words import evidence_lines, sentences
from modtools.visible import printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ENDINGS = {
    0: "all modules load",
    1: "a module is refused, or warned about where that is not allowed",
    3: "no module is refused, but of one it is not known whether it loads",
}
_VERDICT_RULES = {
    REFUSED: "The kernel refuses the module.",
    UNKNOWN: "It is not known whether the kernel loads the module.",
}
"""The rules of results that stand for a verdict itself, where no finding does."""
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_KEPT = "\n\t"

Object = dict[str, Any]


def report(document: Document, rules: Rules) -> str:
    """Return the log as JSON. All rules are told, as those which found nothing were asked as well."""
    run = _Run(document, rules)
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run.whole()]}
    return json.dumps(log, indent=2) + "\n"


class _Run:
    def __init__(self, document: Document, rules: Rules) -> None:
        self._document = document
        found = ordered([finding["rule"] for row in document["modules"] for finding in row["findings"]])
        self._rules = [_rule(name, rules[name].summary, rules[name].help, rules[name].doc) for name in rules]
        self._rules += [_rule(name, name) for name in found if name not in rules]
        self._rules += [_rule(name, words) for name, words in _VERDICT_RULES.items()]
        self._numbers = {rule["id"]: number for number, rule in reversed([*enumerate(self._rules)])}
        self._files = ordered([row["path"] for row in document["modules"]])
        self._places = {path: number for number, path in enumerate(self._files)}
        self._seen: Counter[str] = Counter()

    def whole(self) -> Object:
        """Return the run, with all that its parts refer to."""
        return {
            "tool": {"driver": {"name": "pymod check", "semanticVersion": __version__, "rules": self._rules}},
            "invocations": [self._invocation()],
            "artifacts": [
                {"location": {"uri": uri(path)}, "roles": ["analysisTarget"], "properties": {"path": printable(path)}}
                for path in self._files
            ],
            "results": [result for row in self._document["modules"] for result in self._results(row)],
            "columnKind": "unicodeCodePoints",
            "properties": {"kernels": [_told(kernel) for kernel in self._document["kernels"]]},
        }

    def _invocation(self) -> Object:
        status = self._document["exit_status"]
        said = [
            {"level": _NOTIFICATIONS.get(message["level"], "note"), "message": _message(message["text"])}
            for message in self._document["messages"]
        ]
        return {
            "executionSuccessful": status in _ENDINGS,
            "exitCode": status,
            **({"exitCodeDescription": _ENDINGS[status]} if status in _ENDINGS else {}),
            **({"toolExecutionNotifications": said} if said else {}),
        }

    def _results(self, row: Module) -> list[Object]:
        results = [self._result(row, finding["rule"], finding) for finding in row["findings"]]
        if row["verdict"] == REFUSED and not any(finding["severity"] == ERROR for finding in row["findings"]):
            results.append(self._result(row, REFUSED))
        if left_open(row):
            results.append(self._result(row, UNKNOWN))
        return results

    def _result(self, row: Module, rule: str, finding: Finding | None = None) -> Object:
        place = {
            # A module has no lines, but GitHub shows no result without one.
            "physicalLocation": {
                "artifactLocation": {"uri": uri(row["path"]), "index": self._places[row["path"]]},
                "region": {"startLine": 1},
            },
            "logicalLocations": [{"name": printable(row["name"]), "kind": "module"}],
        }
        related = _related(finding["evidence"]) if finding else []
        return {
            "ruleId": printable(rule),
            "ruleIndex": self._numbers[printable(rule)],
            **_judgement(row, finding),
            "locations": [place],
            **({"relatedLocations": related} if related else {}),
            "partialFingerprints": self._fingerprints(row, rule, finding["subject"] if finding else ""),
            "properties": _properties(row, finding),
        }

    def _fingerprints(self, row: Module, rule: str, subject: str) -> Object:
        key = json.dumps([row["kernel"], row["path"], row["name"], rule, subject])
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        self._seen[digest] += 1
        counted = f"{digest}:{self._seen[digest]}"
        return {"pymodFinding/v1": counted, "primaryLocationLineHash": counted}


_NOTIFICATIONS = {"fatal": "error", "error": "error", "warning": "warning"}


def _rule(name: str, summary: str, advice: str = "", doc: str = "") -> Object:
    # GitHub requires the two that the standard leaves free.
    return {
        "id": printable(name),
        "shortDescription": {"text": printable(summary)},
        "fullDescription": {"text": printable(summary)},
        "help": {"text": printable(advice or summary, _KEPT)},
        **({"helpUri": doc} if re.match(r"https?://", doc) else {}),
        **({"properties": {"documentation": doc}} if doc else {}),
    }


def _judgement(row: Module, finding: Finding | None) -> Object:
    """Return level, kind and message of a result."""
    where = f"{row['name']} on {row['kernel']}"
    if finding:
        words = f"{where}: {sentences(finding['message'], finding['help'])}"
        return {"level": finding["severity"], "kind": "fail", "message": _message(words)}
    if row["verdict"] == REFUSED:
        words = sentences(f"{where} is refused: {refusal(row)}")
        return {"level": "error", "kind": "fail", "message": _message(words)}
    return {"level": "none", "kind": "open", "message": _message(f"{where}: {left_open(row)}")}


def _message(text: str) -> Object:
    escaped = printable(text, _KEPT).replace("{", "{{").replace("}", "}}")
    return {"text": _LINK.sub(r"\\[", escaped)}


def _properties(row: Module, finding: Finding | None) -> Object:
    about: Object = {"kernel": row["kernel"], "module": row["name"], "verdict": row["verdict"]}
    if finding:
        about |= {"step": finding["step"], "subject": finding["subject"], "evidence": finding["evidence"]}
    if row["verdict"] == REFUSED:
        about |= {"errno": row["errno"], "error": row["error"]}
    return {name: _told(value) for name, value in about.items()}


def _told(value: Any) -> Any:
    """Return a value of JSON whose texts can be shown."""
    if isinstance(value, str):
        return printable(value, _KEPT)
    if isinstance(value, Mapping):
        return {printable(str(name)): _told(part) for name, part in value.items()}
    return [_told(part) for part in value] if isinstance(value, Sequence) else value


def _related(evidence: Mapping[str, Any]) -> list[Object]:
    """Return the place in a file of configuration that evidence names, if it does."""
    file, line = evidence.get("file"), evidence.get("line")
    if not isinstance(file, str) or not file:
        return []
    place: Object = {"artifactLocation": {"uri": uri(file)}}
    if isinstance(line, int) and line > 0:
        place["region"] = {"startLine": line}
    words = "; ".join(f"{name}: {value}" for name, value in evidence_lines({"file": file, "line": line}))
    return [{"id": 1, "physicalLocation": place, "message": _message(words)}]


def uri(path: str) -> str:
    """Return a path as a reference by URI: relative where the path is, with the bytes of names that are no UTF-8."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = printable(path).encode()
    quoted = quote(data, safe="/")
    return f"file://{quoted}" if PurePosixPath(path).is_absolute() else quoted

"""A check as workflow commands of GitHub Actions: an annotation for what a rule finds of a module.

From github/docs "Workflow commands for GitHub Actions", and actions/runner `src/Runner.Common/ActionCommand.cs`, which
reads them: `::error file=FILE,title=TITLE::MESSAGE`, a line each. In the message `%`, CR and LF are written as `%25`,
`%0D` and `%0A`; in FILE and TITLE also `:` and `,`, as `%3A` and `%2C`.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.reports.document import (
    ERROR,
    NOTE,
    REFUSED,
    UNKNOWN,
    WARNING,
    Document,
    Module,
    Rules,
    alike,
    called,
    left_open,
    refusal,
)
from modtools.reports.words import sentences
from modtools.visible import printable

_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_KEPT = "\t\r\n"


def report(document: Document, _rules: Rules) -> str:
    """Return a command for what each rule finds of a module, and for a verdict that no finding tells."""
    return "".join(f"{line}\n" for module in document["modules"] for line in _module(module))


def _module(module: Module) -> Iterator[str]:
    where = f"{printable(module['name']) or called(module)} on {printable(module['kernel'])}"
    for group in alike(module["findings"]):
        first = group[0]
        said = "\n".join(sentences(finding["message"]) for finding in group)
        message = f"{where}: {said}" + (f"\n{first['help']}" if first["help"] else "")
        yield _command(first["severity"], module, first["rule"], message)
    if module["verdict"] == REFUSED and not any(row["severity"] == ERROR for row in module["findings"]):
        yield _command(ERROR, module, REFUSED, sentences(f"{where} is refused: {refusal(module)}"))
    if why := left_open(module):
        yield _command(WARNING, module, UNKNOWN, f"{where}: {why}")


def _command(severity: str, module: Module, title: str, message: str) -> str:
    properties = {"file": module["path"], "title": title}
    written = ",".join(
        f"{name}={printable(value, _KEPT).translate(_PROPERTY)}" for name, value in properties.items() if value
    )
    blank = " " if written else ""
    return f"::{_COMMANDS[severity]}{blank}{written}::{printable(message, _KEPT).translate(_MESSAGE)}"

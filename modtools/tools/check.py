"""check: whether modules load on kernels, and if not, why."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from modtools import hostfile, render
from modtools.boot import Folders
from modtools.command import Call, command, operand, option
from modtools.diagnose.request import Machine, Request, answer
from modtools.diagnose.rules import RULES
from modtools.errors import PymodError
from modtools.light import NamedTuple
from modtools.options import FOLDER
from modtools.report import Message, Report, Table, Text
from modtools.reports.document import Document, exit_status
from modtools.reports.forms import FORMS, written
from modtools.store import Store

USAGE = 2
"""Exit status for what was named wrongly, or cannot be read or written: 1 would say that a module is refused."""


@command(misused=USAGE)
@option("--kernel", "kernels", metavar="KERNEL", multiple=True, help="Check on this kernel (see boot), or on several.")
@option("--tree", type=FOLDER, metavar="DIR", help="Look for names and dependencies in this module tree.")
@option("--config", "configs", metavar="DIR", multiple=True, help="Read modprobe's configuration from here.")
@option("--args", metavar="NAME='A=1 B=2'", multiple=True, help="Load module NAME with these parameters.")
@option("--run", is_flag=True, help="Run the modules' init, and judge it, too.")
@option("--strict", is_flag=True, help="Exit with status 1 for warnings, too.")
@option("--ignore", metavar="RULE", multiple=True, help="Leave out findings of this rule, unless they refuse.")
@option("--matrix", is_flag=True, help="Print a line for each module, with a column for each kernel.")
@option("--format", "form", type=FORMS, default=FORMS[0], help="Print in this form.")
@option("-o", "--output", metavar="FILE", help="Write to FILE.")
@option("-j", "--jobs", metavar="N", help="Use N processes; by default as many as there are cores.")
@option("--shard", metavar="K/N", help="Check the Kth of N parts of the modules.")
@option("--merge", is_flag=True, help="Take JSON documents of parts in the place of modules, and print them as one.")
@option("--list-rules", is_flag=True, help="List all rules, and check nothing.")
@operand("modules", many=True, metavar="[MODULE]...")
def tool(
    call: Call,
    *,
    list_rules: bool,
    merge: bool,
    matrix: bool,
    form: str,
    output: str | None,
    strict: bool,
    **wanted: str | bool | Sequence[str] | None,
) -> Report:
    """Tell whether modules load on a kernel, and if not, all reasons.

    MODULE is a file, a folder or a package with modules, or a name in the module tree; what it depends on is looked for
    among them, then in the tree. Exit status: 0, all load; 1, some do not; 3, of some it is not known; 2, usage
    or an error.
    """
    if list_rules:
        rows = [{"rule": name, "summary": rule.summary, "source": rule.source} for name, rule in RULES.items()]
        return Report((Table("rules", rows, "{rule:<26} {summary}"),))
    _check_output(output, cast("Sequence[str]", wanted["modules"]))
    made = _merged(wanted, strict) if merge else _checked(call, strict, wanted)
    shown = _shown(made, form, matrix, terminal=not output and render.is_terminal())
    if output:
        Path(output).write_bytes(shown.encode("utf-8", "surrogateescape"))
    notes = [Message(message["text"], message["level"].upper()) for message in made["messages"]]
    return Report((*([] if output else [Text(shown)]), *notes), status=made["exit_status"])


def _check_output(output: str | None, modules: Sequence[str]) -> None:
    """Raise PymodError where what is read would be written over."""
    if output is not None and (not output or any(_same(output, module) for module in modules)):
        raise PymodError(f"-o {output}: the report needs a file of its own" if output else "-o names no file")


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _checked(call: Call, strict: bool, wanted: Mapping[str, Any]) -> Document:
    """Return the document of a check. Raises PymodError."""
    place = call.place
    folders = Folders(place.image_cache, place.saved_kernels)
    machine = Machine(Store(place.state), folders, str(place.root).rstrip("/"), place.disk)
    with render.progress("Checking modules") as progress:
        made = answer(_request(**wanted), machine, progress)
    return cast("Document", made | {"exit_status": exit_status(made["modules"], strict=strict)})


def _merged(wanted: Mapping[str, Any], strict: bool) -> Document:
    """Return the documents in some files as one. Raises PymodError, OSError."""
    from modtools.reports.merge import Part, merged
    from modtools.reports.reading import document

    if any(value for name, value in wanted.items() if name != "modules"):
        raise PymodError("--merge takes documents that are made already: of the options only --strict, and what prints")
    parts = (Part(path, document(hostfile.read(path, _LARGEST), path)) for path in wanted["modules"])
    return merged([*parts], strict=strict)


def _shown(made: Document, form: str, matrix: bool, *, terminal: bool) -> str:
    if form != "text":
        return written(form, made, {} if form == "json" else _rules())
    import shutil

    from modtools.reports import text
    from modtools.reports.text import PLAIN, Look

    look = Look(colour="NO_COLOR" not in os.environ, width=shutil.get_terminal_size().columns) if terminal else PLAIN
    return (text.matrix if matrix else text.report)(made, {}, look)


class _RuleText(NamedTuple):
    summary: str
    help: str
    doc: str


def _rules() -> Mapping[str, _RuleText]:
    """Return what forms show of rules."""
    from modtools.diagnose.ruletexts import TEXTS  # only for whom it is printed

    return {name: _RuleText(rule.summary, TEXTS[name].fix, f"docs/rules/{name}.md") for name, rule in RULES.items()}


_LARGEST = 1 << 30
"""Bytes that a document to merge may have."""


def _request(
    *,
    modules: Sequence[str],
    kernels: Sequence[str],
    tree: str | None,
    configs: Sequence[str],
    args: Sequence[str],
    run: bool,
    ignore: Sequence[str],
    jobs: str | None,
    shard: str | None,
) -> Request:
    """Return what is asked for. Raises PymodError for what cannot be."""
    if not modules:
        raise PymodError("no module is named: give a file, a folder, a package, or a name in the module tree")
    for name in ignore:
        if name not in RULES:
            raise PymodError(f"there is no rule {name}: `pymod check --list-rules` lists them")
    if not (jobs or "0").isdecimal():
        raise PymodError(f"-j {jobs} is no number of processes")
    parameters, ignored = _parameters(args), frozenset(ignore)
    return Request(modules, kernels, tree, configs, parameters, run, ignored, _shard(shard or "1/1"), int(jobs or 0))


def _parameters(args: Sequence[str]) -> dict[str, str]:
    """Return the parameters by module, those that are given later behind the others. Raises PymodError."""
    found: dict[str, str] = {}
    for words in args:
        name, equals, values = words.partition("=")
        if not equals or not name:
            raise PymodError(f"--args {words} names no module; write --args 'NAME=a=1 b=2'")
        key = name.replace("-", "_")
        found[key] = f"{found[key]} {values}" if key in found else values
    return found


def _shard(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise PymodError(f"--shard {text} is no part of a whole; write --shard 1/4 for the first of four")
    return int(number), int(parts)

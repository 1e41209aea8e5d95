"""check: whether modules load on kernels, and if not, why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from modtools import render
from modtools.boot import Folders
from modtools.command import Call, command, operand, option
from modtools.diagnose.document import Document
from modtools.diagnose.request import Machine, Request, answer
from modtools.diagnose.rules import RULES
from modtools.errors import PymodError
from modtools.options import FOLDER
from modtools.report import Message, Report, Table, Text
from modtools.store import Store

USAGE = 2
"""Exit status for what was named wrongly: nothing was checked then."""


@command(misused=USAGE)
@option("--kernel", "kernels", metavar="KERNEL", multiple=True, help="Check on this kernel (see boot), or on several.")
@option("--tree", type=FOLDER, metavar="DIR", help="Look for names and dependencies in this module tree.")
@option("--config", "configs", metavar="DIR", multiple=True, help="Read modprobe's configuration from here.")
@option("--args", metavar="NAME='A=1 B=2'", multiple=True, help="Load module NAME with these parameters.")
@option("--run", is_flag=True, help="Run the modules' init, and judge it, too.")
@option("--strict", is_flag=True, help="Exit with status 1 for warnings, too.")
@option("--ignore", metavar="RULE", multiple=True, help="Leave out findings of this rule, unless they refuse.")
@option("--format", "form", type=("text", "json"), default="text", help="Print text or JSON.")
@option("-o", "--output", metavar="FILE", help="Write to FILE.")
@option("-j", "--jobs", metavar="N", help="Use N processes; by default as many as there are cores.")
@option("--shard", metavar="K/N", help="Check the Kth of N parts of the modules.")
@option("--list-rules", is_flag=True, help="List all rules, and check nothing.")
@operand("modules", many=True, metavar="[MODULE]...")
def tool(
    call: Call, *, list_rules: bool, form: str, output: str | None, **wanted: str | bool | Sequence[str] | None
) -> Report:
    """Tell whether modules load on a kernel, and if not, all reasons.

    MODULE is a file, a folder or a package with modules, or a name in the module tree; what it depends on is looked for
    among them, then in the tree. Exit status: 0, all load; 1, some do not; 3, of some it is not known; 2, usage.
    """
    if list_rules:
        rows = [{"rule": name, "summary": rule.summary, "source": rule.source} for name, rule in RULES.items()]
        return Report((Table("rules", rows, "{rule:<26} {summary}"),))
    place = call.place
    folders = Folders(place.image_cache, place.saved_kernels)
    machine = Machine(Store(place.state), folders, str(place.root).rstrip("/"), place.disk)
    try:
        request = _request(**wanted)  # type: ignore[arg-type]  # as they are declared above
        with render.progress("Checking modules") as progress:
            made = answer(request, machine, progress)
    except PymodError as error:
        return Report((Message(str(error)),), status=USAGE)
    return _report(made, form, output)


def _report(made: Document, form: str, output: str | None) -> Report:
    text = json.dumps(made, indent=2) + "\n" if form == "json" else _text(made)
    notes = [Message(message["text"], "WARNING") for message in made["messages"]]
    if output is not None:
        Path(output).write_bytes(text.encode("utf-8", "surrogateescape"))
    return Report([*([] if output else [Text(text)]), *notes], status=made["exit_status"])


def _request(
    *,
    modules: Sequence[str],
    kernels: Sequence[str],
    tree: str | None,
    configs: Sequence[str],
    args: Sequence[str],
    run: bool,
    strict: bool,
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
    return Request(
        modules, kernels, tree, configs, parameters, run, strict, ignored, _shard(shard or "1/1"), int(jobs or 0)
    )


def _parameters(args: Sequence[str]) -> dict[str, str]:
    """Return the parameters by module. Raises PymodError."""
    found = {}
    for text in args:
        name, equals, values = text.partition("=")
        if not equals or not name:
            raise PymodError(f"--args {text} names no module; write --args 'NAME=a=1 b=2'")
        found[name.replace("-", "_")] = values
    return found


def _shard(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise PymodError(f"--shard {text} is no part of a whole; write --shard 1/4 for the first of four")
    return int(number), int(parts)


def _text(made: Document) -> str:
    lines = []
    for row in made["modules"]:
        error = f" ({row['error']})" if row["error"] else ""
        lines.append(f"{row['path']} on {row['kernel']}: {row['verdict']}{error}")
        for found in row["findings"]:
            lines += [f"  {found['severity']}: {found['message']} [{found['rule']}]", f"    {found['help']}"]
    return "".join(f"{line}\n" for line in lines)

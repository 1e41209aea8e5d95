"""check: whether modules load on kernels, and if not, why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from modtools import config, hostfile
from modtools.boot import Folders
from modtools.command import Call, command, operand, option
from modtools.diagnose.check import Against, check
from modtools.diagnose.document import Document, document, kernel_facts
from modtools.diagnose.exporters import Exporters
from modtools.diagnose.findings import Row
from modtools.diagnose.given import candidates
from modtools.diagnose.kernels import Named, kernels
from modtools.diagnose.rules import RULES
from modtools.diagnose.scratch import Scratch
from modtools.errors import PymodError
from modtools.kernel.state import Kernel
from modtools.options import FOLDER
from modtools.report import Message, Report, Table, Text
from modtools.rooted import HOST
from modtools.store import Store
from modtools.tools.context import MODULES
from modtools.tree.index import Tree
from modtools.tree.lookup import Lookup, absolute_path

USAGE = 2
"""Exit status for what was named wrongly: nothing was checked then."""


@command()
@option("--kernel", "kernel", metavar="KERNEL", multiple=True, help="Check on this kernel (see boot), or on several.")
@option("--tree", type=FOLDER, metavar="DIR", help="Look for names and dependencies in this module tree.")
@option("--config", "configs", metavar="DIR", multiple=True, help="Read modprobe's configuration from here.")
@option("--args", metavar="NAME='A=1 B=2'", multiple=True, help="Load module NAME with these parameters.")
@option("--run", is_flag=True, help="Run the modules' init, and judge it, too.")
@option("--strict", is_flag=True, help="Exit with status 1 for warnings, too.")
@option("--ignore", metavar="RULE", multiple=True, help="Leave out findings of this rule that refuse nothing.")
@option("--format", "form", type=("text", "json"), default="text", help="Print text or JSON.")
@option("-o", "--output", metavar="FILE", help="Write to FILE.")
@option("--list-rules", is_flag=True, help="List all rules, and check nothing.")
@operand("modules", many=True, metavar="MODULE...")
def tool(
    call: Call,
    *,
    kernel: Sequence[str],
    tree: str | None,
    configs: Sequence[str],
    args: Sequence[str],
    run: bool,
    strict: bool,
    ignore: Sequence[str],
    form: str,
    output: str | None,
    list_rules: bool,
    modules: Sequence[str],
) -> Report:
    """Tell whether modules load on a kernel, and if not, all reasons.

    MODULE is a file, a folder or a package with modules, or a name in the module tree; what it depends on is looked for
    among them, then in the tree. Exit status: 0, all load; 1, some do not; 3, of some it is not known; 2, usage.
    """
    if list_rules:
        rows = [{"rule": name, "summary": rule.summary, "source": rule.source} for name, rule in RULES.items()]
        return Report((Table("rules", rows, "{rule:<26} {summary}"),))
    try:
        made = _checked(call, kernel, modules, tree, configs, _parameters(args), _rules(ignore), run, strict)
    except PymodError as error:
        return Report((Message(str(error)),), status=USAGE)
    text = json.dumps(made, indent=2) + "\n" if form == "json" else _text(made)
    notes = [Message(message["text"], "WARNING") for message in made["messages"]]
    if output is not None:
        Path(output).write_bytes(text.encode("utf-8", "surrogateescape"))
        return Report(notes, status=made["exit_status"])
    return Report((Text(text), *notes), status=made["exit_status"])


def _parameters(args: Sequence[str]) -> dict[str, str]:
    """Return the parameters by module. Raises PymodError."""
    found = {}
    for text in args:
        name, equals, values = text.partition("=")
        if not equals or not name:
            raise PymodError(f"--args {text} names no module; write --args 'NAME=a=1 b=2'")
        found[name.replace("-", "_")] = values
    return found


def _rules(names: Sequence[str]) -> frozenset[str]:
    for name in names:
        if name not in RULES:
            raise PymodError(f"there is no rule {name}: see pymod check --list-rules")
    return frozenset(names)


def _checked(
    call: Call,
    words: Sequence[str],
    modules: Sequence[str],
    tree: str | None,
    configs: Sequence[str],
    args: dict[str, str],
    ignored: frozenset[str],
    run: bool,
    strict: bool,
) -> Document:
    """Return the document of the whole check. Raises PymodError."""
    if not modules:
        raise PymodError("no module is named: give a file, a folder, a package, or a name in the module tree")
    folders = Folders(call.place.image_cache, call.place.saved_kernels)
    facts, rows, notes = [], list[Row](), list[str]()
    for named in kernels(words, folders, Store(call.place.state)):
        facts.append(kernel_facts(named.word, named.kernel))
        notes += named.notes
        rows += _rows(call, named, modules, tree, configs, args, run)
    kept = [row._replace(findings=tuple(f for f in row.findings if f.rule not in ignored or f.severity == "error")) for row in rows]
    return document(facts, kept, notes, strict=strict)


def _rows(
    call: Call,
    named: Named,
    modules: Sequence[str],
    tree: str | None,
    configs: Sequence[str],
    args: dict[str, str],
    run: bool,
) -> Iterator[Row]:
    lookup = _lookup(call, named.kernel, tree, configs)
    given = list(candidates(modules, lookup))
    against = Against(named.word, Scratch(named.kernel, run=run), Exporters(given, lookup), lookup.config)
    for candidate in given:
        yield check(against, candidate, args)


def _lookup(call: Call, kernel: Kernel, tree: str | None, configs: Sequence[str]) -> Lookup:
    """Return what names mean: in the tree that is given, or that of the machine for this kernel."""
    root = str(call.place.root).rstrip("/")
    disk = call.place.disk if tree is None else HOST
    folder = absolute_path(f"{root}{MODULES}/{kernel.identity.release}" if tree is None else tree)
    places = list(configs) or [root + place for place in config.MODPROBE_DIRECTORIES]
    notes: list = []
    read = config.read(config.files(places, folder, notes, call.place.disk), kernel.identity.cmdline, notes, call.place.disk)
    return Lookup(Tree(folder, disk), read, notes, zlib=True)


def _text(made: Document) -> str:
    lines = []
    for row in made["modules"]:
        error = f" ({row['error']})" if row["error"] else ""
        lines.append(f"{row['path']} on {row['kernel']}: {row['verdict']}{error}")
        for found in row["findings"]:
            lines += [f"  {found['severity']}: {found['message']} [{found['rule']}]", f"    {found['help']}"]
    return "".join(f"{line}\n" for line in lines)

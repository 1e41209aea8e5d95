"""closure: every file that an image needs for some modules to load, with what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from modtools.command import Call, command, operand, option
from modtools.config import Directives
from modtools.errors import PymodError
from modtools.notes import WARNING, Note
from modtools.plan import Reason
from modtools.relations.closure import Applied, Closure, NeededFile, Place, Request, close
from modtools.relations.commands import Commands
from modtools.report import Column, Hint, Message, Part, Report, Table, Text, Value
from modtools.shared.context import Context, index_faults, tool_messages
from modtools.shared.modaliases import modaliases
from modtools.shared.steps import named

_LEFT_OUT: Final = ("modules", "softdeps", "weakdeps", "firmware", "config", "tree")
"""What can be left out: files of a kind, or modules that are there only for such a reason."""
_KINDS: Final = {"modules": "module", "firmware": "firmware", "config": "config", "tree": "tree"}
"""The kind of file that each of these words leaves out."""
_LINE, _LONG = "{path}", "{size:>10} {kind:<8} {path}{_arrow}"
_COLUMNS: Final = (
    Column("Size", "{size}", right=True),
    Column("Kind", "{kind}"),
    Column("Path", "{path}{_arrow}"),
    Column("Why", "{why}", more=True),
)

USAGE: Final = 2
"""Exit status for what was named wrongly, or cannot be read or written: 1 says that the list is not complete."""


@command(lists=True, misused=USAGE)
@option("--alias-file", metavar="FILE", multiple=True, help="Add the modules for the modaliases in FILE (-: stdin).")
@option("-b", "--use-blacklist", is_flag=True, help="Leave out blacklisted modules that are given by name, too.")
@option("-C", "--config", metavar="FILE", multiple=True, help="Use FILE instead of the default search paths.")
@option("-d", "--dirname", metavar="DIR", help="Use DIR as root for /lib/modules and /lib/firmware.")
@option("-S", "--set-version", metavar="VERSION", help="Use VERSION instead of `uname -r`.")
@option("--without", multiple=True, type=_LEFT_OUT, metavar="KIND", help=f"Leave out: {', '.join(_LEFT_OUT)}.")
@option("-l", "--long", is_flag=True, help="Show sizes in bytes and their sum, kinds, and where links lead.")
@option("-r", "--relative", is_flag=True, help="Show paths as they are below the root, for `tar -C DIR -T -`.")
@option("-0", "--null", is_flag=True, help="End each path with a zero byte instead of a newline.")
@option("-q", "--quiet", is_flag=True, help="Do not say what is missing.")
@operand("names", metavar="[NAME...]", many=True)
def tool(call: Call, *, names: tuple[str, ...], alias_file: tuple[str, ...], **given: Any) -> Report:
    """List every file that an image needs for these modules.

    NAME is what modprobe takes: a module, an alias or a path. Listed are the modules with all that they need, in the
    order of loading, firmware with the links that lead to it, files of modprobe.d that apply, and what depmod reads.
    What is missing is said on standard error. FILE has modaliases, a line each: find /sys -name modalias -exec cat {} +
    Exit status: 0; 1, a name means nothing or a module has no file; 2, usage or an error.
    """
    if not names and not alias_file:
        raise PymodError("nothing to list: name a module, or a file of modaliases with --alias-file")
    named(names)
    aliases = tuple(alias for path in alias_file for alias in modaliases(path))
    context, notes = Context(call), list[Note]()
    without = frozenset(given["without"])
    tree = context.indexed_tree(given["dirname"], given["set_version"])
    commands = context.commands(tree, given["dirname"], given["set_version"], given["config"])
    config = context.given_config(tree.folder, given["config"], notes)
    config = config._replace(**{kind: Directives() for kind in ("softdep", "weakdep") if f"{kind}s" in without})
    place = Place(tree, context.root_of(given["dirname"]), config)
    found = close(place, Request(names, aliases, given["use_blacklist"], "firmware" not in without))
    left_out = {_KINDS[word] for word in without & _KINDS.keys()}
    found = found._replace(files=tuple(file for file in found.files if file.kind not in left_out))
    rows = [_row(file, f"{place.root}/" if given["relative"] else "") for file in found.files]
    if call.as_json:
        parts = list(_tables(found, rows))
    else:
        total = sum(file.size for file in found.files) if given["long"] else None
        parts = [_listed(rows, total, "\0" if given["null"] else "\n")]
    warnings = [*tool_messages(notes, WARNING), *index_faults(tree, commands), *_messages(found)]
    messages = [] if given["quiet"] else warnings
    problems, status = map(Message, found.problems), int(bool(found.problems))
    return Report((*parts, *messages, *problems, *_advice(found, commands)), status=status)


def _advice(found: Closure, commands: Commands) -> Iterator[Hint]:
    """Yield what tells more about names that mean nothing."""
    for name in found.unknown:
        yield Hint(f"{commands.ask('why', '--not', name)} tells more.")


def _row(file: NeededFile, before: str) -> dict[str, Value]:
    arrow = "" if file.target is None else f" -> {file.target}"
    return {**file._asdict(), "path": file.path.removeprefix(before), "_arrow": arrow}


def _listed(rows: Sequence[dict[str, Value]], total: int | None, end: str) -> Part:
    """Return the list of files; with a total, the long one."""
    line = _LINE if total is None else _LONG
    if end != "\n":
        return Text("".join(f"{line.format_map(row)}{end}" for row in rows))
    if total is None:
        return Table("files", rows, line)
    last: dict[str, Value] = {"size": total, "kind": "total", "path": "", "why": "", "_arrow": ""}
    return Table("files", [*rows, last], line, columns=_COLUMNS)


def _messages(found: Closure) -> Iterator[Message]:
    """Yield what is worth knowing about a list: what is not in it, and who would have wanted it."""
    for text in found.warnings:
        yield Message(text, "WARNING")
    for alias, module, line in found.muted:
        yield Message(f"{module} is left out: {line.place} blacklists it, and {alias} finds it", "WARNING")
    for kind, name, of, source in found.missing:
        if kind != "module":
            yield Message(f"{kind} {name} of {of} is missing{source and f' ({source})'}", "WARNING")


def _tables(found: Closure, rows: Sequence[dict[str, Value]]) -> Iterator[Part]:
    yield Table("files", rows, "")
    yield Table("modules", [{**module._asdict(), "reason": _reason(module.reason)} for module in found.modules], "")
    yield Table("firmware", [each._asdict() for each in found.firmware], "")
    yield Table("config", [_line(each) for each in found.lines], "")
    yield Table("missing", [each._asdict() for each in found.missing], "")
    yield Table("aliases", [each._asdict() for each in found.aliases], "")
    yield Table(
        "muted", [{**each._asdict(), "line": _line(Applied("blacklist", each.line))} for each in found.muted], ""
    )


def _reason(reason: Reason) -> dict[str, Value]:
    return {**reason._asdict(), "words": str(reason)}


def _line(applied: Applied) -> dict[str, Value]:
    return {"kind": applied.kind, **applied.line._asdict()}

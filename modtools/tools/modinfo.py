"""modinfo: what module files, and modules that are compiled in, say about themselves.

Words, layout and exit status are those of kmod 34: `tools/modinfo.c`.
"""

from __future__ import annotations

import os
import stat

from modtools.command import Call, command, operand, option
from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import ENOENT, strerror
from modtools.notes import Aborted, LibkmodError, Note
from modtools.report import Message, Part, Report, Table, Text, Value
from modtools.shared.context import Context, libkmod_messages
from modtools.tree import info
from modtools.tree.info import ModinfoField, ModinfoParameter
from modtools.tree.kofile import has_extension
from modtools.tree.lookup import KnownModule, Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HELP = """\
Usage:
\t{name} [options] <modulename|filename> [args]
Options:
\t-a, --author                Print only 'author'
\t-d, --description           Print only 'description'
\t-l, --license               Print only 'license'
\t-p, --parameters            Print only 'parm'
\t-n, --filename              Print only 'filename'
\t-0, --null                  Use \\0 instead of \\n
\t-m, --modname               Handle argument as module name instead of alias or filename
\t-F, --field=FIELD           Print only provided FIELD
\t-k, --set-version=VERSION   Use VERSION instead of `uname -r`
\t-b, --basedir=DIR           Use DIR as filesystem root for /lib/modules
\t-V, --version               Show version
\t-h, --help                  Show this help
"""

_FIELDS = {
    "author": "author",
    "description": "description",
    "license": "license",
    "parameters": "parm",
    "filename": "filename",
}
"""Options that ask for one field. The last of them, or of --field, counts."""
_BUILTIN = "(builtin)"
_WIDTH = 15
"""Columns of a field's name, without the blank that follows."""


class _Style(NamedTuple):
    """How to print: all fields or one, and what ends each."""

    field: str | None = None
    end: str = "\n"

    def fields(self, found: Iterable[ModinfoField]) -> Iterator[str]:
        """Yield fields as kmod prints them: all, or the values of the one that is asked for."""
        for key, value in found:
            if self.field is None:
                yield f"{key}={value}\0" if self.end == "\0" else self.line(key, value)
            elif key == self.field:
                yield value + self.end

    def line(self, key: str, value: str) -> str:
        """Return a field as a line with its name in front, as some fields are printed also with -0."""
        return f"{key}:{' ' * (_WIDTH - len(key.encode('utf-8', 'surrogateescape')))}{value}{self.end}"

    def parameters(self, found: Iterable[ModinfoParameter]) -> Iterator[str]:
        """Yield the lines of parameters, which come after all other fields, or alone."""
        for name, description, kind in found:
            if self.field is not None:
                words = f" ({kind})" if description is None else _described(description, kind)
                yield f"{name}:{words}{self.end}"
            else:
                yield self.line("parm", f"{name}:{kind if description is None else _described(description, kind)}")


def _described(description: str, kind: str | None) -> str:
    return description if kind is None else f"{description} ({kind})"


class _Answer:
    """What modinfo has to say: parts of a report, the same as rows for JSON, and whether something went wrong.

    `asked` is the one field that is looked at, None for all.
    """

    def __init__(self, style: _Style, asked: str | None) -> None:
        self.style = style
        self._asked = asked
        self.parts: list[Part] = []
        self.rows: list[dict[str, Value]] = []
        self.failed = False

    def fail(self, text: str) -> None:
        """Say what is wrong; modinfo goes on with the next module."""
        self.parts.append(Message(text))
        self.failed = True

    def show(self, lookup: Lookup, module: KnownModule) -> None:
        """Print and collect all fields of one module."""
        path = lookup.path(module)
        heads = [("name", module.name)] if path is None else []
        self._heads([*heads, ("filename", path or _BUILTIN)])
        found = [] if self.style.field == "filename" else self._read(lookup, module, path)
        self._fields(found)
        pairs = [{"key": key, "value": value} for key, value in found]
        self.rows.append({"name": module.name, "filename": path, "fields": pairs})

    def _read(self, lookup: Lookup, module: KnownModule, path: str | None) -> list[ModinfoField]:
        """Return the fields of a module, none after saying why."""
        noted = len(lookup.notes)
        problem, found = _fields(lookup, module, self._asked)
        self.parts += libkmod_messages(lookup.notes[noted:])
        # A tree without modules.builtin.modinfo is an old one, and no error.
        if problem and (path is not None or problem != strerror(ENOENT)):
            self.fail(f"could not get modinfo from '{module.name}': {problem}")
        return found

    def _heads(self, heads: Iterable[ModinfoField]) -> None:
        """Print name and file, which have their usual form also with -0."""
        style = self.style
        self._tell(style.fields(heads) if style.field is not None else (style.line(*head) for head in heads))

    def _fields(self, found: list[ModinfoField]) -> None:
        notes: list[Note] = []
        listed = info.parameters(found, notes) if self.style.field in (None, "parm") else []
        if self.style.field != "parm":
            hidden = ("parm", "parmtype") if self.style.field is None else ()
            self._tell(self.style.fields(pair for pair in found if pair[0] not in hidden))
        self.parts += [Message(note.text) for note in notes]
        self._tell(self.style.parameters(listed))

    def _tell(self, texts: Iterable[str]) -> None:
        self.parts.append(Text("".join(texts)))


def _fields(lookup: Lookup, module: KnownModule, asked: str | None) -> tuple[str, list[ModinfoField]]:
    """Return what is wrong with a module in words, "" for nothing; and its fields."""
    try:
        return "", info.fields(lookup, module, asked)
    except OSError as error:
        return error.strerror or str(error), []
    except LibkmodError as problem:
        return strerror(problem.errno), []


@command(kmod_help=_HELP, lists=True)
@option("-a", "--author", is_flag=True)
@option("-d", "--description", is_flag=True)
@option("-l", "--license", is_flag=True)
@option("-p", "--parameters", is_flag=True)
@option("-n", "--filename", is_flag=True)
@option("-0", "--null", is_flag=True)
@option("-m", "--modname", is_flag=True)
@option("-F", "--field")
@option("-k", "--set-version")
@option("-b", "--basedir")
@operand("names", many=True)
def tool(
    call: Call,
    *,
    null: bool,
    modname: bool,
    set_version: str | None,
    basedir: str | None,
    names: tuple[str, ...],
    **_: object,
) -> Report:
    """Show what module files say about themselves."""
    if not names:
        return Report((Message("missing module or filename."),), status=1)
    field = _chosen_field(call)
    answer = _Answer(_Style(field, "\0" if null else "\n"), None if call.as_json else field)
    context = Context(call)
    notes: list[Note] = []
    tree = context.tree(basedir, set_version)
    config = context.config(tree.folder, (), notes)
    answer.parts += libkmod_messages(notes)
    try:
        for name in names:
            _show_one(answer, Lookup(tree, config, zlib=not call.linked), name, modname)
    except Aborted as death:
        from modtools.shared.aborting import die

        return die(death.text)
    if call.as_json:
        messages = [part for part in answer.parts if isinstance(part, Message)]
        return Report((Table("modules", answer.rows, ""), *messages), status=int(answer.failed))
    return Report(answer.parts, status=int(answer.failed))


def _chosen_field(call: Call) -> str | None:
    """Return the one field that is asked for: the last that the command line names."""
    chosen = None
    for key, value in call.given:
        chosen = value if key == "field" else _FIELDS.get(key, chosen)
    return chosen


def _show_one(answer: _Answer, lookup: Lookup, name: str, modname: bool) -> None:
    """Show a module by its file, its name or alias, or with -m only by its name."""
    kind = "Module name" if modname else "Module"
    try:
        if modname:
            found = lookup.find_module(name)[:1]
        else:
            found = [lookup.at_path(name)] if _is_module_file(name, zlib=lookup.zlib) else lookup.find(name)
    except FormatError:
        kind, found = "Module alias", []
    answer.parts += libkmod_messages(lookup.notes)
    lookup.notes.clear()
    if not found:
        answer.fail(f"{kind} {name} not found.")
    for module in found:
        answer.show(lookup, module)


def _is_module_file(name: str, *, zlib: bool) -> bool:
    try:
        return has_extension(name, zlib=zlib) and stat.S_ISREG(os.stat(name).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False

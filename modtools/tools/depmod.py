"""depmod: write the index files of a module tree.

Words, order and exit status are those of kmod 34: `tools/depmod.c`, depmod(8); what libkmod says with -vv is in
`libkmod/libkmod.c`: kmod_set_log_fn, kmod_unref.
"""

# ruff: noqa: E101  # the help text is indented as kmod indents it

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from modtools import render
from modtools.command import Call, command, operand, option
from modtools.forks import without_collector
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.names import checked_release
from modtools.notes import FATAL, INFO, WARNING, Note
from modtools.report import Hint, Message, Part, Report, Table, Text, Value
from modtools.rooted import HOST
from modtools.shared.context import MODULES, Context, tool_messages, where_else
from modtools.shared.toollog import REGISTERED, RELEASED
from modtools.tree.cache import Cache
from modtools.tree.depmod_config import DIRECTORIES
from modtools.tree.inputs import DepmodFailed, DepmodInputs, Request
from modtools.tree.last_run import LastRun
from modtools.tree.lock import locked
from modtools.tree.lookup import absolute_path
from modtools.tree.quick import is_up_to_date
from modtools.tree.staging import remove_abandoned

if TYPE_CHECKING:
    from typing import Any, Final

    from modtools.tree.depmod import Depmod, IndexOutput

_BLANKS: Final = " \t\n\v\f\r"

_HELP = """\
Usage:
	{name} -[aA] [options] [forced_version]

If no arguments (except options) are given, "depmod -a" is assumed

depmod will output a dependency list suitable for the modprobe utility.

Options:
	-a, --all            Probe all modules
	-A, --quick          Only does the work if there's a new module
	-e, --errsyms        Report not supplied symbols
	-n, --show           Write the dependency file on stdout only
	-P, --symbol-prefix  Architecture symbol prefix
	-C, --config=PATH    Read configuration from PATH
	-v, --verbose        Enable verbose mode
	-w, --warn           Warn on duplicates
	-V, --version        show version
	-h, --help           show this help

The following options are useful for people managing distributions:
	-b, --basedir=DIR    Root path (default: /).
	-m, --moduledir=DIR  Module directory (default: /lib/modules).
	-o, --outdir=DIR     Output root path (default: same as <basedir>).
	-F, --filesyms=FILE  Use the file instead of the
	                     current kernel symbols.
	-E, --symvers=FILE   Use Module.symvers file to check
	                     symbol versions.
"""


class DepmodSettings(NamedTuple):
    """What a run is to do beside its request: -A, -n, --json, how often -v, and whether to remember."""

    quick: bool = False
    show: bool = False
    as_json: bool = False
    verbose: int = 0
    cache: bool = True

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written."""
        return self.show or self.as_json


@command(kmod_help=_HELP)
@option("-a", "--all", "everything", is_flag=True)
@option("-A", "--quick", is_flag=True)
@option("-e", "--errsyms", is_flag=True)
@option("-n", "--show", "--dry-run", is_flag=True)
@option("-P", "--symbol-prefix")
@option("-C", "--config", multiple=True)
@option("-v", "--verbose", counts=True)
@option("-w", "--warn", is_flag=True)
@option("-b", "--basedir")
@option("-m", "--moduledir", default=MODULES)
@option("-o", "--outdir")
@option("-F", "--filesyms")
@option("-E", "--symvers")
@option("--strict", is_flag=True, own=True, help="Exit with 1 after any warning; warn about more than kmod does.")
@option("--json", is_flag=True, own=True, help="Print what would be written, and why (docs/json.md).")
@option("--no-cache", is_flag=True, own=True, help="Read all modules, write all files, remember nothing.")
@operand("words", many=True)
def tool(call: Call, *, words: tuple[str, ...], **given: Any) -> Report:
    """Write the files by which modprobe finds modules, what they need, and their aliases."""
    prefix = given["symbol_prefix"]
    if prefix is not None and len(prefix.encode("utf-8", "surrogateescape")) != 1:
        return Report((Message("-P only takes a single char", "FATAL"),), status=1)
    if words and not _is_version(words[0]):
        return Report((Message(f"Bad version passed {words[0]}"),), status=1)
    settings = DepmodSettings(
        quick=given["quick"],
        show=given["show"],
        as_json=given["json"],
        verbose=given["verbose"],
        cache=not given["no_cache"],
    )
    return _run(call, _request(call, words, given), settings)


def _is_version(word: str) -> bool:
    """Return whether a word begins with two numbers and a dot between them, as C's "%d.%d" reads them."""
    major, dot, rest = word.partition(".")
    first, second = _unsigned(major), _unsigned(rest)[:1]
    return bool(dot) and all(number.isascii() and number.isdigit() for number in (first, second))


def _unsigned(text: str) -> str:
    """Return a text behind blanks and one sign."""
    text = text.lstrip(_BLANKS)
    return text[1:] if text[:1] in ("+", "-") else text


def _request(call: Call, words: tuple[str, ...], given: dict[str, Any]) -> Request:
    context = Context(call)
    root = context.root if given["basedir"] is None else absolute_path(given["basedir"])
    target = root if given["outdir"] is None else absolute_path(given["outdir"])
    release = words[0] if words else context.release
    disk = HOST if given["basedir"] is not None else call.place.disk
    if disk.root:
        checked_release(release)  # elsewhere kmod's way stays
    folder = f"{given['moduledir'].lstrip('/')}/{release}"
    whole = given["everything"] or given["quick"] or len(words) < 2
    return Request(
        folder=f"{root}/{folder}",
        target=disk.real(f"{target}/{folder}"),
        release=release,
        config=given["config"] or [context.root + place for place in DIRECTORIES],
        files=None if whole else words[1:],
        symvers=given["symvers"],
        system_map=given["filesyms"],
        unknown=given["errsyms"],
        prefix=given["symbol_prefix"] or "",
        warn_duplicates=given["warn"] or given["strict"],
        verbose=bool(given["verbose"]),
        strict=given["strict"],
        plain=call.linked,
        disk=disk,
    )


def _run(call: Call, request: Request, settings: DepmodSettings) -> Report:
    """Run depmod as requested, and report."""
    cache = Cache(call.place.cache / "depmod") if settings.cache else None
    notes: list[Note] = []
    with ExitStack() as held:
        held.enter_context(without_collector())
        if not settings.dry:
            held.enter_context(locked(request.target, notes))
            remove_abandoned(request.target)
        last_run = LastRun.open(cache, request.folder, request.target, request.wants_crcs)
        inputs = DepmodInputs(request, last_run, notes)
        parts, status = _work(inputs, settings, call)
    if inputs.death:
        return _die(call, inputs)
    hints: list[Part] = []
    if status and not request.disk.is_folder(request.folder):
        own = "`pymod root` makes the machine's own folders; -b names the root of another tree."
        hints.append(Hint(where_else(request.folder, request.disk) or own))
    shown = Text("".join(inputs.shown).encode("utf-8", "surrogateescape"))
    return Report((shown, *parts, *_messages(inputs, settings.verbose, plain=call.linked), *hints), status)


def _die(call: Call, inputs: DepmodInputs) -> Report:
    """End as kmod does where a module refers to a section that does not exist."""
    from modtools.shared.aborting import die

    render.show(Report(list(_messages(inputs, 0, plain=True))), render.Style(call.name, linked=True))
    return die(inputs.death)


def _work(inputs: DepmodInputs, settings: DepmodSettings, call: Call) -> tuple[list[Part], int]:
    """Return what goes to standard output, and the exit status."""
    request = inputs.request
    if settings.quick and (
        settings.show or is_up_to_date(request.folder, request.extensions, inputs.notes, request.disk)
    ):
        return [], 0
    parts: list[Part] = []
    try:
        inputs.find()
        if settings.dry or request.verbose or not inputs.is_done():
            parts = _make(inputs, settings, call)
        else:
            inputs.say_again()
    except DepmodFailed:
        return parts, 1
    worst = min((note.level for note in inputs.notes), default=INFO)
    return parts, int(inputs.failed or worst <= (WARNING if request.strict else FATAL))


def _make(inputs: DepmodInputs, settings: DepmodSettings, call: Call) -> list[Part]:
    """Make the index files, and write or show them."""
    from modtools.tree.depmod import Depmod

    with render.progress("Reading modules", hidden=call.linked) as progress:
        run = Depmod(inputs, progress, anew=settings.dry)
        made = run.make(texts_only=settings.show and not settings.as_json)
    if settings.as_json:
        return list(_tables(inputs, run, made))
    if settings.show:
        return [Text(b"".join(file.contents or b"" for file in made.values()))]
    run.write(made)
    return []


def _messages(inputs: DepmodInputs, verbose: int, *, plain: bool) -> Iterator[Message]:
    """Yield what goes to standard error. kmod ends after its first FATAL message."""
    last = next((at for at, note in enumerate(inputs.notes) if note.level == FATAL), len(inputs.notes))
    notes = inputs.notes[: last + 1] if plain else inputs.notes
    if verbose > INFO - WARNING - 1:
        yield Message(REGISTERED, "INFO")
    yield from tool_messages(notes, WARNING + verbose)
    if verbose > INFO - WARNING - 1 and last == len(inputs.notes):
        yield Message(RELEASED, "INFO")


def _tables(inputs: DepmodInputs, run: Depmod, made: dict[str, IndexOutput]) -> Iterator[Table]:
    """Yield the tables that --json prints."""
    yield Table("files", [_file_row(inputs.request, name, file) for name, file in made.items()], "{name}")
    yield Table("modules", list(_module_rows(run)), "{name}")
    rows: list[dict[str, Value]]
    rows = [{"path": row.path, "by": row.by, "configured": row.ruled} for row in inputs.scan.shadowed]
    yield Table("shadowed", rows, "{path}")


def _file_row(request: Request, name: str, made: IndexOutput) -> dict[str, Value]:
    contents, path = made.contents or b"", f"{request.target}/{name}"
    try:
        reason = "unchanged" if request.disk.read(path) == contents else "changed"
    except OSError:
        reason = "new"
    return {"name": name, "path": path, "bytes": len(contents), "reason": reason}


def _module_rows(run: Depmod) -> Iterator[dict[str, Value]]:
    """Yield each module with what it needs, and the symbol on account of which it needs that."""
    graph, files = run.graph, run.graph.files
    for position, (file, needed) in enumerate(zip(files, run.dependencies, strict=True)):
        yield {
            "name": file.name,
            "path": file.path,
            "dependencies": [files[other].name for other in needed],
            "because": {files[other].name: symbol for symbol, other in graph.reasons(position)},
            "problems": [reason for _, _, reason in graph.linkages[position].problems[:1]],
        }

"""Carries out a run of depmod, and tells about it.

From kmod 34: `tools/depmod.c` (do_depmod), and what libkmod says with -vv (`libkmod/libkmod.c`: kmod_set_log_fn,
kmod_unref).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from modtools import render
from modtools.command import Call
from modtools.config import Note
from modtools.report import Hint, Message, Part, Report, Table, Text, Value
from modtools.tools.context import tool_messages, where_else
from modtools.tools.libkmod import REGISTERED, RELEASED
from modtools.tree.cache import Cache
from modtools.tree.found import Found, Request, Stopped
from modtools.tree.levels import FATAL, INFO, WARNING
from modtools.tree.lock import locked
from modtools.tree.memory import Memory
from modtools.tree.processes import without_collector
from modtools.tree.quick import is_up_to_date
from modtools.tree.staging import remove_abandoned

if TYPE_CHECKING:
    from modtools.tree.depmod import Made, Run


class Settings(NamedTuple):
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


def run(call: Call, request: Request, settings: Settings) -> Report:
    """Do what was asked for."""
    cache = Cache(call.place.cache / "depmod") if settings.cache else None
    notes: list[Note] = []
    with ExitStack() as held:
        held.enter_context(without_collector())
        if not settings.dry:
            held.enter_context(locked(request.target, notes))
            remove_abandoned(request.target)
        memory = Memory.open(cache, request.folder, request.target, request.wants_crcs)
        found = Found(request, memory, notes)
        parts, status = _work(found, settings, call)
    if found.death:
        return _die(call, found)
    hints: list[Part] = []
    if status and not request.disk.is_folder(request.folder):
        own = "`pymod root` makes the machine's own folders; -b names the root of another tree."
        hints.append(Hint(where_else(request.folder, request.disk) or own))
    shown = Text("".join(found.shown).encode("utf-8", "surrogateescape"))
    return Report((shown, *parts, *_messages(found, settings.verbose, plain=call.linked), *hints), status)


def _die(call: Call, found: Found) -> Report:
    """End as kmod does where it is sent to a section that there is not."""
    from modtools.formats.kmodelf import Aborted
    from modtools.tools.aborting import die

    render.show(Report(list(_messages(found, 0, plain=True))), render.Reader(call.name, linked=True))
    death = Aborted(0, "")
    death.text = found.death
    return die(call, death)


def _work(found: Found, settings: Settings, call: Call) -> tuple[list[Part], int]:
    """Do it. What goes to standard output, and the exit status."""
    request = found.request
    if settings.quick and (
        settings.show or is_up_to_date(request.folder, request.extensions, found.notes, request.disk)
    ):
        return [], 0
    parts: list[Part] = []
    try:
        found.find()
        if settings.dry or request.verbose or not found.is_done():
            parts = _make(found, settings, call)
        else:
            found.say_again()
    except Stopped:
        return parts, 1
    worst = min((note.level for note in found.notes), default=INFO)
    return parts, int(found.failed or worst <= (WARNING if request.strict else FATAL))


def _make(found: Found, settings: Settings, call: Call) -> list[Part]:
    """Make the index files, and write or show them."""
    from modtools.tree.depmod import Run

    with render.progress("Reading modules", hidden=call.linked) as progress:
        run = Run(found, progress, anew=settings.dry)
        made = run.make(texts_only=settings.show and not settings.as_json)
    if settings.as_json:
        return list(_tables(found, run, made))
    if settings.show:
        return [Text(b"".join(file.contents or b"" for file in made.values()))]
    run.write(made)
    return []


def _messages(found: Found, verbose: int, *, plain: bool) -> Iterator[Message]:
    """What goes to standard error. kmod's last words are its first FATAL ones."""
    last = next((at for at, note in enumerate(found.notes) if note.level == FATAL), len(found.notes))
    notes = found.notes[: last + 1] if plain else found.notes
    if verbose > INFO - WARNING - 1:
        yield Message(REGISTERED, "INFO")
    yield from tool_messages(notes, WARNING + verbose)
    if verbose > INFO - WARNING - 1 and last == len(found.notes):
        yield Message(RELEASED, "INFO")


def _tables(found: Found, run: Run, made: dict[str, Made]) -> Iterator[Table]:
    """All that --json tells."""
    yield Table("files", [_file_row(found.request, name, file) for name, file in made.items()], "{name}")
    yield Table("modules", list(_module_rows(run)), "{name}")
    rows: list[dict[str, Value]]
    rows = [{"path": row.path, "by": row.by, "configured": row.ruled} for row in found.scan.shadowed]
    yield Table("shadowed", rows, "{path}")


def _file_row(request: Request, name: str, made: Made) -> dict[str, Value]:
    contents, path = made.contents or b"", f"{request.target}/{name}"
    try:
        reason = "unchanged" if request.disk.read(path) == contents else "changed"
    except OSError:
        reason = "new"
    return {"name": name, "path": path, "bytes": len(contents), "reason": reason}


def _module_rows(run: Run) -> Iterator[dict[str, Value]]:
    """Each module with what it needs, and the symbol on account of which it needs that."""
    graph, files = run.graph, run.graph.files
    for position, (file, needed) in enumerate(zip(files, run.dependencies, strict=True)):
        yield {
            "name": file.name,
            "path": file.path,
            "dependencies": [files[other].name for other in needed],
            "because": {files[other].name: symbol for symbol, other in graph.reasons(position)},
            "problems": [reason for _, _, reason in graph.linkages[position].problems[:1]],
        }

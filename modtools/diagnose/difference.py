"""What differs between two kernels: what they export, their module trees, and which modules load only on the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from modtools.config import Config
from modtools.diagnose import exportchanges, treechanges, treefacts
from modtools.diagnose.document import Document, kernel_facts
from modtools.diagnose.exportchanges import ExportChanges
from modtools.diagnose.findings import Severity, Verdict
from modtools.diagnose.given import candidates
from modtools.diagnose.kernels import Named, kernels
from modtools.diagnose.request import Machine
from modtools.diagnose.request import Request as CheckRequest
from modtools.diagnose.request import answer as check
from modtools.diagnose.treechanges import TreeChanges
from modtools.errors import PymodError
from modtools.light import NamedTuple
from modtools.rooted import HOST, Host
from modtools.tree.index import SYMBOLS, Tree
from modtools.tree.lookup import Lookup, absolute_path

_CHANGES: Final = ("aliases", "firmware", "parameters")


class Request(NamedTuple):
    """What is to be compared: two `kernels` by the words that name them, their module `trees` where these are named,
    and the `modules` that are to load on both, by the words that name them.
    """

    kernels: tuple[str, str]
    modules: Sequence[str] = ()
    trees: tuple[str | None, str | None] = (None, None)
    args: Mapping[str, str] = {}


class _Place(NamedTuple):
    """A module tree, and the file system that it is in."""

    folder: str
    disk: Host


def answer(
    request: Request, machine: Machine, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Document:
    """Return the document of a comparison. Raises PymodError for what cannot be found or read."""
    before, after = kernels(request.kernels, machine.folders, machine.store)
    exports = exportchanges.compare(before.kernel, after.kernel, request.kernels)
    notes = [*before.notes, *after.notes]
    places = [_place(tree, named, machine) for tree, named in zip(request.trees, (before, after), strict=True)]
    trees = _compared(places, progress, notes)
    rows = _rows(request, machine, places, notes)
    return {
        "kernels": [kernel_facts(named.word, named.kernel) for named in (before, after)],
        "exports": _export_counts(exports),
        "export_changes": list(_export_rows(exports, places)),
        **_tree_documents(trees, places),
        "modules": rows,
        "unknown": {**exports.unknown, **({} if trees is None else {f"tree_{k}": v for k, v in trees.unknown.items()})},
        "messages": [{"level": "warning", "text": note} for note in dict.fromkeys(notes)],
        "exit_status": int(any(row["breaks"] for row in rows)),
    }


def _place(tree: str | None, named: Named, machine: Machine) -> _Place | None:
    """Return the tree that is named, or the machine's for this kernel if there is one."""
    if tree is not None:
        return _Place(absolute_path(tree), HOST)
    folder = f"{machine.root}/lib/modules/{named.kernel.identity.release}"
    return _Place(absolute_path(folder), machine.disk) if machine.disk.is_folder(folder) else None


def _compared(
    places: Sequence[_Place | None], progress: Callable[[int, int], None], notes: list[str]
) -> TreeChanges | None:
    """Compare the trees where both are there."""
    both = [place for place in places if place is not None]
    if len(both) < len(places):
        return None
    before, after = (treefacts.read(place.folder, place.disk, progress) for place in both)
    notes += (*before.unread, *after.unread)
    return treechanges.compare(before, after)


def _export_rows(exports: ExportChanges, places: Sequence[_Place | None]) -> Iterator[Document]:
    """Yield the changes; of a symbol that one side does not export, the module of its tree that does, by its index."""
    trees = [None if place is None else Tree(place.folder, place.disk) for place in places]
    for change in exports.changes:
        tree = {"added": trees[0], "gone": trees[1]}.get(change.change)
        found = [] if tree is None else tree.matching(SYMBOLS, f"symbol:{change.name}")
        yield {**change._asdict(), "exporter": found[0] if found else ""}


def _export_counts(exports: ExportChanges) -> Document:
    counts = {change: exports.number(change) for change in exportchanges.KINDS}
    return {"before": exports.before, "after": exports.after, "same": exports.same, **counts} | {
        "compared": exports.compared
    }


def _tree_documents(trees: TreeChanges | None, places: Sequence[_Place | None]) -> Document:
    """Return all that is said of the trees: counts, None for those that cannot be told, and the changes."""
    if trees is None:
        return {"trees": None, "module_changes": [], **{f"{name}_changes": [] for name in _CHANGES}}
    kinds = {kind: sum(change.change == kind for change in trees.modules) for kind in treechanges.KINDS}
    told: dict[str, Sequence[Any]] = {name: getattr(trees, name) for name in _CHANGES}
    counts = kinds | {name: len(rows) for name, rows in told.items()}
    folders = [place.folder for place in places if place is not None]
    return {
        "trees": {
            "folders": folders,
            "before": trees.before,
            "after": trees.after,
            "same": trees.same,
            **{name: None if name in trees.unknown else count for name, count in counts.items()},
        },
        "module_changes": [change._asdict() for change in trees.modules],
        **{f"{name}_changes": [row._asdict() for row in rows] for name, rows in told.items()},
    }


def _rows(request: Request, machine: Machine, places: Sequence[_Place | None], notes: list[str]) -> list[Document]:
    """Check the given modules on both kernels, and return a row for each."""
    if not request.modules:
        return []
    words = tuple(dict.fromkeys(_paths(request.modules, places[0], machine.root)))
    sides = []
    for kernel, tree, place in zip(request.kernels, request.trees, places, strict=True):
        if place is not None and Tree(place.folder, place.disk).index(SYMBOLS) is None:
            notes.append(f"{place.folder} has no {SYMBOLS}.bin: who exports what is not known of it (run depmod)")
        found = check(CheckRequest(words, (kernel,), tree, args=request.args), machine)
        sides.append(found["modules"])
    return [_row(before, after) for before, after in zip(*sides, strict=True)]


def _paths(words: Sequence[str], place: _Place | None, root: str) -> Iterator[str]:
    """Yield what is a file as it is named, and for each name the files that it means in the first tree."""
    lookup = None if place is None else Lookup(Tree(place.folder, place.disk), Config(), zlib=True)
    for word in words:
        if Path(word).exists():
            yield word
            continue
        for found in candidates((word,), lookup):
            if found.disk is not HOST and not Path(found.path).resolve().is_relative_to(Path(root).resolve()):
                raise PymodError(f"{word} is {found.path}, a link that leads out of the machine: name its file instead")
            yield found.path


def _row(before: Document, after: Document) -> Document:
    """Return a module with what each kernel makes of it; it breaks if only the second one refuses it."""
    breaks = after["verdict"] == Verdict.REFUSED and before["verdict"] != Verdict.REFUSED
    known = {(finding["rule"], finding["subject"]) for finding in before["findings"]}
    new = [
        finding
        for finding in after["findings"]
        if finding["severity"] == Severity.ERROR and (finding["rule"], finding["subject"]) not in known
    ]
    return {
        "name": after["name"],
        "path": after["path"],
        "breaks": breaks,
        "by": new if breaks else [],
        "before": before,
        "after": after,
    }

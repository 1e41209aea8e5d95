"""What modules tell of the kernel that they were built for: one of them, or a whole tree.

They tell its release, and the symbols that they need. Those that no module exports are the kernel's; but where a
module's `depends` names a module that is missing, it is not known which of its symbols are from that one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from modtools.errors import PymodError
from modtools.forks import without_collector
from modtools.light import NamedTuple
from modtools.names import is_module
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import PartialIdentity, SymbolsByName, assumed, merge, opened
from modtools.sources.lists import from_system_map
from modtools.sources.modulefacts import Content, Facts, Row, row_in_file, row_of
from modtools.tree.processes import cores, shared_out

_SHOWN = 5
_CHUNK: Final = 16
"""Modules that a process takes at a time."""
_FEW: Final = 8
"""Chunks that a process should have at least, for its start takes time, too."""


class _Inferred(NamedTuple):
    """The kernel's symbols; those in `doubtful` may be exported by the modules in `absent`, which were not found."""

    symbols: SymbolsByName
    doubtful: frozenset[str]
    absent: tuple[str, ...]


def _infer(modules: Iterable[Facts], present: Iterable[Facts]) -> _Inferred:
    """Return the symbols of the kernel that `modules` are for; `present` are all modules that were found."""
    names: set[str] = set()
    exported: set[str] = set()
    for facts in present:
        names.add(facts.name)
        exported |= facts.exports
    absent: set[str] = set()
    sure: dict[str, int | None] = {}
    doubtful: set[str] = set()
    for facts in modules:
        missing = facts.depends - names
        absent |= missing
        if missing:
            doubtful |= facts.wanted.keys()
        else:
            sure |= facts.wanted
    symbols = {name: ExportedSymbol(name, crc, False, "", None) for name, crc in sure.items() if name not in exported}
    return _Inferred(symbols, frozenset(doubtful - exported - sure.keys()), tuple(sorted(absent)))


def from_module(path: Path, profile: Profile) -> PartialIdentity:
    """Return what a module tells of the kernel that it was built for; further symbols are assumed from a profile."""
    row = row_of(str(path), partial(opened, path))
    if isinstance(row, str):
        raise PymodError(row)
    facts = Facts(*row)
    inferred = _infer([facts], [facts])
    names = assumed(profile)
    crcs = {name: names[name]._replace(crc=facts.wanted[name]) for name in inferred.doubtful if name in names}
    symbols = {**names, **crcs, **inferred.symbols}
    return PartialIdentity(str(path), _release(facts.kernel[1]), *facts.kernel, symbols)


def from_tree(folder: Path) -> PartialIdentity:
    """Return what a module tree tells. A System.map in it, or in the /boot beside it, adds addresses and symbols."""
    told = _told(str(folder), folder.resolve().name, _in_folder(folder))
    for system_map in _system_maps(folder, told.release):
        # Some distributions install only a note that the real file is elsewhere.
        with suppress(PymodError):
            return merge(told, from_system_map(system_map))
    return told


def from_modules(origin: str, name: str, files: Iterable[tuple[str, Content]]) -> PartialIdentity:
    """Return what the modules of one tree tell, which is called after its release; `origin` is how messages name it.

    Raises PymodError if there is none that can be read.
    """
    return _told(origin, name, (row_of(path, content) for path, content in files))


def _told(origin: str, name: str, rows: Iterable[Row]) -> PartialIdentity:
    notes: list[str] = []
    modules: list[Facts] = []
    for row in rows:
        if isinstance(row, str):
            notes.append(f"{row}; it is passed over")
        else:
            modules.append(Facts(*row))
    if not modules:
        raise PymodError(f"{origin} has no module files" + (f" that can be read: {notes[0]}" if notes else ""))
    counts = Counter(facts.kernel for facts in modules)
    kernel = counts.most_common(1)[0][0]
    inferred = _infer((facts for facts in modules if facts.kernel == kernel), modules)
    release = _release(kernel[1]) or name
    notes += _notes(origin, name, release, inferred, len(modules) - counts[kernel])
    return PartialIdentity(origin, release, *kernel, inferred.symbols, notes=tuple(notes))


def _in_folder(folder: Path) -> Iterator[Row]:
    """Yield what all files of a folder tell that are called as modules are, in the order of their names.

    They are read by all cores.
    """
    paths = list(_paths(folder))
    chunks = [paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)]
    workers = min(cores(), len(chunks) // _FEW)

    def do(number: int) -> list[Row]:
        return [row_in_file(path) for path in chunks[number]]

    with without_collector():
        rows = shared_out(len(chunks), do, max(workers, 1), lambda _: None)
    return chain.from_iterable(rows)


def _paths(folder: Path) -> Iterator[str]:
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in filter(is_module, sorted(names)):
            yield os.path.join(base, name)  # noqa: PTH118  # a tree has thousands


def _notes(folder: str, name: str, release: str, inferred: _Inferred, others: int) -> Iterable[str]:
    """Yield notes on what is not taken from the tree as it is."""
    if name != release:
        yield f"{folder} has modules for {release}: that is the release, not its name"
    if others:
        yield f"{others} of the modules in {folder} are for another kernel: what they need does not count"
    if inferred.doubtful:
        names = ", ".join(inferred.absent[:_SHOWN]) + (", ..." if len(inferred.absent) > _SHOWN else "")
        count = f"{len(inferred.doubtful)} symbols may be exported by modules that are not in {folder} ({names})"
        yield f"{count}: they are not taken for the kernel's"


def _release(vermagic: str) -> str:
    return vermagic.partition(" ")[0]


def _system_maps(folder: Path, release: str) -> Iterable[Path]:
    root = folder.resolve().parent.parent.parent
    places = (folder / "System.map", root / f"boot/System.map-{release}", root.parent / f"boot/System.map-{release}")
    return filter(Path.is_file, places)

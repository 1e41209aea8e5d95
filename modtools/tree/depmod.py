"""One run of depmod: from a folder of modules to the contents of its index files.

Source: kmod 34's `tools/depmod.c` (do_depmod), for the order of things and what ends a run.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from modtools.config import Note
from modtools.errors import FormatError, PymodError
from modtools.formats.linkage import SYMBOLS, Linkage
from modtools.linuxerrno import ENODATA
from modtools.tree import depmod_config, kernel_symbols
from modtools.tree.contents import FILES, Listing, Writing
from modtools.tree.cycles import cycles
from modtools.tree.depmod_config import DepmodConfig
from modtools.tree.graph import Checks, CyclicError, Graph
from modtools.tree.kernel_symbols import KernelSymbols
from modtools.tree.publish import FATAL, Publication, Refused
from modtools.tree.reading import read_linkage
from modtools.tree.scan import Scan

_MOST: Final = 0xFFFF - 1
"""Modules that kmod's 16-bit positions can tell apart."""


class Stopped(PymodError):
    """The run cannot go on; the notes say why."""


@dataclass(frozen=True)
class Request:
    """What to do. `folder` is the tree, `target` where its index files go; `files` are instead of the whole tree."""

    folder: str
    target: str
    release: str
    config: Sequence[str] = depmod_config.DIRECTORIES
    files: Sequence[str] | None = None
    symvers: str | None = None
    system_map: str | None = None
    unknown: bool = False
    prefix: str = ""
    warn_duplicates: bool = False
    verbose: bool = False
    strict: bool = False


@dataclass
class Run:
    """A run, step by step; `notes` are what it has to say, `shown` what -v prints."""

    request: Request
    notes: list[Note] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def listing(self) -> Listing:
        """Find and read the modules, and sort out what they need. Raises Stopped."""
        kernel = self._kernel_symbols()
        scan = self._scan()
        files = scan.ordered()
        linkages = [read_linkage(file.path, crcs=self._wants_crcs) for file in files]
        for file, linkage in zip(files, linkages, strict=True):
            self.notes += complaints(file.path, linkage)
        graph = Graph(files, linkages, kernel, self.request.prefix)
        self._look_at(graph)
        try:
            dependencies = graph.dependencies()
        except CyclicError as error:
            self._tell_cycles(graph, error.waiting)
            raise Stopped("modules need each other") from error
        return Listing(self.request.folder, files, linkages, dependencies, graph.owners, self.request.warn_duplicates)

    @property
    def _wants_crcs(self) -> bool:
        return self.request.strict or self.request.symvers is not None

    def _kernel_symbols(self) -> KernelSymbols:
        request = self.request
        for path, read in (
            (request.symvers, kernel_symbols.from_symvers),
            (request.system_map, kernel_symbols.from_system_map),
        ):
            if path is not None:
                return self._read_symbols(path, read)
        if request.unknown:
            self.notes.append(Note("-e needs -E or -F", 4))
        return KernelSymbols({}, crcs=False)

    def _read_symbols(self, path: str, read: Callable[[str, str, list[Note]], KernelSymbols]) -> KernelSymbols:
        try:
            return read(path, self.request.prefix, self.notes)
        except OSError as error:
            raise self._stop(f"could not load {path}: {error.strerror}") from error

    def _stop(self, text: str, level: int = FATAL) -> Stopped:
        self.notes.append(Note(text, level))
        return Stopped(text)

    def _scan(self) -> Scan:
        request = self.request
        if request.files is None:
            scan = Scan(request.folder, depmod_config.read(request.config, request.release, self.notes), self.notes)
            try:
                scan.search()
            except OSError as error:
                raise self._stop(f"could not search modules: {error.strerror}") from error
        else:
            scan = Scan(request.folder, DepmodConfig(), self.notes)
            self._add_files(scan, request.files)
        if len(scan.modules) > _MOST:
            raise self._stop(f"could not build module array: {os.strerror(errno.ERANGE)}")
        return scan

    def _add_files(self, scan: Scan, paths: Iterable[str]) -> None:
        for path in paths:
            if not path.startswith("/"):
                raise self._stop(f"{path}: not absolute path.")
            try:
                os.stat(path)  # noqa: PTH116
            except OSError as error:
                raise self._stop(f"could not create module {path}: {error.strerror}") from error
            file = scan.file(path)
            if file.name in scan.modules:
                old = scan.modules[file.name]
                self._refuse_second(file.path, file.name, old.path)
            scan.modules[file.name] = file

    def _refuse_second(self, path: str, name: str, old: str) -> None:
        exists = os.strerror(errno.EEXIST)
        if path != old:
            where = f"new-path='{path}' old-path='{old}'"
            self.notes.append(Note(f"kmod_module '{name}' already exists with different path: {where}"))
            raise self._stop(f"could not create module {path}: {exists}")
        self.notes.append(Note(f"hash_add_unique {name}: {exists}"))
        raise self._stop(f"could not add module {path}: {exists}")

    def _look_at(self, graph: Graph) -> None:
        """Find fault with symbols as far as that was asked for, and show needs."""
        request = self.request
        given = request.symvers is not None or request.system_map is not None
        unknown = given and (request.unknown or request.strict)
        checks = Checks(unknown, unknown and request.symvers is not None, request.strict)
        if unknown or checks.module_crcs:
            self.notes += graph.check(checks)
        if request.verbose:
            for position, file in enumerate(graph.files):
                for symbol, needed in graph.reasons(position):
                    self.shown.append(f'{file.path} needs "{symbol}": {graph.files[needed].path}\n')

    def _tell_cycles(self, graph: Graph, waiting: Sequence[int]) -> None:
        found: set[int] = set()
        for way in cycles(graph.needs, waiting):
            names = (graph.files[position].name for position in way)
            self.notes.append(Note(f"Cycle detected: {' -> '.join(names)}"))
            found.update(way[:-1])
        self.notes.append(Note(f"Found {len(found)} modules in dependency cycles!"))

    def contents(self, listing: Listing, *, texts_only: bool = False) -> dict[str, bytes]:
        """The index files. Raises Stopped if one cannot hold what it should."""
        writing = Writing(listing, self.notes)
        try:
            return {file.name: file.make(writing) for file in FILES if file.text or not texts_only}
        except FormatError as error:
            raise self._stop(str(error)) from error

    def publish(self, contents: dict[str, bytes]) -> list[str]:
        """Write the index files, and tell which are there now. Raises Stopped."""
        try:
            return Publication(self.request.target, self.notes).publish(contents)
        except Refused as error:
            self.notes.append(error.note)
            raise Stopped(error.note.text) from error


def complaints(path: str, linkage: Linkage) -> list[Note]:
    """What kmod says about a module that it cannot read: nothing where only modinfo or what it wants is damaged."""
    notes: list[Note] = []
    said = list(linkage.said)
    for part, number, _ in linkage.problems:
        if part == SYMBOLS and number != ENODATA:
            notes += map(Note, said[:1])
            notes.append(Note(f"failed to load symbols from {path}: {os.strerror(number)}"))
    return notes + list(map(Note, said[1:]))

"""depmod: from the module files that were found to index files, written where they change.

Source: kmod 34's `tools/depmod.c` (do_depmod, depmod_load), for the order of things.

Modules are read by all cores. While one process sorts out what modules need, another one makes the files of aliases,
for which it is enough what each module says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final

from modtools.errors import FormatError
from modtools.formats.linkagevalues import Linkage
from modtools.light import NamedTuple
from modtools.notes import ERROR, WARNING, Note
from modtools.tree import kernel_symbols
from modtools.tree.cache import digest, digest_of
from modtools.tree.contents import FILES, IndexContents, IndexFile, NotMade, Relations, TreeModules
from modtools.tree.cycles import cycles
from modtools.tree.graph import Checks, CyclicError, Graph
from modtools.tree.inputs import DEP, DepmodFailed, DepmodInputs
from modtools.tree.kernel_symbols import KernelSymbols
from modtools.tree.last_run import KeptFile, identity
from modtools.tree.processes import Copy, copy, cores, shared_out
from modtools.tree.publish import NotPublished, Publication
from modtools.tree.reading import complaints, read_linkage
from modtools.tree.scan import ModuleFile

_CHUNK: Final = 16
"""Modules that a process takes at a time."""
_FEW: Final = 8
"""Chunks that a process should have at least, for its start takes time, too."""
_MANY: Final = 64
"""Modules to read, above which other processes are worth their start."""
Progress = Callable[[int, int], None]


class IndexOutput(NamedTuple):
    """An index file's contents, None where they are those of the last run; digests of them and of what they were made
    from; what was said. `problem` says why there are none, and ends the run; with `failed` there is no such file.
    """

    contents: bytes | None
    digest: bytes
    inputs: bytes
    notes: list[tuple[Any, ...]]
    problem: str = ""
    failed: bool = False


class Depmod:
    """A run of depmod. With `anew` it makes all files, whatever the last run left."""

    def __init__(
        self, inputs: DepmodInputs, progress: Progress = lambda _done, _all: None, *, anew: bool = False
    ) -> None:
        self.inputs = inputs
        self._anew = anew
        self._progress = progress
        self._request = inputs.request
        self._last_run = inputs.last_run

    def make(self, *, texts_only: bool = False) -> dict[str, IndexOutput]:
        """Make the index files and return them by their names. Raises DepmodFailed."""
        files = self.inputs.files()
        kernel = self._kernel_symbols()
        linkages = self._linkages(files)
        self._complain(files, linkages)
        modules = TreeModules(self._request.folder, files, linkages, self._request.warn_duplicates, self._request.disk)
        wanted = [file for file in FILES if file.text or not texts_only]
        self._make_graph = partial(Graph, files, linkages, kernel, self._request.prefix)
        writing = IndexContents(modules, lambda: Relations(self.dependencies, self.graph.owners))
        kept = {file.name: before for file in wanted if (before := self._as_before(writing, file))}
        due = [file for file in wanted if file.name not in kept]
        alone = self._start(writing, [file for file in due if file.alone])
        self._look_at()
        made = kept | self._make(writing, [file for file in due if not file.alone])
        made |= {name: IndexOutput(*row) for name, row in alone().items()}
        checked: dict[str, IndexOutput] = {}
        for file in wanted:
            # After one that cannot be made kmod makes no more.
            if not self.inputs.failed:
                checked[file.name] = self._checked(made[file.name])
        return checked

    @cached_property
    def graph(self) -> Graph:
        """Which module needs which, directly."""
        return self._make_graph()

    @cached_property
    def dependencies(self) -> list[list[int]]:
        """The modules that each one needs, directly or not. Raises DepmodFailed for a cycle."""
        return self._dependencies(self.graph)

    def _kernel_symbols(self) -> KernelSymbols:
        """Return what the kernel exports. Messages about this come first, as with kmod. Raises DepmodFailed."""
        request, notes = self._request, self.inputs.notes
        said: list[Note] = []
        symbols = KernelSymbols({}, crcs=False)
        try:
            if request.symvers is not None:
                symbols = kernel_symbols.from_symvers(request.symvers, request.prefix, said)
            elif request.system_map is not None:
                symbols = kernel_symbols.from_system_map(request.system_map, request.prefix, said)
        except OSError as error:
            raise self.inputs.stop(f"could not load {error.filename}: {error.strerror}") from error
        notes[:0] = said
        return symbols

    def _linkages(self, files: Sequence[ModuleFile]) -> list[Linkage]:
        """Return what each module exports and needs, read from those that the cache does not have."""
        identities = [self.inputs.identities.get(file.path) for file in files]
        known = self._last_run.modules() if self._last_run.cache else {}
        rows = [known.get(found) if found else None for found in identities]
        missing = [at for at, row in enumerate(rows) if row is None]
        for at, row in zip(missing, self._read([files[at].path for at in missing]), strict=True):
            rows[at] = row
        kept = [(found, row or ()) for found, row in zip(identities, rows, strict=True)]
        self._last_run.keep_modules(kept, len(missing))
        return [Linkage(*row) for row in rows if row is not None]

    def _complain(self, files: Sequence[ModuleFile], linkages: Sequence[Linkage]) -> None:
        """Note what is wrong with modules, and with --strict which files are shadowed. Raises DepmodFailed."""
        plain = self._request.plain
        for file, linkage in zip(files, linkages, strict=True):
            if plain and linkage.died:
                self.inputs.death = linkage.died
                raise DepmodFailed(linkage.died)
            if linkage.problems:
                self.inputs.notes += complaints(file.path, linkage, plain=plain)
        if self._request.strict:
            for path, by, ruled in self.inputs.scan.shadowed:
                if not ruled:
                    text = f"{path} is passed over: {by} has the same module name, and no configuration prefers one"
                    self.inputs.notes.append(Note(text, WARNING))

    def _read(self, paths: Sequence[str]) -> list[tuple[Any, ...]]:
        """Read modules on all cores. Returns each `Linkage` as a plain tuple, in the order of the paths."""
        chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
        crcs, disk = self._request.wants_crcs, self._request.disk

        def read(number: int) -> list[tuple[Any, ...]]:
            return [tuple(read_linkage(path, crcs, disk)) for path in chunks[number]]

        workers = min(cores(), max(2, len(chunks) // _FEW)) if len(paths) > _MANY else 1
        results = shared_out(len(chunks), read, workers, lambda done: self._progress(done * _CHUNK, len(paths)))
        return [row for rows in results for row in rows]

    def _start(self, writing: IndexContents, files: Sequence[IndexFile]) -> Callable[[], dict[str, tuple[Any, ...]]]:
        """Begin to make files in another process. Returns a function that waits for them and returns them."""

        def make() -> dict[str, tuple[Any, ...]]:
            return {name: tuple(made) for name, made in self._make(writing, files).items()}

        small = len(writing.modules.files) <= _MANY or not files
        made: Copy[dict[str, tuple[Any, ...]]] | None = None if small else copy(make)
        return made.result if made else make

    def _make(self, writing: IndexContents, files: Iterable[IndexFile]) -> dict[str, IndexOutput]:
        """Make files, whatever there was."""
        made = {}
        for file in files:
            inputs = self._inputs(writing, file)
            writing.notes = []
            try:
                contents, problem = file.make(writing), ""
            except NotMade as error:
                made[file.name] = IndexOutput(None, b"", inputs, [tuple(Note(str(error), ERROR))], failed=True)
                continue
            except FormatError as error:
                contents, problem = b"", str(error)
            sum_ = digest_of(contents) if self._last_run.cache else b""
            made[file.name] = IndexOutput(contents, sum_, inputs, list(map(tuple, writing.notes)), problem)
        return made

    def _inputs(self, writing: IndexContents, file: IndexFile) -> bytes:
        """Return a digest of what a file is made from, and of the options that decide what is said about it."""
        if not self._last_run.cache:
            return b""
        writing.notes = []
        return digest([file.inputs(writing), self._request.warn_duplicates, self._request.prefix])

    def _as_before(self, writing: IndexContents, file: IndexFile) -> IndexOutput | None:
        """Return a file that is as the last run left it, where that is as it should be."""
        kept, path, disk = (
            self._last_run.files.get(file.name),
            f"{self._request.target}/{file.name}",
            self._request.disk,
        )
        if self._anew or not kept or kept.inputs != self._inputs(writing, file) or not kept.is_at(path, disk):
            return None
        if file.name != DEP:
            return IndexOutput(None, kept.contents, kept.inputs, kept.notes)
        # What depmod -A goes by is always written: a module may be newer although it says the same.
        contents = disk.read(path)
        whole = digest_of(contents) == kept.contents
        return IndexOutput(contents, kept.contents, kept.inputs, kept.notes) if whole else None

    def _checked(self, made: IndexOutput) -> IndexOutput:
        """Note the messages about a file and return it. Raises DepmodFailed if it could not be made."""
        self.inputs.notes += [Note(*note) for note in made.notes]
        self.inputs.failed |= made.failed
        if made.problem:
            raise self.inputs.stop(made.problem)
        return made

    def _look_at(self) -> None:
        """Note unknown symbols and wrong versions as far as requested, and with -v what each module needs."""
        request = self._request
        given = request.symvers is not None or request.system_map is not None
        unknown = given and (request.unknown or request.strict)
        checks = Checks(unknown, unknown and request.symvers is not None, request.strict)
        if unknown or checks.module_crcs:
            self.inputs.notes += self.graph.check(checks)
        if request.verbose:
            files = self.graph.files
            for position, file in enumerate(files):
                for symbol, needed in self.graph.reasons(position):
                    self.inputs.shown.append(f'{file.path} needs "{symbol}": {files[needed].path}\n')

    def _dependencies(self, graph: Graph) -> list[list[int]]:
        """Return the modules that each one needs, directly or not. Raises DepmodFailed for a cycle."""
        try:
            return graph.dependencies()
        except CyclicError as error:
            found: set[int] = set()
            for way in cycles(graph.needs, error.waiting):
                names = (graph.files[position].name for position in way)
                self.inputs.notes.append(Note(f"Cycle detected: {' -> '.join(names)}"))
                found.update(way[:-1])
            raise self.inputs.stop(f"Found {len(found)} modules in dependency cycles!", ERROR) from error

    def write(self, files: Mapping[str, IndexOutput]) -> list[str]:
        """Write the files that change and keep all in the cache. Returns the names written. Raises DepmodFailed."""
        contents = {name: made.contents for name, made in files.items() if made.contents is not None}
        try:
            written = Publication(self._request.target, self.inputs.notes).publish(contents)
        except NotPublished as error:
            raise self.inputs.stop(error.note.text, error.note.level) from error
        if self._last_run.cache:
            self._remember(files, {*written, *(files.keys() - contents.keys())})
        return written

    def _remember(self, files: Mapping[str, IndexOutput], there: set[str]) -> None:
        target = self._request.target
        kept = {
            name: KeptFile(identity(f"{target}/{name}", self._request.disk), made.digest, made.inputs, made.notes)
            for name, made in files.items()
            if name in there
        }
        whole = (
            not self.inputs.failed
            and len(kept) == len(FILES)
            and self.inputs.is_settled()
            and not self._request.verbose
        )
        self._last_run.keep(self.inputs.state if whole else b"", self.inputs.notes, kept)

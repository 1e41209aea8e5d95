"""The inputs of a run of depmod: the request, the module files, and whether any of them is new.

Source: kmod 34's `tools/depmod.c` (do_depmod), for the order of things and what ends a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from modtools.errors import PymodError
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import EEXIST, ERANGE, strerror
from modtools.names import EXTENSIONS, GZIPPED
from modtools.notes import FATAL, WARNING, Note
from modtools.rooted import HOST, Host
from modtools.tree import depmod_config
from modtools.tree.cache import digest
from modtools.tree.depmod_config import DepmodConfig
from modtools.tree.last_run import Identity, LastRun, identity, is_settled
from modtools.tree.scan import ORDER, ModuleFile, Scan

if TYPE_CHECKING:
    from typing import Final

DEP: Final = "modules.dep"
_INPUTS: Final = (ORDER, "modules.builtin", "modules.builtin.modinfo")
_SECOND: Final = 1_000_000_000
_MOST: Final = 0xFFFF - 1
"""Modules that kmod's 16-bit positions can tell apart."""


class DepmodFailed(PymodError):
    """The run cannot go on; the notes say why."""


class Request(NamedTuple):
    """What to do. `folder` is the tree, on a `disk`; `target` is where its index files go, on the host; `files` are
    instead of the whole tree.

    With `plain` only those things are seen and said that Debian's kmod sees and says.
    """

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
    plain: bool = False
    disk: Host = HOST

    @property
    def wants_crcs(self) -> bool:
        """Whether the CRCs of symbols are compared."""
        return self.strict or self.symvers is not None

    @property
    def extensions(self) -> tuple[str, ...]:
        """What names of module files end in."""
        return EXTENSIONS if self.plain else (*EXTENSIONS, GZIPPED)


class DepmodInputs:
    """What a run of depmod works on: the module files and, with a cache, each file's identity (`last_run.identity`).

    `notes` are the messages so far, `failed` says whether an index file could not be made, `shown` is what -v prints,
    `death` the message with which kmod would abort(), `state` a digest of everything that the index files and the
    messages about them depend on.
    """

    scan: Scan

    def __init__(self, request: Request, last_run: LastRun, notes: list[Note]) -> None:
        self.request = request
        self.last_run = last_run
        self.notes = notes
        self.shown: list[str] = []
        self.death = ""
        self.failed = False
        self.identities: dict[str, Identity | None] = {}
        self.state = b""

    def find(self) -> None:
        """Find the module files, and with a cache their identities. Raises DepmodFailed."""
        self._check_symbols()
        request = self.request
        if request.files is None:
            config = depmod_config.read(request.config, request.release, self.notes, request.disk)
            self.scan = Scan(request.folder, config, request.extensions, self.notes, request.disk)
            try:
                self.scan.find()
            except OSError as error:
                raise self.stop(f"could not search modules: {error.strerror}") from error
        else:
            self.scan = Scan(request.folder, DepmodConfig(), request.extensions, self.notes, request.disk)
            self._add_files(request.files)
        if self.last_run.cache:
            self.identities = {path: identity(path, request.disk) for path in self.scan.paths}
            self.state = self._state()

    def stop(self, text: str, level: int = FATAL) -> DepmodFailed:
        """Note why the run ends. Returns the exception to raise."""
        self.notes.append(Note(text, level))
        return DepmodFailed(text)

    def _check_symbols(self) -> None:
        """Look whether the kernel's symbols can be read: kmod reads them before all else."""
        request = self.request
        path = request.system_map if request.symvers is None else request.symvers
        if path is None:
            if request.unknown:
                self.notes.append(Note("-e needs -E or -F", WARNING))
            return
        try:
            with Path(path).open("rb"):
                pass
        except IsADirectoryError:
            pass  # C opens it, too
        except OSError as error:
            raise self.stop(f"could not load {path}: {error.strerror}") from error

    def _add_files(self, paths: Iterable[str]) -> None:
        """Take the module files that were named, and nothing else. Raises DepmodFailed."""
        for path in paths:
            if not path.startswith("/"):
                raise self.stop(f"{path}: not absolute path.")
            try:
                self.request.disk.stat(path)
            except OSError as error:
                raise self.stop(f"could not create module {path}: {error.strerror}") from error
            file = self.scan.file(path)
            if file.name in self.scan.modules:
                self._refuse_second(file, self.scan.modules[file.name].path)
            self.scan.modules[file.name] = file
            self.scan.paths.append(path)

    def _refuse_second(self, file: ModuleFile, old: str) -> None:
        exists = strerror(EEXIST)
        if file.path == old:
            self.notes.append(Note(f"hash_add_unique {file.name}: {exists}"))
            raise self.stop(f"could not add module {file.path}: {exists}")
        where = f"new-path='{file.path}' old-path='{old}'"
        self.notes.append(Note(f"kmod_module '{file.name}' already exists with different path: {where}"))
        raise self.stop(f"could not create module {file.path}: {exists}")

    def files(self) -> list[ModuleFile]:
        """Return the modules in the order in which depmod lists them. Raises DepmodFailed."""
        if self.request.files is None:
            self.scan.choose()
        if len(self.scan.modules) > _MOST:
            raise self.stop(f"could not build module array: {strerror(ERANGE)}")
        return self.scan.ordered()

    def _state(self) -> bytes:
        request, config = self.request, self.scan.config
        flags = [request.unknown, request.warn_duplicates, request.strict, request.plain]
        lists = [config.search, config.overrides, config.externals, config.excludes]
        asked = [request.files, request.prefix, request.symvers, request.system_map, flags]
        return digest([asked, lists, list(map(tuple, self.notes)), self._others(), list(self.identities.items())])

    def _others(self) -> list[Identity | None]:
        """Return the identities of the other files that are read: lists of the kernel's build and of its symbols."""
        request = self.request
        paths = [f"{request.folder}/{name}" for name in _INPUTS]
        paths += [path for path in (request.symvers, request.system_map) if path is not None]
        return [identity(path, request.disk) for path in paths]

    def is_settled(self) -> bool:
        """Return whether a later change of any input would show in its identity."""
        all_found = (*self._others(), *self.identities.values())
        return all(found is None or is_settled(found, self.last_run.started) for found in all_found)

    def is_done(self) -> bool:
        """Return whether nothing changed since the last run, and the index files are as it left them."""
        last_run, target = self.last_run, self.request.target
        if not last_run.state or last_run.state != self.state or not self._is_newest(f"{target}/{DEP}"):
            return False
        return all(kept.is_at(f"{target}/{name}", self.request.disk) for name, kept in last_run.files.items())

    def say_again(self) -> None:
        """Repeat the messages of the run that wrote the index, and update the cache."""
        last_run, target = self.last_run, self.request.target
        self.notes[:] = last_run.notes
        now = {
            name: kept._replace(identity=identity(f"{target}/{name}", self.request.disk))
            for name, kept in last_run.files.items()
        }
        if now != last_run.files and len(self.notes) == len(last_run.notes):
            last_run.keep(last_run.state, last_run.notes, now)

    def _is_newest(self, path: str) -> bool:
        """Return whether a file is not older than the modules, by which depmod -A goes."""
        written = identity(path, self.request.disk)
        times = (found[3] for found in self.identities.values() if found)
        return written is not None and max(times, default=0) // _SECOND <= written[3] // _SECOND

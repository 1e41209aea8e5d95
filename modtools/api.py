"""pymod as a library: read a module, look into a module tree, make a kernel, check whether modules load on it.

    from modtools import check, make_kernel, open_tree, read_module

What is here, and in `modtools.__all__`, is promised by the version number (docs/api.md); all other modules are pymod's
own. Values are frozen. What goes wrong is a PymodError in a sentence: a FormatError for a file that is no module, with
the offset in it, a TreeError for a module tree that is not there or has no index.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final

from modtools import config
from modtools.boot import Source, find
from modtools.config import Config
from modtools.diagnose.check import Against
from modtools.diagnose.check import check as _check
from modtools.diagnose.findings import Finding, Row, Severity, Verdict
from modtools.diagnose.given import candidates, distinct
from modtools.diagnose.scratch import Scratch
from modtools.emulate import make_runner
from modtools.errors import FormatError, PymodError
from modtools.kernel.state import Kernel
from modtools.module import Module
from modtools.module import read_module as _read_module
from modtools.relations.closure import Closure, Place, Request, close
from modtools.rooted import HOST, Rooted
from modtools.tree.index import DEP, Tree
from modtools.tree.lookup import Lookup, absolute_path

__all__ = [
    "Closure",
    "Finding",
    "FormatError",
    "Kernel",
    "Module",
    "ModuleTree",
    "PymodError",
    "Row",
    "Severity",
    "TreeError",
    "Verdict",
    "check",
    "make_kernel",
    "open_tree",
    "read_module",
]

PathLike = str | os.PathLike[str]


class TreeError(PymodError):
    """A module tree that is not there, has no index, or does not know a name."""


def read_module(path: PathLike) -> Module:
    """Return what a module file says, compressed or not.

    Raises FormatError for no module, PymodError for a file that cannot be read.
    """
    try:
        return _read_module(_word(path))
    except (OSError, ValueError) as error:
        raise PymodError(f"{os.fspath(path)} cannot be read: {_reason(error)}") from error


def _word(path: PathLike) -> str:
    """Return a path or name as text. Raises PymodError for an empty one, and for what nothing can be named by."""
    word = os.fspath(path)
    if not word:
        raise PymodError("an empty word names no file, folder, module or kernel")
    return _text(word)


def _text(word: str) -> str:
    """Return a text that can be written as bytes. Raises PymodError for another."""
    try:
        word.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise PymodError(f"{word!a} is no text: {error.reason} at {error.start}") from error
    return word


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def make_kernel(*sources: PathLike) -> Kernel:
    """Return the kernel that some names and files tell of, just booted: as `pymod boot` takes them.

    Without any it is the one that comes with pymod first. Raises PymodError.
    """
    try:
        kernel = find(Source(tuple(_word(each) for each in sources))).kernel
    except (OSError, ValueError) as error:
        named = ", ".join(os.fspath(each) for each in sources)
        raise PymodError(f"{named} cannot be read: {_reason(error)}") from error
    kernel.runner_source = make_runner
    return kernel


class ModuleTree:
    """A module tree with its index, /lib/modules/RELEASE below a root, and modprobe's configuration there."""

    def __init__(self, tree: Tree, config: Config) -> None:
        self._tree = tree
        self._config = config

    @property
    def folder(self) -> str:
        """Return the folder, absolute."""
        return self._tree.folder

    def find(self, name: str) -> list[str]:
        """Return the names of the modules that a name or an alias stands for, as modprobe finds them.

        Raises FormatError for what cannot be either.
        """
        return [module.name for module in self.lookup().find(_word(name))]

    def path(self, name: str) -> str:
        """Return the path of a module's file. Raises TreeError."""
        lookup = self.lookup()
        path = lookup.path(lookup.known(_word(name).replace("-", "_")))
        if path is None:
            raise TreeError(f"there is no module {name} in {self.folder}")
        return path

    def dependencies(self, name: str) -> list[str]:
        """Return the names of the modules to load before a module, in that order. Raises TreeError."""
        self.path(name)
        lookup = self.lookup()
        return [module.name for module in lookup.dependencies(lookup.known(name.replace("-", "_")))]

    def closure(self, *names: str, aliases: Sequence[str] = ()) -> Closure:
        """Return every file that an image needs for some modules, and for the modaliases of a machine."""
        root = self._tree.disk.root
        wanted = Request(tuple(_word(each) for each in names), tuple(_word(each) for each in aliases))
        return close(Place(self._tree, root, self._config), wanted)

    def lookup(self) -> Lookup:
        """Return what names mean here."""
        return Lookup(self._tree, self._config, zlib=True)


def open_tree(folder: PathLike, *, root: PathLike | None = None) -> ModuleTree:
    """Return the module tree in a folder. With a `root`, paths are resolved in it as under chroot(2).

    Raises TreeError where there is no folder, or no index: `pymod depmod` writes that.
    """
    try:
        return _opened(_word(folder), None if root is None else _word(root))
    except (OSError, ValueError) as error:
        raise TreeError(f"{os.fspath(folder)} cannot be read: {_reason(error)}") from error


def _opened(folder: str, root: str | None) -> ModuleTree:
    disk = HOST if root is None else Rooted(os.path.abspath(root))  # noqa: PTH100  # links are resolved there
    tree = Tree(absolute_path(folder), disk)
    if not disk.is_folder(tree.folder):
        raise TreeError(f"there is no folder {tree.folder}")
    if (fault := tree.fault(DEP)) is not None:
        mends = ": `pymod depmod` writes it" + " anew" * fault.damaged if fault.absent or fault.damaged else ""
        raise TreeError(f"{fault.file}: {fault.words}{mends}")
    return ModuleTree(tree, config.read_places(config.places(disk.root), tree.folder, "", [], disk))


_NO_ARGS: Final[Mapping[str, str]] = {}


def check(
    *modules: PathLike,
    kernel: Kernel | None = None,
    tree: ModuleTree | None = None,
    args: Mapping[str, str] = _NO_ARGS,
    run: bool = False,
) -> list[Row]:
    """Return for each module what a kernel makes of it, by default the one of `make_kernel()`; that is not changed.

    Modules are files, folders, packages, or names in the `tree`; `args` are parameters by module. With `run`, their
    init is run, and judged, too. Raises PymodError for what cannot be found.
    """
    lookup = None if tree is None else tree.lookup()
    given = distinct(candidates(map(_word, modules), lookup))
    known = {each.name for each in given}
    for name in args:
        if _word(name).replace("-", "_") not in known and (lookup is None or lookup.path(lookup.known(name)) is None):
            raise PymodError(f"args names {name}, which is none of the modules that are checked, and in no module tree")
    args = {name.replace("-", "_"): _text(values) for name, values in args.items()}
    against = Against.of("", Scratch(kernel or make_kernel(), run=run), given, lookup, args)
    return [_check(against, candidate) for candidate in given]

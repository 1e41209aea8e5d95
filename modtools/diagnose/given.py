"""The modules that a check is about, as they are named: files, folders, packages, names in a module tree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression
from modtools.names import module_name
from modtools.rooted import HOST, Host
from modtools.sources import LARGEST
from modtools.sources.modules import is_module
from modtools.tree.lookup import Lookup


class Candidate(NamedTuple):
    """A module to check: the path that is shown for it, and what reads its file, compressed or not.

    `disk` is where the path leads; None for what lies inside a package.
    """

    path: str
    content: Callable[[], bytes]
    disk: Host | None = HOST

    @property
    def name(self) -> str:
        """The name that its file has, which need not be the module's own."""
        return module_name(self.path.rpartition("/")[2])

    def image(self) -> bytes:
        """Return the module, unpacked. Raises OSError, and FormatError for what cannot be unpacked."""
        return compression.decompress(self.content())


def candidates(words: Iterable[str], lookup: Lookup | None) -> Iterator[Candidate]:
    """Yield what words name; `lookup` knows the modules of a tree. Raises PymodError for one that names nothing."""
    for word in words:
        if not word:
            raise PymodError("an empty word names no module: `.` is the folder that one is in")
        path = Path(word)
        if path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield from _file(path)
        else:
            yield from _in_tree(word, lookup)


def _file(path: Path) -> Iterator[Candidate]:
    try:
        with hostfile.opened(path) as file:
            head = file.read(8)
        if head[:4] in _PACKAGES:
            yield from _in_package(path)
        else:
            yield on_disk(str(path))
    except OSError as error:
        raise PymodError(f"{path} cannot be read: {error.strerror}") from error


def on_disk(path: str, disk: Host = HOST) -> Candidate:
    """Return the module in a file."""
    return Candidate(path, partial(_read, path, disk), disk)


def _read(path: str, disk: Host) -> bytes:
    return hostfile.read(path, LARGEST) if disk is HOST else disk.read(path)


def _in_folder(folder: Path) -> Iterator[Candidate]:
    found = sorted(Path(at, name) for at, _, names in os.walk(folder) for name in names if is_module(name))
    found = [path for path in found if path.is_file()]
    if not found:
        raise PymodError(f"there are no modules in {folder}")
    yield from (on_disk(str(path)) for path in found)


_PACKAGES = (b"!<ar", b"\xed\xab\xee\xdb")
"""How packages of Debian and of RPM begin."""


def _in_package(path: Path) -> Iterator[Candidate]:
    from modtools.sources.packages import packed_modules  # only for whom a package is named

    try:
        found = [Candidate(name, partial(bytes, data), None) for name, data in packed_modules(path)]
    except FormatError as error:
        raise PymodError(f"{path} is no package that can be read: {error}") from error
    if not found:
        raise PymodError(f"there are no modules in {path}")
    yield from found


def _in_tree(word: str, lookup: Lookup | None) -> Iterator[Candidate]:
    """Yield the modules that a name or alias stands for."""
    if "/" in word or is_module(word):
        raise PymodError(f"{word}: no such file")
    if lookup is None:
        raise PymodError(f"{word} is no file, and there is no module tree to look for it: name one with --tree")
    paths = [path for module in lookup.find(word) if (path := lookup.path(module))]
    if not paths:
        raise PymodError(f"{word} is no file, and no module of {lookup.tree.folder}")
    yield from (on_disk(path, lookup.tree.disk) for path in paths)

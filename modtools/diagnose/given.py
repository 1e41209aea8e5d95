"""The modules that a check is about, as they are named: files, folders, packages, names in a module tree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression
from modtools.light import NamedTuple
from modtools.names import is_module, module_name
from modtools.rooted import HOST, Host
from modtools.sources import LARGEST
from modtools.tree.index import BUILTIN, DEP
from modtools.tree.lookup import KnownModule, Lookup


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

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells its file from others, by whatever path that was named: the same one under another name is two."""
        if self.disk is not None:
            with suppress(OSError, ValueError):
                status = self.disk.stat(self.path)
                return status.st_dev, status.st_ino, self.name
        return (self.path,)

    def image(self) -> bytes:
        """Return the module, unpacked. Raises OSError, and FormatError for what cannot be unpacked."""
        return compression.decompress(self.content())


def candidates(words: Iterable[str], lookup: Lookup | None) -> Iterator[Candidate]:
    """Yield what words name; `lookup` knows the modules of a tree. Raises PymodError for one that names nothing."""
    for word in words:
        if not word:
            raise PymodError("an empty word names no module: `.` is the folder that one is in")
        yield from _meant(word, lookup)


def _meant(word: str, lookup: Lookup | None) -> Iterator[Candidate]:
    path = Path(word)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError as error:
        raise PymodError(f"{word} cannot be read: {error.strerror}") from error
    if is_folder:
        return _in_folder(path)
    return _file(path) if is_there else _in_tree(word, lookup)


def distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """Return each module once, by the path that it was named by first."""
    each_once: dict[tuple[object, ...], Candidate] = {}
    for candidate in found:
        each_once.setdefault(candidate.identity, candidate)
    return list(each_once.values())


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
    """Yield all that is named as a module, be it one or not; links to folders are not followed."""
    found = sorted(_called_as_modules(folder), key=lambda path: path.split(os.sep))  # noqa: PTH206  # thousands
    if not found:
        raise PymodError(f"there are no modules in {folder}")
    yield from map(on_disk, found)


def _called_as_modules(folder: Path) -> Iterator[str]:
    for at, _, names in os.walk(folder, onerror=_unreadable):
        base = str(Path(at, "_"))[:-1]  # "" for the folder that one is in
        yield from (base + name for name in names if is_module(name))


def _unreadable(error: OSError) -> NoReturn:
    raise PymodError(f"{error.filename} cannot be read: {error.strerror}") from error


_PACKAGES = (b"!<ar", b"\xed\xab\xee\xdb")
"""How packages of Debian and of RPM begin."""


def _in_package(path: Path) -> Iterator[Candidate]:
    from modtools.sources.packages import packed_modules  # only for whom a package is named

    try:
        found = [Candidate(f"{path}: {name}", partial(bytes, data), None) for name, data in packed_modules(path)]
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
    found = lookup.find(word)
    paths = [path for module in found if (path := lookup.path(module))]
    if not paths:
        raise PymodError(f"{word} is no file, and {_nothing(lookup, found)}")
    yield from (on_disk(path, lookup.tree.disk) for path in paths)


def _nothing(lookup: Lookup, found: Sequence[KnownModule]) -> str:
    """Return in words why a name means no file in a tree."""
    folder, fault = lookup.tree.folder, lookup.tree.fault(DEP)
    if any(map(lookup.is_builtin, found)):
        return f"built into the kernel, by {folder}/{BUILTIN}: there is nothing to load"
    if fault is None:
        return f"no module of {folder}"
    if fault.absent:
        return f"{folder} has no index to look for it: `pymod depmod` writes one"
    return f"{fault.file} cannot tell: {fault.words}"

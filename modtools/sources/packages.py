"""What a package file tells of a kernel, without installing it: a distribution's image, modules or headers.

In a package there lie, below / or /usr,

    boot/NAME, lib/modules/RELEASE/NAME             an image, a System.map, a Module.symvers, also packed
    src/FOLDER/..., lib/modules/RELEASE/build/...   a folder that modules are built against (build.py)
    lib/modules/RELEASE/.../NAME.ko                 modules, also packed

The first two are unpacked into a folder that nobody else sees, and read there as any others are; modules are read one
by one out of the archive, and only where no image and no headers tell all that they would. Nothing else is unpacked: no
links, no devices, no paths outside of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression, deb, rpm
from modtools.formats.forward import Member
from modtools.module import Module
from modtools.names import is_module
from modtools.sources import LARGEST, PartialIdentity, tells_all
from modtools.sources.build import FILES, from_build, is_build
from modtools.sources.modulefacts import Content
from modtools.sources.modules import from_modules

Recognise = Callable[[Path], Sequence[PartialIdentity]]
"""What tells of a kernel in a file, by what it holds."""

_KINDS: Final = {deb.MAGIC: deb.members, rpm.MAGIC: rpm.members}
_NAME = r"[A-Za-z0-9.+~_@%,=-]+"
_PLAIN = re.compile(rf"(?:usr/)?(?:boot|lib/modules/{_NAME})/{_NAME}\Z")
_FOLDER = rf"src/(?:{_NAME}/)*{_NAME}|lib/modules/{_NAME}/build"
_BUILD = re.compile(rf"((?:usr/)?(?:{_FOLDER}))/({'|'.join(map(re.escape, FILES))})\Z")
_MODULE = re.compile(rf"((?:usr/)?lib/modules/{_NAME})/.")
_IMAGE = re.compile(r"(vmlinu[xz]|[a-z]*Image)\b")
_DOTS = frozenset(("", ".", ".."))
_ROOM: Final = 1 << 30
"""Bytes that are unpacked into files: a kernel's image, headers and lists have a tenth of it."""


def is_package(head: bytes) -> bool:
    """Return whether a file that begins so is a package."""
    return head.startswith(tuple(_KINDS))


def from_package(path: Path, recognise: Recognise) -> Sequence[PartialIdentity]:
    """Return what each source in a package tells. Raises PymodError for one that tells nothing, or is damaged."""
    try:
        with TemporaryDirectory(prefix="pymod-") as name:
            folder = Path(name)
            parts = [_renamed(part, folder, path) for part in _unpacked(path, folder, recognise)]
        if not any(map(tells_all, parts)):
            parts += _tree(path)
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror or error}") from error
    except FormatError as error:
        raise PymodError(f"{path} is no package that can be read: {error}") from error
    telling = [part for part in parts if _tells(part)]
    notes = tuple(note for part in parts if not _tells(part) for note in part.notes)
    if not telling:
        raise PymodError(notes[0] if notes else _empty(path))
    return [replace(telling[0], notes=notes + telling[0].notes), *telling[1:]]


def _empty(path: Path) -> str:
    """Return in words that a package has nothing of a kernel, and which ones have it that it depends on."""
    why = f"{path} holds no kernel image, no modules and no headers that tell of a kernel"
    with suppress(OSError, FormatError), hostfile.opened(path) as file:
        if names := [name for name in deb.dependencies(file) if name.startswith("linux-")]:
            return f"{why}; it depends on {', '.join(names)}: name the files of these packages"
    return why


def _tells(part: PartialIdentity) -> bool:
    return bool(part.release or part.machine or part.symbols)


def _members(path: Path) -> Iterator[Member]:
    """Yield the regular files in a package whose paths have no "..". Raises FormatError and OSError."""
    with hostfile.opened(path) as file:
        head = file.read(max(map(len, _KINDS)))
        file.seek(0)
        read = next(read for magic, read in _KINDS.items() if head.startswith(magic))
        yield from (member for member in read(file) if _DOTS.isdisjoint(member.name.split("/")))


def _unpacked(path: Path, folder: Path, recognise: Recognise) -> Iterator[PartialIdentity]:
    """Yield what the files tell that are unpacked into a folder. After an image that tells all, no more is read."""
    builds: dict[Path, None] = {}
    room = _ROOM
    for member in _members(path):
        build = _BUILD.match(member.name)
        if not build and (not _PLAIN.match(member.name) or is_module(member.name)):
            continue
        room -= member.size
        if room < 0:
            raise FormatError(f"{member.name} is larger than anything of a kernel ({member.size} bytes)")
        file = _write(member, folder)
        if build:
            builds[folder / build[1]] = None
        else:
            parts = _plain(file, recognise)
            yield from parts
            if any(map(tells_all, parts)):
                return
    yield from (from_build(build) for build in builds if is_build(build))


def _write(member: Member, folder: Path) -> Path:
    """Write a file of a package below a folder, and return its path."""
    path = folder / member.name
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(member.pieces)
    return path


def _plain(file: Path, recognise: Recognise) -> Sequence[PartialIdentity]:
    """Return what one file tells. Of an image that cannot be read a note says so."""
    is_image = _IMAGE.match(file.name)
    try:
        with file.open("rb") as opened:
            packed = compression.kind(opened.read(6))
        if packed:
            file.write_bytes(compression.decompress(hostfile.read(file, LARGEST), packed))
        if (parts := recognise(file)) or not is_image:
            return parts
        problem = f"{file} is no kernel image of a kind that can be read"
    except PymodError as error:  # Debian's System.map, for example, is only a note that it lies elsewhere
        if not is_image:
            return []
        problem = str(error)
    return [PartialIdentity(str(file), notes=(problem,))]


def _tree(path: Path) -> list[PartialIdentity]:
    """Return what the modules in a package tell, nothing if it has none."""
    modules = _modules(path)
    first = next(modules, None)
    if first is None:
        return []
    folder, _, _ = first
    files = ((name, content) for _, name, content in chain([first], modules))
    return [from_modules(f"{path}: {folder}", folder.rpartition("/")[2], files)]


def _modules(path: Path) -> Iterator[tuple[str, str, Content]]:
    """Yield the folder of a module's tree, the module's name, and what reads it, of each module in a tree."""
    for name, data in packed_modules(path):
        if match := _MODULE.match(name):
            yield match[1], f"{path}: {name}", partial(_module, data)


def packed_modules(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path in a package of each module, and its file. Raises FormatError and OSError."""
    for member in _members(path):
        if is_module(member.name):
            if member.size > LARGEST:
                raise FormatError(f"{member.name} has {member.size} bytes: no module is that large")
            yield member.name, b"".join(member.pieces)


def _module(data: bytes) -> Module:
    return Module.from_bytes(compression.decompress(data))


def _renamed(part: PartialIdentity, folder: Path, package: Path) -> PartialIdentity:
    """Return what a file tells that was unpacked, with its name in the package in the place of its path."""

    def name(text: str) -> str:
        return text.replace(f"{folder}/", f"{package}: ")

    return replace(part, origin=name(part.origin), notes=tuple(map(name, part.notes)))

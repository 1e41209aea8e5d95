"""What the modules of a tree say of themselves: their aliases, their firmware, their parameters; and what is built in.

Read from the modules and from modules.builtin and modules.builtin.modinfo, not from depmod's files: a tree of which
depmod knows nothing tells all of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from math import ceil
from typing import Any, BinaryIO, Final

from modtools.errors import FormatError, PymodError
from modtools.formats import compression
from modtools.formats.kmodelf import Sections
from modtools.formats.modinfo import fields
from modtools.light import NamedTuple
from modtools.names import EXTENSIONS, GZIPPED, module_name
from modtools.notes import Note
from modtools.rooted import HOST, Host
from modtools.sources import LARGEST
from modtools.tree.depmod_config import DepmodConfig
from modtools.tree.processes import cores, shared_out
from modtools.tree.scan import Scan

_CHUNK: Final = 100
"""Modules that a process takes at a time."""
_HEAD: Final = 8
"""Bytes at the start of a file that tell how it is packed."""


class Told(NamedTuple):
    """What one module says of itself. `path` is its file in the tree, "" for one that is built in.

    `parameters` are types by name, "" where a module does not tell the type.
    """

    path: str
    aliases: tuple[str, ...] = ()
    firmware: tuple[str, ...] = ()
    parameters: Mapping[str, str] = {}


class TreeFacts(NamedTuple):
    """The modules of a tree and what is built into its kernel, by name.

    `lists_builtin` says whether the names of what is built in are known, as far as it could be a module;
    `tells_builtin` whether what it says is. `unread` are sentences about files that say nothing.
    """

    folder: str
    modules: Mapping[str, Told]
    builtin: Mapping[str, Told]
    lists_builtin: bool
    tells_builtin: bool
    unread: tuple[str, ...]


def read(folder: str, disk: Host = HOST, progress: Callable[[int, int], None] = lambda _done, _all: None) -> TreeFacts:
    """Read a tree, on all cores. Raises PymodError if there is none."""
    notes: list[Note] = []
    scan = Scan(folder, DepmodConfig(), (*EXTENSIONS, GZIPPED), notes, disk)
    try:
        scan.find()
    except OSError as error:
        raise PymodError(f"{folder} is no module tree that can be read: {error.strerror}") from error
    scan.choose()
    files = sorted((name, file.path) for name, file in scan.modules.items())

    def do(chunk: int) -> list[tuple[Any, ...] | str]:
        return [_row(path, disk) for _, path in files[chunk * _CHUNK :][:_CHUNK]]

    chunks = ceil(len(files) / _CHUNK)
    parts = shared_out(chunks, do, cores(), lambda chunk: progress((chunk + 1) * _CHUNK, len(files)))
    rows = [row for part in parts for row in part]
    modules, unread = {}, []
    for (name, path), row in zip(files, rows, strict=True):
        if isinstance(row, str):
            unread.append(row)
        modules[name] = Told(path[len(folder) + 1 :], *(() if isinstance(row, str) else row))
    names, told = _listed(folder, disk), _builtin_modinfo(folder, disk)
    builtin = {name: _told("", (told or {}).get(name, ())) for name in dict.fromkeys((*(names or ()), *(told or ())))}
    return TreeFacts(folder, modules, builtin, names is not None, told is not None, tuple(unread))


def _row(path: str, disk: Host) -> tuple[Any, ...] | str:
    """Return what a module says, as plain values; or why it says nothing."""
    try:
        with open(disk.open(path), "rb") as file:  # noqa: PTH123, a descriptor
            return tuple(_told(path, fields(_modinfo(file))))[1:]
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    except FormatError as error:
        return f"{path} is no module, or is damaged: {error}"


def _modinfo(file: BinaryIO) -> bytes:
    """Return .modinfo; of a file that is not packed nothing else is read. Raises FormatError, and OSError."""
    size = os.fstat(file.fileno()).st_size
    if compression.kind(file.read(_HEAD)):
        file.seek(0)
        data = compression.decompress(_whole(file))
        sections = Sections(lambda offset, count: bytes(data[offset : offset + count]), len(data))
    else:
        sections = Sections(partial(_part, file), size)
    return sections.contents(b".modinfo\0") or b""


def _whole(file: BinaryIO) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FormatError(f"the file has more than {LARGEST} bytes")
    return data


def _part(file: BinaryIO, offset: int, count: int) -> bytes:
    if count > LARGEST:
        raise FormatError(f"a part of the file has {count} bytes", offset)
    file.seek(offset)
    if len(data := file.read(count)) < count:
        raise FormatError("the file became shorter while it was read", offset)
    return data


def _told(path: str, pairs: Iterable[tuple[str, str]]) -> Told:
    aliases, firmware, parameters = dict[str, None](), dict[str, None](), dict[str, str]()
    for key, value in pairs:
        if key == "alias":
            aliases[value] = None
        elif key == "firmware":
            firmware[value] = None
        elif key in ("parm", "parmtype") and ":" in value:
            name, _, rest = value.partition(":")
            parameters[name] = rest if key == "parmtype" else parameters.get(name, "")
    return Told(path, tuple(aliases), tuple(firmware), parameters)


def _listed(folder: str, disk: Host) -> list[str] | None:
    """Return the names in modules.builtin, None without such a file."""
    try:
        text = disk.read(f"{folder}/modules.builtin").decode("utf-8", "surrogateescape")
    except OSError:
        return None
    return [module_name(line.rpartition("/")[2]) for line in text.splitlines() if line]


def _builtin_modinfo(folder: str, disk: Host) -> dict[str, list[tuple[str, str]]] | None:
    """Return what built-in modules say, by their names, None without modules.builtin.modinfo."""
    try:
        text = disk.read(f"{folder}/modules.builtin.modinfo").decode("utf-8", "surrogateescape")
    except OSError:
        return None
    found: dict[str, list[tuple[str, str]]] = {}
    for name, key, value in _entries(text):
        found.setdefault(name.replace("-", "_"), []).append((key, value))
    return found


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    for entry in text.split("\0"):
        name, dot, rest = entry.partition(".")
        key, equals, value = rest.partition("=")
        if dot and equals:
            yield name, key, value

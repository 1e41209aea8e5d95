"""depmod.d: which of several modules of one name counts, and where else to look for modules.

Sources: depmod.d(5), and kmod 34's `tools/depmod.c` (cfg_load, cfg_file_parse) for what the page leaves open.

    search updates extra built-in external
    override hello_export * myown
    override hello_export 6\\.1 myown         the version is an extended regular expression, not anchored
    external * /opt/modules
    exclude old
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from modtools.config import logical_lines
from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.notes import INFO, WARNING, Note
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from typing import Final

DIRECTORIES: Final = (
    "/etc/depmod.d",
    "/run/depmod.d",
    "/usr/local/lib/depmod.d",
    "/usr/lib/depmod.d",
    "/lib/depmod.d",
)
"""Where depmod looks, in the order of precedence: of files of the same name the first one counts."""
BUILT_IN, EXTERNAL = "built-in", "external"
"""Names in `search` that stand for no folder: all folders that have no place of their own, and the `external` ones."""


class DepmodConfig(NamedTuple):
    """What all files say for one release, each kind with the last line first, as kmod goes through them.

    `overrides` are paths in the tree without extension, `search` and `excludes` names of folders, `externals` paths.
    """

    search: tuple[str, ...] = ("updates",)
    overrides: tuple[str, ...] = ()
    externals: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


def read(places: Iterable[str], release: str, notes: list[Note], disk: Host = HOST) -> DepmodConfig:
    """Read the files at these places, folders with *.conf files or files themselves; what is wrong is noted.

    External folders are the machine's: their paths get its root in front.
    """
    found: dict[str, list[str]] = {"search": [], "override": [], "external": [], "exclude": []}
    for path in files(places, notes, disk):
        try:
            text = disk.read(path).decode("utf-8", "surrogateescape")
        except OSError as error:
            notes.append(Note(f"file parse {path}: {error.strerror}"))
            continue
        for number, line in logical_lines(text):
            words = [] if line.startswith("#") else list(filter(None, line.replace("\t", " ").split(" ")))
            for kind, value in _directives(words, release, f"{path}:{number}", notes):
                found[kind].append(value)
    found["external"] = [disk.root + path if path.startswith("/") else path for path in found["external"]]
    lists = {kind: tuple(reversed(values)) for kind, values in found.items()}
    return DepmodConfig(lists["search"] or ("updates",), lists["override"], lists["external"], lists["exclude"])


def files(places: Iterable[str], notes: list[Note], disk: Host = HOST) -> list[str]:
    """Return the paths of the files to read, in the order of their names; of one name only the first place's."""
    chosen: dict[str, str] = {}
    for place in places:
        for name, path in _files_of(place, notes, disk):
            chosen.setdefault(name, path)
    return [chosen[name] for name in sorted(chosen, key=os.fsencode)]


def _files_of(place: str, notes: list[Note], disk: Host) -> Iterator[tuple[str, str]]:
    """Yield name and path of the configuration files at one place, none if it is missing."""
    try:
        if not stat.S_ISDIR(disk.stat(place).st_mode):
            yield place.rsplit("/", 1)[-1], place
            return
    except OSError:
        return
    try:
        names = disk.names(place)
    except OSError as error:
        notes.append(Note(f"files list {place}: {error.strerror}"))
        return
    yield from ((name, f"{place}/{name}") for name in names if _is_conf_file(place, name, notes, disk))


def _is_conf_file(place: str, name: str, notes: list[Note], disk: Host) -> bool:
    if name.startswith("."):
        return False
    if not name.endswith(".conf") or name == ".conf":
        notes.append(Note(f"All cfg files need .conf: {place}/{name}", INFO))
        return False
    try:
        if not stat.S_ISDIR(disk.stat(f"{place}/{name}").st_mode):
            return True
        notes.append(Note(f"Directories inside directories are not supported: {place}/{name}"))
    except OSError:
        # kmod leaves the slash out.
        notes.append(Note(f"Cannot stat directory entry: {place}{name}"))
    return False


def _directives(words: list[str], release: str, where: str, notes: list[Note]) -> Iterator[tuple[str, str]]:
    """Yield kind and value of each thing that a line says; what it says wrongly is noted."""
    kind, *rest = words or [""]
    if kind in ("search", "exclude"):
        yield from ((kind, word) for word in rest)
    elif kind == "override" and len(rest) >= 3:
        module, version, folder = rest[:3]
        if _fits(version, release, where, notes):
            yield kind, f"{folder}/{module}"
        else:
            notes.append(Note(f"{where}: override kernel did not match {version}", INFO))
    elif kind == "external" and len(rest) >= 2:
        version, folder = rest[:2]
        if _fits(version, release, where, notes):
            yield kind, folder
        else:
            notes.append(Note(f"{where}: external directory did not match {version}", INFO))
    elif kind in ("include", "make_map_files"):
        notes.append(Note(f"{where}: command {kind} not implemented yet", INFO))
    elif kind:
        notes.append(Note(f"{where}: ignoring bad line starting with '{kind}'"))


def _fits(version: str, release: str, where: str, notes: list[Note]) -> bool:
    """Return whether a line is for this release. An invalid expression matches none, and is not noted."""
    if version == "*":
        return True
    from modtools.formats.posixregex import TooLong, search

    try:
        return search(version, release)
    except TooLong as error:
        notes.append(Note(f"{where}: {error}: {version}", WARNING))
    except FormatError:
        pass
    return False

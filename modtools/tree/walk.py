"""The module files under a folder, in the order in which the folders are read.

Source: kmod 34's `tools/depmod.c` (depmod_modules_search_dir) and `shared/util.c` (path_ends_with_kmod_ext). Links are
followed, to files and to folders; one that leads back to a folder above it is not, where kmod goes on until it has no
descriptors left.
"""

from __future__ import annotations

import os
import stat

from modtools.light import TYPE_CHECKING
from modtools.notes import Note
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from typing import Final

_PLAIN: Final = (stat.S_IFREG, stat.S_IFDIR)
_FIRST_DESCRIPTOR: Final = 3
"""What kmod has the outermost folder open as; its messages name folders by their descriptors."""


def module_files(
    folder: str, excludes: frozenset[str], extensions: tuple[str, ...], notes: list[Note], disk: Host = HOST
) -> list[str]:
    """Return the paths of the module files under a folder; names in `excludes` are passed over at every level.

    What cannot be read is noted. Raises OSError, after noting it, if that is the folder itself.
    """
    try:
        entries = disk.entries(folder)
    except OSError as error:
        notes.append(Note(f"could not open directory {folder}: {error.strerror}"))
        raise
    walk = _Walk(excludes, extensions, notes, disk)
    walk.folder(entries, f"{folder}/", _FIRST_DESCRIPTOR)
    return walk.paths


class _Walk:
    def __init__(self, excludes: frozenset[str], extensions: tuple[str, ...], notes: list[Note], disk: Host) -> None:
        self._disk = disk
        self._excludes = excludes
        self._extensions = extensions
        self._notes = notes
        self.paths: list[str] = []

    def folder(self, entries: list[tuple[str, int]], start: str, descriptor: int) -> None:
        """Add the files in a folder that has been opened; `start` is its path with a slash."""
        for name, kind in entries:
            if name in self._excludes:
                continue
            found = kind if kind in _PLAIN else self._kind(start, name, descriptor)
            if found == stat.S_IFREG:
                if name.endswith(self._extensions) and name not in self._extensions:
                    self.paths.append(start + name)
            elif found == stat.S_IFDIR:
                self._enter(start, name, descriptor)
            elif found is not None:
                self._notes.append(Note(f"unsupported file type {start}{name}: {found:o}"))

    def _kind(self, start: str, name: str, descriptor: int) -> int | None:
        """Return the type of what an entry leads to, None for nothing or a folder above."""
        try:
            kind = stat.S_IFMT(self._disk.stat(start + name).st_mode)
        except OSError as error:
            self._notes.append(Note(f"fstatat({descriptor}, {name}): {error.strerror}"))
            return None
        return None if kind == stat.S_IFDIR and self._leads_up(start, name) else kind

    def _leads_up(self, start: str, name: str) -> bool:
        """Return whether a link to a folder leads to one that it lies in."""
        here, target = (os.path.realpath(self._disk.real(path)) for path in (start, start + name))
        return f"{here}/".startswith(f"{target.rstrip('/')}/")

    def _enter(self, start: str, name: str, descriptor: int) -> None:
        try:
            entries = self._disk.entries(start + name)
        except OSError as error:
            self._notes.append(Note(f"openat({descriptor}, {name}, O_RDONLY): {error.strerror}"))
            return
        self.folder(entries, f"{start}{name}/", descriptor + 1)

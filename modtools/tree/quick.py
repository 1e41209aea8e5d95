"""Whether a tree's index is older than one of its modules: what `depmod -A` asks before it does anything.

Source: kmod 34's `tools/depmod.c` (depfile_up_to_date). Times are compared in whole seconds, as there.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING
from modtools.notes import Note
from modtools.rooted import HOST, Host
from modtools.tree.scan import SKIPPED
from modtools.tree.walk import module_files

if TYPE_CHECKING:
    from typing import Final

INDEX: Final = "modules.dep"


def is_up_to_date(folder: str, extensions: tuple[str, ...], notes: list[Note], disk: Host = HOST) -> bool:
    """Return whether no module in the folder is newer than modules.dep. What cannot be read is noted, and False."""
    try:
        written = int(disk.stat(f"{folder}/{INDEX}").st_mtime)
    except OSError as error:
        if not disk.is_folder(folder):
            notes.append(Note(f"could not open directory {folder}: {error.strerror}"))
        else:
            notes.append(Note(f"could not fstatat({folder}, {INDEX}): {error.strerror}"))
        return False
    try:
        paths = module_files(folder, SKIPPED, extensions, notes, disk)
        return all(int(disk.stat(path).st_mtime) <= written for path in paths)
    except OSError:
        return False

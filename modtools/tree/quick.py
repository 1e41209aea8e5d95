"""Whether a tree's index is older than one of its modules: what `depmod -A` asks before it does anything.

Source: kmod 34's `tools/depmod.c` (depfile_up_to_date). Times are compared in whole seconds, as there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from modtools.config import Note
from modtools.tree.scan import SKIPPED
from modtools.tree.walk import module_files

INDEX: Final = "modules.dep"


def is_up_to_date(folder: str, extensions: tuple[str, ...], notes: list[Note]) -> bool:
    """Whether no module in the folder is newer than modules.dep. What cannot be read is noted, and makes it old."""
    try:
        written = int(Path(folder, INDEX).stat().st_mtime)
    except OSError as error:
        if not Path(folder).is_dir():
            notes.append(Note(f"could not open directory {folder}: {error.strerror}"))
        else:
            notes.append(Note(f"could not fstatat({folder}, {INDEX}): {error.strerror}"))
        return False
    try:
        paths = module_files(folder, SKIPPED, extensions, notes)
        return all(int(Path(path).stat().st_mtime) <= written for path in paths)
    except OSError:
        return False

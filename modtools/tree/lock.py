"""One run of depmod at a time on a tree.

The folder itself is locked (flock(2)), so that no file is left in it, and only pymod's own runs wait for each other.
Each file appears whole without that; but of two runs that saw different modules, the later one should win with all.
The lock goes with the process that took it: the copies that read modules for it (`processes`) have no part in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from modtools import forks, hostfile
from modtools.light import TYPE_CHECKING
from modtools.notes import WARNING, Note

if TYPE_CHECKING:
    from typing import Final

PATIENCE: Final = 60.0
"""Seconds after which a run does not wait any longer: the other one may hang, or not be one of depmod."""


@contextmanager
def locked(folder: str, notes: list[Note], patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder's lock, if it can be locked; after `patience` seconds go on without it, and say so."""
    descriptor = _opened(folder)
    if descriptor is None:
        yield
        return
    forks.close_in_copies(descriptor)
    try:
        try:
            hostfile.lock(descriptor, patience)
        except TimeoutError:
            text = f"another depmod has worked on {folder} for {patience:g} seconds; not waiting any longer"
            notes.append(Note(text, WARNING))
        except OSError:  # it cannot be locked on this system
            pass
        yield
    finally:
        forks.close(descriptor)


def _opened(folder: str) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None

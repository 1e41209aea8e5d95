"""One run of depmod at a time on a tree.

The folder itself is locked (flock(2)), so that no file is left in it, and only pymod's own runs wait for each other.
Each file appears whole without that; but of two runs that saw different modules, the later one should win with all.
The lock goes with the process that took it: the copies that read modules for it (`processes`) have no part in it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from modtools import forks, hostfile
from modtools.config import Note
from modtools.tree.levels import WARNING

PATIENCE: Final = 60.0
"""Seconds after which a run does not wait any longer: the other one may hang, or not be one of depmod."""
_PAUSE: Final = 0.05


@contextmanager
def locked(folder: str, notes: list[Note], patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder's lock, if it can be locked; after `patience` seconds go on without it, and say so."""
    descriptor = _opened(folder)
    if descriptor is None:
        yield
        return
    forks.keep_own(descriptor)
    try:
        end = time.monotonic() + patience
        while not _is_held(descriptor):
            if time.monotonic() > end:
                text = f"another depmod has worked on {folder} for {patience:g} seconds; not waiting any longer"
                notes.append(Note(text, WARNING))
                break
            time.sleep(_PAUSE)
        yield
    finally:
        forks.close_own(descriptor)


def _opened(folder: str) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _is_held(descriptor: int) -> bool:
    """Whether the lock is held now, or cannot be had on this system."""
    try:
        hostfile.lock(descriptor)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True

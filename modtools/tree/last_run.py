"""What the last run of depmod on a tree found and wrote, so that the next one does only what changed.

A file is taken for the same while its device, inode, size and times (of its contents and of its inode, in nanoseconds)
are. Clocks of file systems stand still for some milliseconds, so what had changed just before a run is not remembered:
it could change again without being seen to.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence

from modtools.formats.index import LIMIT
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.notes import Note
from modtools.rooted import HOST, Host
from modtools.tree.cache import Cache, digest, digest_of

if TYPE_CHECKING:
    from typing import Any, Final, TypeAlias

Identity: TypeAlias = tuple[int, int, int, int, int]
_TICK: Final = 50_000_000
"""Nanoseconds in which a clock of a file system surely moves."""
_COARSE_TICK: Final = 2_000_000_000
"""Nanoseconds in which a clock surely moves that counts whole seconds or, as FAT, every other one."""
_SECOND: Final = 1_000_000_000
_WORTH_WRITING: Final = 100
"""One new module in so many is worth writing the modules' file anew."""


def identity(path: str, disk: Host = HOST) -> Identity | None:
    """Return device, inode, size and times, which tell whether a file is still the same; None for no file."""
    try:
        status = disk.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def is_settled(found: Identity, now: int) -> bool:
    """Return whether a change of this file after the time `now`, in nanoseconds, would show in its identity."""
    # The time of the inode's change is nobody's to choose, where there is one; Windows has that of its creation there.
    changed = max(found[3:]) if os.name == "nt" else found[4]
    return changed + (_COARSE_TICK if changed % _SECOND == 0 else _TICK) < now


class KeptFile(NamedTuple):
    """An index file as it was written: the file, digests of what is in it and what it was made from, what was said."""

    identity: Identity | None
    contents: bytes
    inputs: bytes
    notes: list[tuple[Any, ...]]

    def is_at(self, path: str, disk: Host = HOST) -> bool:
        """Return whether this is what a file has in it. Another depmod may have written the same again."""
        found = identity(path, disk)
        if found is None or found == self.identity:
            return found is not None
        try:
            return found[2] < LIMIT and digest_of(disk.read(path)) == self.contents
        except OSError:
            return False


class LastRun:
    """The last run on one tree. `state` is a digest of all that it depended on, and of the index files that it left."""

    def __init__(self, cache: Cache | None, name: str) -> None:
        self.cache = cache
        self.name = name
        self.started = time.time_ns()
        self.state = b""
        self.notes: list[Note] = []
        self.files: dict[str, KeptFile] = {}

    @classmethod
    def open(cls, cache: Cache | None, *tree: object) -> LastRun:
        """Read what the cache has of the last run on a tree; `tree` says which tree."""
        last = cls(cache, digest(tree).hex())
        values = cache.load(f"{last.name}.run") if cache else None
        if values:
            last.state, notes, files = values
            last.notes = [Note(*note) for note in notes]
            last.files = {name: KeptFile(*row) for name, row in files.items()}
        return last

    def modules(self) -> dict[Identity, tuple[Any, ...]]:
        """Return what the last run read of each module, by the identity of its file."""
        found: dict[Identity, tuple[Any, ...]] = (self.cache.load(f"{self.name}.modules") if self.cache else None) or {}
        return found

    def keep_modules(self, rows: Sequence[tuple[Identity | None, Sequence[Any]]], new: int) -> None:
        """Remember what each module says, unless hardly any is new: reading a few again costs less than writing all."""
        if self.cache and new * _WORTH_WRITING > len(rows):
            kept = {found: tuple(row) for found, row in rows if found and is_settled(found, self.started)}
            self.cache.store(f"{self.name}.modules", kept)

    def keep(self, state: bytes, notes: Iterable[Note], files: Mapping[str, KeptFile]) -> None:
        """Keep what a run found and wrote in the cache."""
        if self.cache:
            rows = {name: tuple(kept) for name, kept in files.items()}
            self.cache.store(f"{self.name}.run", (state, list(map(tuple, notes)), rows))

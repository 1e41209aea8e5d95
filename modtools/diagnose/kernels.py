"""The kernels that a check is made on: those that are named, or the machine's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from modtools import emulate, profiles
from modtools.boot import Folders, Source, find
from modtools.kernel.state import Kernel
from modtools.store import Store

MACHINE = "machine"
"""The name that the machine's own kernel has, where none is named."""


class Named(NamedTuple):
    """A kernel, the word that names it, and what was passed over in its sources, in sentences."""

    word: str
    kernel: Kernel
    notes: tuple[str, ...] = ()


def kernels(words: Sequence[str], folders: Folders, store: Store) -> Iterator[Named]:
    """Yield a kernel for each word, the same once; several sources of one have commas between. Raises PymodError."""
    if not words:
        yield Named(MACHINE, store.read())
    seen = set[frozenset[str]]()
    for word in words:
        sources = (word,) if word and Path(word).exists() else tuple(word.split(","))
        found = find(Source(sources), folders)
        identity = frozenset(map(_identity, sources))
        if identity in seen:
            continue
        seen.add(identity)
        found.kernel.runner_source = emulate.make_runner
        yield Named(word, found.kernel, found.notes)


def _identity(source: str) -> str:
    """Return what tells a source of a kernel from others: a file's own path, a profile's full name."""
    path = Path(source)
    if path.exists():
        return str(path.resolve())
    return profiles.load(source).name if profiles.is_name(source) else source

"""The kernels that a check is made on: those that are named, or the machine's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from modtools import emulate, profiles
from modtools.boot import Folders, Source, find
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.store import Store

MACHINE = "machine"
"""The name that the machine's own kernel has, where none is named."""


class Named(NamedTuple):
    """A kernel, the word that names it, and what was passed over in its sources, in sentences."""

    word: str
    kernel: Kernel
    notes: tuple[str, ...] = ()


def kernels(words: Sequence[str], folders: Folders, store: Store) -> Iterator[Named]:
    """Yield a kernel for each word; several sources of one kernel have commas between. Raises PymodError.

    MACHINE is the machine's own, as where there are no words, unless a file or a kernel has that name.
    """
    for word in words or (MACHINE,):
        if word == MACHINE and not (Path(word).exists() or profiles.is_name(word, folders.saved)):
            yield Named(MACHINE, store.read())
            continue
        found = find(Source(_sources(word)), folders)
        found.kernel.runner_source = emulate.make_runner
        yield Named(word, found.kernel, found.notes)


def distinct(words: Iterable[str]) -> list[str]:
    """Return the words but for those that name a kernel of which an earlier one has named the same sources."""
    named: dict[frozenset[str], str] = {}
    for word in words:
        named.setdefault(frozenset(map(_identity, _sources(word))), word)
    return list(named.values())


def _sources(word: str) -> tuple[str, ...]:
    return (word,) if word and Path(word).exists() else tuple(word.split(","))


def _identity(source: str) -> str:
    """Return what tells a source of a kernel from others: a file's own path, a profile's full name."""
    path = Path(source)
    if path.exists():
        return str(path.resolve())
    return profiles.load(source).name if profiles.is_name(source) else source

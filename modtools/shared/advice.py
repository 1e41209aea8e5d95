"""What the user can do about what the kernel refused: hints, in the words of `diagnose.remedies`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from modtools import causes
from modtools.diagnose.remedies import EXPORTED, REMEDIES, Remedy
from modtools.errors import Cause
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.place import Place
from modtools.relations.commands import Commands
from modtools.relations.holders import how_to_remove
from modtools.report import Hint
from modtools.shared.kernel_calls import KernelCall
from modtools.tree.index import SYMBOLS, Tree


class _Commands(NamedTuple):
    """What to type, and what that does: for a kernel that fits a module (`other`), for more symbols (`symbols`)."""

    other: str
    symbols: str


_OF_MACHINE = _Commands("`{run}boot --like {path}` starts", "`{run}boot --symvers`")
_OF_ONE_COMMAND = _Commands("`--kernel {path}` is", "`--kernel Module.symvers`")
"""For a kernel that is there for one command only, by `--kernel`."""

_NOWHERE = {causes.SYMBOL_UNKNOWN, causes.SYMBOL_NOT_KNOWN}
_MOST = 3
"""Hints for one refusal."""


class Here(NamedTuple):
    """The machine that refused: `tree` knows which modules export what, `kernel` what is loaded, if that is at hand.

    `place` is how it is named; the log of one that is passing nobody can look at later.
    """

    tree: Tree
    place: Place
    kernel: Kernel | None = None

    @property
    def commands(self) -> Commands:
        """Return how to call tools for this machine."""
        return Commands(("pymod", *self.place.options))


def hints(refused: KernelCall, here: Here) -> Iterator[Hint]:
    """Yield what to say about what a kernel refused."""
    texts = dict.fromkeys(_text(cause, refused.path, here) for cause in refused.causes)
    for text in list(texts)[:_MOST]:
        yield Hint(text)
    if len(texts) > _MOST:
        yield Hint(f"({len(texts) - _MOST} more of this kind.)")
    if refused.causes and refused.log and not here.place.passing:
        shows, means = here.commands.run("dmesg"), here.commands.run("explain")
        yield Hint(f"{shows} shows what the kernel said, {means} what that means.")


def _text(cause: Cause, path: str, here: Here) -> str:
    """Return what is wrong, and what to do about it in this machine."""
    exporters = here.tree.matching(SYMBOLS, f"symbol:{cause.subject}") if cause.kind in _NOWHERE else []
    remedy, file = REMEDIES[cause.kind], path or cause.subject
    if exporters:
        remedy, cause, file = EXPORTED, cause._replace(detail=exporters[0]), exporters[0]
    run = here.commands.run().strip("`") + " "
    advice = remedy.advice(cause, file, run)
    if cause.kind == causes.NAME_TAKEN and here.kernel is not None and cause.subject in here.kernel.modules:
        advice = how_to_remove(here.kernel, cause.subject, here.commands)
    before = f"{path}: " if path else ""
    texts = (f"{before}{remedy.message(cause)}.", advice, _only_here(remedy, cause, here, run, path))
    return " ".join(filter(None, texts))


def _only_here(remedy: Remedy, cause: Cause, here: Here, run: str, path: str) -> str:
    """Return what helps in pymod's machine alone."""
    commands = _OF_ONE_COMMAND if here.place.passing else _OF_MACHINE
    other, symbols = (text.format(path=shlex.quote(path or cause.subject), run=run) for text in commands)
    return remedy.here.format(subject=cause.subject, detail=cause.detail, other=other, symbols=symbols, run=run)

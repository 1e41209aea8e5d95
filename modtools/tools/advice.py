"""What the user can do about what the kernel refused: hints, in the words of `diagnose.remedies`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import NamedTuple

from modtools import causes
from modtools.diagnose.remedies import EXPORTED, REMEDIES, Remedy
from modtools.errors import Cause
from modtools.kernel.state import Kernel
from modtools.relations.holders import how_to_remove
from modtools.report import Hint
from modtools.tools.kernel_calls import KernelCall
from modtools.tree.index import SYMBOLS, Tree


class _Commands(NamedTuple):
    """What to type, and what that does: for a kernel that fits a module (`other`), for more symbols (`symbols`)."""

    other: str
    symbols: str


_OF_MACHINE = _Commands("`pymod boot --like {path}` starts", "`pymod boot --symvers`")
_OF_ONE_COMMAND = _Commands("`--kernel {path}` is", "`--kernel Module.symvers`")
"""For a kernel that is there for one command only, by `--kernel`."""

_NOWHERE = {causes.SYMBOL_UNKNOWN, causes.SYMBOL_NOT_KNOWN}
_MOST = 3
"""Hints for one refusal."""


def hints(refused: KernelCall, tree: Tree, kernel: Kernel | None = None, *, passing: bool = False) -> Iterator[Hint]:
    """Yield what to say about what a kernel refused; `tree` knows which modules export what.

    The log of a kernel that is `passing` nobody can look at later.
    """
    commands = _OF_ONE_COMMAND if passing else _OF_MACHINE
    texts = dict.fromkeys(_text(cause, refused.path, tree, kernel, commands) for cause in refused.causes)
    for text in list(texts)[:_MOST]:
        yield Hint(text)
    if len(texts) > _MOST:
        yield Hint(f"({len(texts) - _MOST} more of this kind.)")
    if refused.causes and refused.log and not passing:
        yield Hint("`pymod dmesg` shows what the kernel said, `pymod explain` what that means.")


def _text(cause: Cause, path: str, tree: Tree, kernel: Kernel | None, commands: _Commands) -> str:
    """Return what is wrong, and what to do about it here."""
    quoted = shlex.quote(path or cause.subject)
    exporters = tree.matching(SYMBOLS, f"symbol:{cause.subject}") if cause.kind in _NOWHERE else []
    remedy, loaded = REMEDIES[cause.kind], quoted
    if exporters:
        remedy, cause, loaded = EXPORTED, cause._replace(detail=exporters[0]), shlex.quote(exporters[0])
    advice = remedy.advice(cause, loaded)
    if cause.kind == causes.NAME_TAKEN and kernel is not None and cause.subject in kernel.modules:
        advice = how_to_remove(kernel, cause.subject)
    before = f"{quoted}: " if path else ""
    here = _here(remedy, cause, commands, quoted)
    return " ".join(filter(None, (f"{before}{remedy.message(cause)}.", advice, here)))


def _here(remedy: Remedy, cause: Cause, commands: _Commands, path: str) -> str:
    """Return what helps in pymod's machine alone."""
    other = commands.other.format(path=path)
    return remedy.here.format(subject=cause.subject, detail=cause.detail, other=other, symbols=commands.symbols)

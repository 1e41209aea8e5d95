"""One case: a damaged file, the commands that read it, and what may not happen."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from modtools import endings
from modtools.errors import StateError
from modtools.store import Store
from tests.fuzz.scenes import Seed, Words, pymod

SECONDS = 1.0
"""Of processor time that a command may take."""
MEGABYTES = 200
"""Of memory that a command may take beyond what the process has had."""
_HANG = 10
"""Seconds of processor time after which a command is interrupted."""


class Fault(Exception):
    """What may not happen; its text says what happened, and in which command."""


def prepare(
    setattr: Callable[[object, str, object], None] = setattr,
    setenv: Callable[[str, str], None] = os.environ.__setitem__,
) -> None:
    """Make this process one in which nothing is caught, run, or killed that a fault would show in."""
    setenv("PYMOD_RUN", "0")
    setenv("PYMOD_DEBUG", "1")
    warnings.simplefilter("error")
    # Ways to end as the kernel or kmod would have ended the process.
    setattr(endings, "_die", lambda _killed: 137)
    signal.signal(signal.SIGPROF, _interrupt)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise Fault(f"no end within {_HANG} seconds of processor time")


def check(seed: Seed, data: bytes, folder: Path) -> None:
    """Call all commands of a seed with this file in the place of the sound one. Raises Fault."""
    machine = folder / "machine"
    for words in seed.commands:
        shutil.rmtree(machine, ignore_errors=True)
        shutil.copytree(seed.machine, machine, symlinks=True)
        (machine / seed.path).write_bytes(data)
        places = {"{}": str(machine / seed.path), "{root}": str((machine / seed.path).parent)}
        _call(machine, tuple(places.get(word, word) for word in words))


def _call(machine: Path, words: Words) -> None:
    before = _loaded(machine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        with bounded():
            status = pymod(machine, *words)
    except Fault as fault:
        raise Fault(f"{' '.join(words)}: {fault}") from None
    except (Exception, SystemExit) as error:
        raise Fault(f"{' '.join(words)}:\n{''.join(traceback.format_exception(error))}") from error
    taken = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) >> 10
    if grown > MEGABYTES:
        raise Fault(f"{' '.join(words)}: took {grown} MB")
    if taken > SECONDS:
        raise Fault(f"{' '.join(words)}: took {taken:.1f} seconds of processor time")
    after = _loaded(machine)
    if words[0] == "insmod" and status == 1 and before is not None and after != before:
        raise Fault(f"{' '.join(words)}: refused, and yet {after} are loaded, not {before}")


@contextmanager
def bounded() -> Iterator[None]:
    """Nothing printed, and an end in any case."""
    signal.setitimer(signal.ITIMER_PROF, _HANG)
    output, errors = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(output, 1)
        os.dup2(errors, 2)
        for descriptor in (output, errors, nowhere):
            os.close(descriptor)


def _loaded(machine: Path) -> list[str] | None:
    """The names of the loaded modules, None where the state cannot be read."""
    try:
        return list(Store(machine / "state.json").read().modules)
    except StateError:
        return None

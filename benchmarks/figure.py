"""A measured figure, and how processes are measured against each other."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and the most that it may be; `unit` is "×" for a ratio. No limit: it is only told."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        return self.limit is None or self.value <= self.limit


class Spent(NamedTuple):
    """What a command took: seconds on the clock, and the most memory at once in thousands of bytes.

    `processor` are the seconds that it and the processes that it started kept processors busy.
    """

    seconds: float
    memory: float
    processor: float = 0.0


def spent(command: Sequence[str], environment: Mapping[str, str], statuses: Collection[int] = (0,)) -> Spent:
    """Run a command once. CalledProcessError when it ends with another status than these."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(time.perf_counter() - start, usage.ru_maxrss * 1.024, usage.ru_utime + usage.ru_stime)


def seconds(action: Callable[[], object], runs: int = 5) -> float:
    """The shortest of several runs of a function: what it costs when nothing else disturbs."""
    return min(_timed(action) for _ in range(runs))


def ratio(
    command: Sequence[str],
    reference: Sequence[str],
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], object] = lambda: None,
    runs: int = 25,
    of: Callable[[Sequence[float]], float] = min,
) -> float:
    """How many times as long a command takes as another: the shortest runs of both, or their medians; they take turns.

    Each run of the command follows a call of `prepare`, which is not measured. CalledProcessError when one fails.
    """
    surroundings = {**os.environ, **(environment or {})}

    def run(words: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(words, env=surroundings, stdout=subprocess.DEVNULL, check=True)

    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(runs):
        prepare()
        ours.append(_timed(run(command)))
        theirs.append(_timed(run(reference)))
    return of(ours) / of(theirs)


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start

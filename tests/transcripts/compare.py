"""Whether a replayed step equals the recorded one, and the difference as text.

Values that vary from boot to boot (addresses, process ids) are replaced in both by the pairs of the file WILDCARDS;
nothing else is changed. A `k|<...>` stands for any number of log lines.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.transcripts.format import GAP, HUNG, Scenario, Step, lines_of, render

Wildcards = Sequence[tuple[re.Pattern[str], str]]
_KILLED = 128 + 9
"""The status of a command that SIGKILL ends: so pymod ends what Linux hangs in."""
LogFilter = Callable[[str], bool]
"""Whether a log line is compared."""


def load_wildcards(path: Path) -> Wildcards:
    """Read a file of lines `regex<TAB>replacement`; `#` begins a comment line."""
    lines = path.read_text().splitlines()
    pairs = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


def difference(recorded: Scenario, replayed: Scenario, wildcards: Wildcards, compared: LogFilter) -> str:
    """A unified diff of the two, "" where they are equal."""
    one = [_normal(step, wildcards, compared) for step in recorded.steps]
    two = [_normal(step, wildcards, compared) for step in replayed.steps]
    two = [_fill_gaps(first, _hang(first, second)) for first, second in zip(one, two, strict=False)] + two[len(one) :]
    before, after = (render(replace(recorded, steps=tuple(steps))) for steps in (one, two))
    names = (f"{recorded.name}.t (recorded)", f"{recorded.name}.t (replayed)")
    return "\n".join(difflib.unified_diff(before.split("\n"), after.split("\n"), *names, n=1000, lineterm=""))


def _normal(step: Step, wildcards: Wildcards, compared: LogFilter) -> Step:
    return replace(
        step,
        stdout="".join(_replaced(lines_of(step.stdout), wildcards)),
        stderr="".join(_replaced(lines_of(step.stderr), wildcards)),
        log=tuple(_replaced(filter(compared, step.log), wildcards)),
    )


def _replaced(lines: Iterable[str], wildcards: Wildcards) -> Iterable[str]:
    for line in lines:
        text = line.removesuffix("\n")
        end = line[len(text) :]
        for pattern, replacement in wildcards:
            text = pattern.sub(replacement, text)
        yield text + end


def _hang(recorded: Step, replayed: Step) -> Step:
    """The replayed step as one that hung, where the recorded one did and pymod has killed it."""
    hung = recorded.status == HUNG and (replayed.status, replayed.stderr) == (_KILLED, "Killed\n")
    return replace(replayed, status=HUNG, stderr="") if hung else replayed


def _fill_gaps(recorded: Step, replayed: Step) -> Step:
    """The replayed step with the recorded log, where that has gaps which the replayed one fits."""
    fits = GAP in recorded.log and _fits(recorded.log, replayed.log)
    return replace(replayed, log=recorded.log) if fits else replayed


def _fits(pattern: Sequence[str], lines: Sequence[str]) -> bool:
    if not pattern:
        return not lines
    if pattern[0] == GAP:
        return any(_fits(pattern[1:], lines[start:]) for start in range(len(lines) + 1))
    return bool(lines) and lines[0] == pattern[0] and _fits(pattern[1:], lines[1:])

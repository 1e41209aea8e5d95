"""How much is tried where anything could be: the same each time, without a deadline, since a machine may be busy.

On a machine that must have some reference (PYMOD_REQUIRE), as `.ci/run` says of its own, a test tries all that it asks
for, elsewhere a quarter. With PYMOD_EXAMPLES=100 each property test has a hundred times as many examples, and others in
every run; `--hypothesis-seed` repeats one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from hypothesis import HealthCheck, settings

_TIMES = int(os.environ.get("PYMOD_EXAMPLES", "0"))
ALL = bool(_TIMES or os.environ.get("PYMOD_REQUIRE"))
"""Whether all is tried."""
_PART = 1 if ALL else 4
_FEW = 25
"""So many are always tried."""
_T = TypeVar("_T")


def load() -> None:
    """Have all property tests run so."""
    settings.register_profile(
        "pymod",
        max_examples=tried(100),
        derandomize=not _TIMES,
        deadline=None,
        # How long data takes to make is no fault, and a fixture may serve all examples of a test.
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("pymod")


def examples(count: int) -> settings:
    """Settings for a test that needs another number of examples than 100."""
    return settings(max_examples=tried(count))


def tried(count: int) -> int:
    """How many of so many cases are tried in this run."""
    return max(count // _PART, min(count, _FEW)) * max(1, _TIMES)


def some(cases: Iterable[_T]) -> Iterator[_T]:
    """Those of all cases, one after another, that are tried in this run."""
    return islice(cases, 0, None, _PART)

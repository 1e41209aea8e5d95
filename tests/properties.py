"""How property tests are run: the same examples each time, without a deadline, since a machine may be busy.

With PYMOD_EXAMPLES=100 each test has a hundred times as many, and others in every run; `--hypothesis-seed` repeats one.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_TIMES = int(os.environ.get("PYMOD_EXAMPLES", "0"))


def load() -> None:
    """Have all property tests run so."""
    settings.register_profile(
        "pymod",
        max_examples=100 * max(1, _TIMES),
        derandomize=not _TIMES,
        deadline=None,
        # How long data takes to make is no fault, and a fixture may serve all examples of a test.
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("pymod")


def examples(count: int) -> settings:
    """Settings for a test that needs another number of examples than 100."""
    return settings(max_examples=count * max(1, _TIMES))

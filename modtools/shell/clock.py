"""The time of a machine that passes as the host's does: while programs wait for something, or always."""

from __future__ import annotations

import time

from modtools.kernel.runner import Runner

_SECOND = 1_000_000_000


class Clock:
    """How much time has passed on the host that has not on the machine. `always`: it passes when nobody waits, too."""

    def __init__(self, *, always: bool) -> None:
        self.always = always
        self._since = time.monotonic_ns()
        self._due: int | None = None

    def is_due(self, runner: Runner | None, *, passes: bool) -> bool:
        """Return whether something on the machine was to be done by now. Time `passes` or stands still."""
        if not passes:
            self._since = time.monotonic_ns()
        self._due = runner.next_event() if runner is not None and passes else None
        return self._due is not None and time.monotonic_ns() - self._since >= self._due

    def pause(self, longest: float) -> float:
        """Return the seconds until something is due, `longest` at most."""
        if self._due is None:
            return longest
        return min(max(self._since + self._due - time.monotonic_ns(), 0) / _SECOND, longest)

    def take(self, *, passes: bool) -> int:
        """Return the nanoseconds that are to pass on the machine, which have then."""
        since, self._since = self._since, time.monotonic_ns()
        return self._since - since if passes else 0

"""How much a call into a module may do. Work is counted and not timed, so that a run ends alike on every machine.

The unit is one access to memory by a kernel function, about half a microsecond. It is counted where all of them go
through, in `Memory`, so that a loop in Python that follows a module's pointers counts, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_stuck
from modtools.emulate.stops import Exceeded, Exhausted

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


PATIENCE = 2_500_000
"""Units without a moment of rest, after which code is taken for stuck, as Linux does after 26 seconds."""
TOTAL = 4 * PATIENCE
"""Units in one call from outside, however often it sleeps."""
CALL = 20
"""Units that a kernel function costs, whatever it does."""
BLOCKS = 32
"""Blocks of machine code (see `blocks`) to the unit."""
BYTES = 64
"""Bytes that a function handles at once, to the unit."""


class Effort:
    """Counts what one kernel's calls have spent. `memory.allowance` counts down what is left until the next rest."""

    def __init__(self, guest: Guest) -> None:
        self._guest, self._memory = guest, guest.memory
        self._memory.spent = self._spent
        self.end()

    def begin(self) -> None:
        """Begin to count for a call from outside."""
        self._left, self._granted = TOTAL, PATIENCE
        self._memory.allowance = PATIENCE

    def end(self) -> None:
        """End counting for a call: what pymod itself does with memory is not counted."""
        self._left = self._granted = self._memory.allowance = 1 << 62

    def spend(self, units: int) -> None:
        """Count so many units. Raises Exhausted or Exceeded when nothing is left."""
        self._memory.allowance -= units
        if self._memory.allowance < 0:
            self._spent()

    def rest(self) -> None:
        """Begin the next stretch of patience: the processor has nothing to do until some later time."""
        self._left -= self._granted - self._memory.allowance
        self._memory.allowance = self._granted = min(PATIENCE, self._left)

    def _spent(self) -> None:
        """Report that nothing is left, and stop counting. Raises Exhausted or Exceeded."""
        whole = self._granted == PATIENCE
        self.end()
        if not whole:
            raise Exceeded(f"{TOTAL} units of work")
        self._guest.frame = self._guest.frame or self._guest.abi.blank()
        report_stuck(self._guest)
        raise Exhausted

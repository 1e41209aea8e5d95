"""How much a call into a module may do, and when the kernel's watchdog complains of it.

Work is counted and not timed, so that a run ends alike on every machine. The unit is one access to memory by a kernel
function, about half a microsecond of the host. It is counted where all of them go through, in `Memory`, so that a loop
in Python that follows a module's pointers counts, too. Who needs more than `TOTAL` is not said to be wrong: the run
ends there, and the log says why.

Apart from that code takes virtual time, about as much as on a real processor: `BLOCK` and `Guest.now`. Whoever keeps
the processor for long gets Linux's complaint (`kernel/watchdog.c: watchdog_timer_fn()`), and is taken for endless after
`ENDLESS`. Seconds of a processor are more than can be emulated, so code that comes back to a state in which it was
before (`Rounds`) goes round in less: only time can end it, and time is let pass.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_stuck
from modtools.emulate.cpu.processor import SLICE
from modtools.emulate.stops import Exceeded, Exhausted
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


PATIENCE = 2_500_000
"""Units that one kernel function may spend by itself. More pointers than that only a circle has."""
TOTAL = 25_000_000
"""Units in one call from outside."""
CALL = 20
"""Units that a kernel function costs, whatever it does."""
REST = 50
"""Units that waiting costs: looking for whoever can run."""
BLOCKS = 64
"""Blocks of machine code (see `blocks`) to the unit."""
BYTES = 64
"""Bytes that a function handles at once, to the unit."""
BLOCK = 4
"""Nanoseconds that a block of machine code takes."""
SECOND = 1_000_000_000
SOFT_LOCKUP = 26 * SECOND
"""Nanoseconds after which the watchdog complains of a processor that runs nothing else, each time."""
ENDLESS = 2 * SOFT_LOCKUP + SECOND
"""Nanoseconds after which code that leaves the processor to nobody is taken for endless."""
COUNTING = SECOND
"""Nanoseconds after which code that keeps the processor is looked at whether it counts for ever."""
_FIRST_LOOK = 1 << 14
"""Units of work of a call after which its state is kept to be compared, and again each time that it has doubled."""
_TRIES = 4
"""How often a kept state is compared whose registers have come again."""
_LONGEST_ROUND, _ROUNDS = 512, 2048
"""Blocks of a loop that is stepped through to measure it, and blocks after which it is looked at then."""


class Effort:
    """Counts what one kernel's calls have spent. `memory.allowance` counts down what one kernel function may spend,
    `due` is when the watchdog complains next.
    """

    def __init__(self, guest: Guest) -> None:
        self._guest, self._memory = guest, guest.memory
        self._memory.spent = self._spent
        self.end()

    def begin(self) -> None:
        """Begin to count for a call from outside."""
        self._left = TOTAL
        self._memory.allowance = self._granted = PATIENCE
        self.switched()

    def end(self) -> None:
        """End counting for a call: what pymod itself does with memory is not counted."""
        self._left = self._granted = self._memory.allowance = 1 << 62
        self.switched()

    def spend(self, units: int) -> None:
        """Count so many units of a kernel function. Raises Exhausted or Exceeded when nothing is left."""
        self._memory.allowance -= units
        if self._memory.allowance < 0:
            self._spent()

    def step(self, units: int) -> None:
        """Count what the last kernel function has spent, and so many units more. Raises Exceeded."""
        self._left -= self._granted - self._memory.allowance + units
        self._memory.allowance = self._granted = PATIENCE
        if self._left < 0:
            self._exceeded()

    def rest(self) -> None:
        """Note that the processor has nothing to do until some later time."""
        self.switched()
        if self._left < 1 << 61:
            self.step(REST)

    def switched(self) -> None:
        """Note that somebody else runs from now on."""
        self._since = self._guest.now
        self.may_sleep()

    def may_sleep(self) -> None:
        """Note that whoever runs lets others run, if there are any: the watchdog is one (`might_resched()`)."""
        self._complaints, self.due = 0, self._guest.now + SOFT_LOCKUP

    @property
    def busy(self) -> int:
        """Return the nanoseconds since the processor was left to anybody else."""
        return self._guest.now - self._since

    def watch(self) -> None:
        """Let the watchdog complain of whoever keeps the processor, if its interrupt can come; raises Exhausted for one
        who seems to do so for ever.
        """
        while self._guest.now >= self.due:
            self._complaints += 1
            self.due += SOFT_LOCKUP
            if self._guest.abi.interruptible(self._guest.frame):
                report_stuck(self._guest, self._complaints * SOFT_LOCKUP // SECOND)
        if self.busy >= ENDLESS:
            self.end()
            raise Exhausted

    def _exceeded(self) -> None:
        self.end()
        raise Exceeded(f"{TOTAL} units of work")

    def _spent(self) -> None:
        """End a kernel function that does not end by itself. Raises Exhausted or Exceeded."""
        guest, left = self._guest, self._left - self._granted + self._memory.allowance
        if left < 0:
            self._exceeded()
        self.end()
        guest.frame = guest.frame or guest.abi.blank()
        if guest.abi.interruptible(guest.frame):
            report_stuck(guest)
        raise Exhausted


class Rounds:
    """Tells of one stretch of code whether it comes back to a state in which it was: registers, memory and tables, all
    but the clock. It does so again and again then, until time or an interrupt changes something.

    States are kept ever more rarely (Brent's way to find a circle). `slice` is how many blocks of code to do at most
    before the next look: those of a whole round where that is known.
    """

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self.slice = SLICE
        self._registers: list[int] = []
        self._state: object = None
        self._age, self._due, self._tries = 0, _FIRST_LOOK, 0
        self._steps = -1
        self._counting, self._passes = COUNTING, 0

    def closed(self, units: int) -> bool:
        """Return whether the state is the one that was kept, after so many units of work."""
        frame, self._age = self._guest.frame, self._age + units
        same = self._tries < _TRIES and frame == self._registers
        if same:
            same = self._state == self._now()
            self._tries = 0 if same else self._tries + 1
        if not same and self._age >= self._due:
            self._registers, self._state = list(frame), self._now()
            self._due, self._age, self._tries = 2 * self._due, 0, 0
        self._measure(same)
        return same

    def counting(self) -> bool:
        """Return whether the code changes nothing but what it counts, and for ever, after it has kept the processor for
        long. What is no such code is asked again when it has done so twice as long.
        """
        busy = self._guest.effort.busy
        if busy < self._counting:
            return False
        self._passes = self._guest.abi.counts_for_ever(self._guest, self._passes)
        self._counting = self._counting if self._passes else 2 * busy
        return bool(self._passes)

    def _measure(self, same: bool) -> None:
        """Step through a loop that was found without kernel functions, and count its blocks."""
        if self._steps < 0:
            self._steps, self.slice = (0, 1) if same and self.slice == SLICE else (-1, self.slice if same else SLICE)
            return
        self._steps += 1
        if same:
            self.slice = -(-_ROUNDS // self._steps) * self._steps
        elif self._steps == _LONGEST_ROUND:
            self.slice = SLICE
        if self.slice != 1:
            self._steps = -1

    def _now(self) -> object:
        with self._guest.addresses.without_clock():
            windows = [(window.buffer, sorted(window.dirty)) for window in self._guest.memory.windows]
            pages = [[buffer[page * PAGE : (page + 1) * PAGE] for page in dirty] for buffer, dirty in windows]
        return pages, marshal.dumps(self._guest.tables, 2)

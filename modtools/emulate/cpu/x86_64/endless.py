"""Whether a loop goes on for ever that changes something in each round: only what it counts, and nothing asks for that.

The proof is by induction. One round is followed, instruction by instruction, with a set of cells that may vary: what
is made of one that varies does so, too. If no jump and no address depends on one of them, and all others have at the
round's end what they had at its beginning, then the next round takes the same way, and comes to such a state again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.x86_64.dataflow import CELL, Flow, flow
from modtools.emulate.cpu.x86_64.names import NAMES, RIP

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_LONGEST_ROUND = 512
"""Instructions of a round that is followed."""
_PASSES = range(1, 17)
"""How often a round may come by the place where it begins: a loop within it does."""
_GROWTH = 8
"""How often the set of what varies may grow before it is given up."""


def counts_for_ever(guest: Guest, passes: int) -> int:
    """Return how often a round comes by its beginning, the program counter, if the code is in such a loop until time or
    an interrupt changes something; 0 if it is not. The number that was found before is tried first. The code
    goes on meanwhile, for some rounds.
    """
    return next((number for number in (passes, *_PASSES) if number and _proven(guest, number)), 0)


def _proven(guest: Guest, passes: int) -> bool:
    varying = {place // CELL for place in guest.addresses.clock}
    written: set[int] = set()
    for _ in range(_GROWTH):
        first, before = list(guest.frame), _contents(guest, written)
        found = _Round(guest, passes, set(varying))
        if not found.closed:
            return False
        changed = found.varying | {place for place, value in enumerate(first) if guest.frame[place] != value}
        changed |= {cell for cell, content in _contents(guest, written).items() if content != before[cell]}
        if changed <= varying and found.written <= written:
            return True
        varying |= changed
        written |= found.written
    return False


def _contents(guest: Guest, cells: set[int]) -> dict[int, bytes]:
    return {cell: guest.memory.read(cell * CELL, CELL) for cell in cells if cell >= len(NAMES)}


class _Round:
    """One round, which is done. `closed`: it has come back to its beginning, so often as was asked for, and its way did
    not depend on what varies. `varying` are the cells that do so at its end, `written` those that were written.
    """

    def __init__(self, guest: Guest, passes: int, varying: set[int]) -> None:
        self._guest, self._passes, self._left = guest, passes, _LONGEST_ROUND
        self._begin = guest.frame[RIP]
        self.varying, self.written, self.closed = varying, set[int](), False
        guest.engine.follow(self._begin, self._goes_on)
        guest.frame = guest.engine.registers

    def _goes_on(self, address: int, size: int) -> bool:
        """Return whether the instruction at an address may be done, and note what it does."""
        if address == self._begin and self._left < _LONGEST_ROUND:
            self._passes -= 1
            self.closed = not self._passes
        self._left -= 1
        code = self._guest.memory.read(address, size)
        done = None if self.closed or not self._left else flow(code, self._guest.engine.registers, address + size)
        return done is not None and self._follows(done)

    def _follows(self, done: Flow) -> bool:
        depends = bool(self.varying & done.reads)
        if self.varying & done.addresses or (done.branches and depends):
            return False
        if depends:
            self.varying |= done.writes | done.parts
        else:
            self.varying -= done.writes
        self.written |= done.writes | done.parts
        return True

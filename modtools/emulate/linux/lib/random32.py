"""lib/random32.c: Pseudo-random numbers that a seed repeats."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

_MASK32 = 0xFFFFFFFF
_REGISTERS = (("s1", 6, 13, 1, 18), ("s2", 2, 27, 3, 2), ("s3", 13, 21, 4, 7), ("s4", 3, 12, 7, 13))
"""The registers of L'Ecuyer's generator LFSR113: the field, its first shift to the left, then to the right, how many
of the lowest bits are dropped, and by how many places the others go to the left.
"""


@function("u32 prandom_u32_state(struct rnd_state *state)")
def prandom_u32_state(guest: Guest, state: int) -> int:
    """Return the next number of a generator."""
    row, number = view(guest, "rnd_state", state), 0
    for field, left, right, dropped, up in _REGISTERS:
        before = getattr(row, field)
        feedback = (before << left & _MASK32 ^ before) >> right
        after = (before >> dropped << dropped + up & _MASK32) ^ feedback
        setattr(row, field, after)
        number ^= after
    return number


@function("void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes)")
def prandom_bytes_state(guest: Guest, state: int, buffer: int, count: int) -> None:
    """Fill memory with the next numbers of a generator, the last one cut off where it does not fit."""
    numbers = (prandom_u32_state(guest, state).to_bytes(4, "little") for _ in range(0, guest.bounded(count), 4))
    guest.memory.write(buffer, b"".join(numbers)[:count])

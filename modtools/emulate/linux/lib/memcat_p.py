"""lib/memcat_p.c: Joining lists of pointers."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

_WORD = 8


def _words(guest: Guest, place: int) -> Iterator[int]:
    """Yield the pointers of a list that NULL ends."""
    while word := guest.memory.u64(place):
        yield word
        place += _WORD


@function("void **__memcat_p(void **a, void **b)")
def memcat_p(guest: Guest, one: int, other: int) -> int:
    """Return a new list of the pointers of two, which NULL ends as it ends these."""
    words = [*_words(guest, one), *_words(guest, other), 0]
    place = guest.heap.kmalloc(guest.bounded(_WORD * len(words)))
    for number, word in enumerate(words):
        guest.memory.put(place + _WORD * number, word, _WORD)
    return place

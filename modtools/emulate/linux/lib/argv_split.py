"""lib/argv_split.c: Splitting a text into words."""

from __future__ import annotations

import re

from modtools.emulate.guest import Guest
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.symbols.registry import function

_WORD = re.compile(rb"[^%s]+" % re.escape(WHITE_SPACE))


@function("char **argv_split(gfp_t gfp, const char *str, int *argcp)")
def argv_split(guest: Guest, _flags: int, text: int, count: int) -> int:
    """Split a copy of a text at blanks; return a NULL-terminated table of its words, before which the copy's address
    lies.
    """
    raw = guest.memory.text(text)
    words = list(_WORD.finditer(raw))
    table, copy = guest.heap.kmalloc(8 * (len(words) + 2)), guest.new_text(raw)
    guest.memory.put(table, copy, 8)
    for number, word in enumerate(words, 1):
        guest.memory.put(table + 8 * number, copy + word.start(), 8)
        guest.memory.put(copy + word.end(), 0, 1)
    if count:
        guest.memory.put(count, len(words), 4)
    return table + 8


@function("void argv_free(char **argv)")
def argv_free(guest: Guest, table: int) -> None:
    """Free the table of argv_split() and its copy of the text."""
    guest.heap.free(guest.memory.u64(table - 8))
    guest.heap.free(table - 8)

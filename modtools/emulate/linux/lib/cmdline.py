"""lib/cmdline.c: Taking texts of options apart: sizes, numbers, lists."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.vsprintf import leading, simple_strtol
from modtools.emulate.symbols.registry import function
from modtools.integers import MASK64, signed
from modtools.kernel.cmdline import next_argument

_SUFFIXES = b"KMGTPE"


@function("unsigned long long memparse(const char *ptr, char **retp)")
def memparse(guest: Guest, text: int, end: int) -> int:
    """Return a number with K, M, G, T, P or E behind it, cut to 64 bits; write where it ends."""
    value, at = leading(guest, text, 0)
    power = _SUFFIXES.find(guest.memory.text(at, 1).upper() or b"-") + 1
    if end:
        guest.memory.put(end, at + (power > 0), 8)
    return value << 10 * power & MASK64


def _option(guest: Guest, text: int, result: int) -> tuple[int, int]:
    """Read a number; return what follows (0 no number, 1 nothing, 2 a comma, 3 a hyphen), and where to go on."""
    memory = guest.memory
    if not text or not memory.u8(text):
        return 0, text
    negative = memory.u8(text) == ord("-")
    start = text + negative
    value, end = leading(guest, start, 0)
    if result:
        memory.put(result, -value if negative else value, 4)
    if end == start:
        return 0, end
    letter = memory.u8(end)
    return (2, end + 1) if letter == ord(",") else (3 if letter == ord("-") else 1, end)


@function("int get_option(char **str, int *pint)")
def get_option(guest: Guest, place: int, result: int) -> int:
    """Read the next number of a list and move the text behind it and its comma; return what follows it (0 no number, 1
    nothing, 2 a comma, 3 a hyphen).
    """
    text = guest.memory.u64(place)
    found, end = _option(guest, text, result)
    if end != text:
        guest.memory.put(place, end, 8)
    return found


@function("char *get_options(const char *str, int nints, int *ints)")
def get_options(guest: Guest, text: int, limit: int, table: int) -> int:
    """Read numbers and ranges into a table whose first element is their count (with `nints` 0 only count them); return
    where the text goes on.
    """
    index, validate = 1, limit == 0
    while index < limit or validate:
        place = table if validate else table + 4 * index
        found, text = _option(guest, text, place)
        if not found:
            break
        if found == 3:
            text += 1
            first, last = guest.memory.s32(place), signed(simple_strtol(guest, text, 0, 0), 32)
            if last < first:
                break
            for step in range(0 if validate else min(last - first, limit - index)):
                guest.memory.put(place + 4 * step, first + step, 4)
            index += last - first - 1
        index += 1
        if found == 1:
            break
    guest.memory.put(table, index - 1, 4)
    return text


@function("char *next_arg(char *args, char **param, char **val)")
def next_arg(guest: Guest, text: int, name: int, value: int) -> int:
    """Cut off one `name=value`, in which quotes hold blanks together; write its two parts, return where the next one
    begins.
    """
    memory, raw = guest.memory, guest.memory.text(text)
    found = next_argument(raw)
    memory.put(name, text + found.name.start, 8)
    memory.put(value, text + found.value.start if found.value else 0, 8)
    for end in (found.name.stop, found.value.stop if found.value else found.end, found.end):
        if end < len(raw):
            memory.put(text + end, 0, 1)
    return text + found.following

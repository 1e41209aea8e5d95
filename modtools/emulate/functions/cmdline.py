"""Taking texts of options apart: sizes, numbers, lists, words.

From Linux 6.1: `lib/cmdline.c`, `lib/argv_split.c`, `lib/glob.c`.
"""

from __future__ import annotations

import re

from modtools.emulate.functions.scan import kind
from modtools.emulate.functions.text import leading, simple_strtol
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.integers import MASK64
from modtools.kernel.cmdline import next_argument

_SUFFIXES = b"KMGTPE"
_SPACE = 1 << 5
_WORD = re.compile(rb"[^%s]+" % re.escape(bytes(code for code in range(256) if kind(code) & _SPACE)))


@function("unsigned long long memparse(const char *ptr, char **retp)")
def memparse(guest: Guest, text: int, end: int) -> int:
    """`lib/cmdline.c`: Return a number with K, M, G, T, P or E behind it, cut to 64 bits; write where it ends."""
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
    """`lib/cmdline.c`: Read the next number of a list and move the text behind it and its comma; return what follows it
    (0 no number, 1 nothing, 2 a comma, 3 a hyphen).
    """
    text = guest.memory.u64(place)
    found, end = _option(guest, text, result)
    if end != text:
        guest.memory.put(place, end, 8)
    return found


@function("char *get_options(const char *str, int nints, int *ints)")
def get_options(guest: Guest, text: int, limit: int, table: int) -> int:
    """`lib/cmdline.c`: Read numbers and ranges into a table whose first element is their count (with `nints` 0 only
    count them); return where the text goes on.
    """
    index, validate = 1, limit == 0
    while index < limit or validate:
        place = table if validate else table + 4 * index
        found, text = _option(guest, text, place)
        if not found:
            break
        if found == 3:
            text += 1
            first, last = guest.memory.s32(place), _int(simple_strtol(guest, text, 0, 0))
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


def _int(value: int) -> int:
    return (value & 0xFFFFFFFF ^ 1 << 31) - (1 << 31)


@function("char *next_arg(char *args, char **param, char **val)")
def next_arg(guest: Guest, text: int, name: int, value: int) -> int:
    """`lib/cmdline.c`: Cut off one `name=value`, in which quotes hold blanks together; write its two parts, return
    where the next one begins.
    """
    memory, raw = guest.memory, guest.memory.text(text)
    found = next_argument(raw)
    memory.put(name, text + found.name.start, 8)
    memory.put(value, text + found.value.start if found.value else 0, 8)
    for end in (found.name.stop, found.value.stop if found.value else found.end, found.end):
        if end < len(raw):
            memory.put(text + end, 0, 1)
    return text + found.following


@function("char **argv_split(gfp_t gfp, const char *str, int *argcp)")
def argv_split(guest: Guest, _flags: int, text: int, count: int) -> int:
    """`lib/argv_split.c`: Split a copy of a text at blanks; return a NULL-terminated table of its words, before which
    the copy's address lies.
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
    """`lib/argv_split.c`: Free the table of argv_split() and its copy of the text."""
    guest.heap.free(guest.memory.u64(table - 8))
    guest.heap.free(table - 8)


@function("bool glob_match(const char *pat, const char *str)")
def glob_match(guest: Guest, pattern: int, text: int) -> bool:
    """`lib/glob.c`: Return whether a whole text matches a pattern of `*`, `?`, `[a-z]`, `[!a-z]` and backslashes."""
    return matches(guest.memory.text(pattern), guest.memory.text(text))


def matches(pattern: bytes, text: bytes) -> bool:
    """Return whether a whole text matches a pattern of glob_match()."""
    expression, at = b"", 0
    while at < len(pattern):
        letter = pattern[at : at + 1]
        at += 1
        if letter == b"*":
            expression += b".*"
        elif letter == b"?":
            expression += b"."
        elif letter == b"[" and (end := _class_end(pattern, at)):
            expression += _class(pattern[at:end])
            at = end + 1
        elif letter == b"\\":
            letter = pattern[at : at + 1]
            at += 1
            expression += re.escape(letter)
        else:
            expression += re.escape(letter)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _class_end(pattern: bytes, at: int) -> int:
    """Return where the `]` of a class is, which may not be its first letter; 0 for a bracket that is a plain letter."""
    at += pattern[at : at + 1] == b"!"
    return max(pattern.find(b"]", at + 1), 0)


def _class(inside: bytes) -> bytes:
    """Return a class of single letters and ranges as a regular expression."""
    inverted = inside[:1] == b"!"
    letters, at = set[int](), int(inverted)
    while at < len(inside):
        if inside[at + 1 : at + 2] == b"-" and at + 2 < len(inside):
            letters.update(range(inside[at], inside[at + 2] + 1))
            at += 3
        else:
            letters.add(inside[at])
            at += 1
    if not letters:
        return rb"(?s:.)" if inverted else rb"(?!)"
    return b"[" + b"^" * inverted + b"".join(b"\\x%02x" % letter for letter in sorted(letters)) + b"]"
